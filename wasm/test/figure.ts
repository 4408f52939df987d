// Holds the engine to the figures of the report: one test for each row and sample rate that has its turn. Tests only.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { meets, type Figure } from '../../src/ui/help/figures.ts'
import { BAR_RATE, guardOf, type Row } from '../report/row.ts'
import { hasTurn } from './turn.ts'

const whole = Boolean(process.env.VERIFY)
const file = join(import.meta.dirname, '..', '..', 'src', 'ui', 'help', 'figures.json')
const reported = JSON.parse(readFileSync(file, 'utf8')) as Figure[]
const text = (bar: Figure['bar']): string => {
  if (!bar) throw new Error('a row without a bar says where the engine is held')
  return 'most' in bar ? `at most ${bar.most}` : `at least ${bar.least}`
}

/** In full it is what the report says, but for half a per cent of the bar or one of itself: what a change of rounding in the engine may move. */
function expectAsReported(row: Row, sampleRate: number, value: number): void {
  const figure = reported.find(({ id }) => id === row.id)
  const then = sampleRate === BAR_RATE ? figure?.value : figure?.elsewhere?.find(([rate]) => rate === sampleRate)?.[1]
  const guard = guardOf(row, sampleRate)!
  const edge = Math.abs('most' in guard ? guard.most : guard.least)
  expect(then, 'not in the report: npm run report').toBeDefined()
  expect(Math.abs(value - then!), `${value} now, ${then} in the report: npm run report`).toBeLessThanOrEqual(
    Math.max(0.005 * edge, 0.01 * Math.abs(value)),
  )
}

export function holds(rows: readonly Row[]): void {
  describe.each(rows.map((row) => [row.id, row] as const))('%s', (_, row) => {
    const rates = row.rates ?? [BAR_RATE]
    const cases = rates.map((sampleRate) => [text(guardOf(row, sampleRate)), row.unit, sampleRate] as const)
    test.each(cases.filter((__, index) => hasTurn(index, rates.length)))(
      `${row.what}: %s %s at %i Hz`,
      (__, unit, sampleRate) => {
        const { value } = row.measure({ sampleRate, whole })
        const told = `${row.id} at ${sampleRate}: ${Number(value.toPrecision(4))} ${unit}`
        console.log(told)
        expect(meets({ value, bar: guardOf(row, sampleRate) }), told).toBe(true)
        if (whole) expectAsReported(row, sampleRate, value)
      },
      whole ? 3_600_000 : undefined,
    )
  })
}
