// The report in Help is what the engine measures: rows are measured again and compared with the file (Node, the real module).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { meets, type Figure } from '../../src/ui/help/figures.ts'
import { figureOf, ROWS } from '../report/generate.ts'

const file = join(import.meta.dirname, '..', '..', 'src', 'ui', 'help', 'figures.json')
const figures = JSON.parse(readFileSync(file, 'utf8')) as Figure[]
/** These take milliseconds; the long run measures all. */
const QUICK = [
  'svf-response',
  'modal-decay',
  'grain-ripple',
  'width-null',
  'multiband-null',
  'delay-response',
  'panner-power',
]

test('the file has every row of the report once, in its order, with the same words and bars', () => {
  const words = ({ id, part, what, unit, bar, source }: Omit<Figure, 'value'>) => ({
    id,
    part,
    what,
    unit,
    bar,
    source,
  })
  expect(figures.map(words)).toEqual(ROWS.map(words))
})

test('every figure meets its bar', () => {
  expect(figures.filter((figure) => !meets(figure)).map(({ id, value }) => `${id} ${value}`)).toEqual([])
})

describe('measured again', () => {
  const again = process.env.VERIFY ? ROWS : ROWS.filter(({ id }) => QUICK.includes(id))
  test.each(again.map((row) => [row.id, row] as const))('%s meets its bar and is what the report says', (id, row) => {
    const now = figureOf(row)
    const then = figures.find((figure) => figure.id === id)!
    expect(meets(now)).toBe(true)
    const edge = Math.abs('most' in row.bar ? row.bar.most : row.bar.least)
    // Half a per cent of the bar: what a change of rounding in the engine may move.
    expect(
      Math.abs(now.value - then.value),
      `${now.value} now, ${then.value} in the report: npm run report`,
    ).toBeLessThanOrEqual(0.005 * edge)
  })
})
