// The report in Help has every row once and says whether its bars are met (Node). test/figures measures them again.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { meets } from '../../src/ui/help/figures.ts'
import { readFigures, ROWS, wordsOf } from '../report/generate.ts'
import { BAR_RATE, guardOf } from '../report/row.ts'

const figures = readFigures(join(import.meta.dirname, '..', '..'))

test('the file has every row of the report once, in its order, with the same words and bars', () => {
  expect(figures.map(wordsOf)).toEqual(ROWS.map(wordsOf))
  expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length)
})

test('every figure is what tests hold it to, at each of its sample rates', () => {
  const off = ROWS.flatMap((row, i) => {
    const { value, elsewhere = [] } = figures[i]!
    const at = [[BAR_RATE, value] as const, ...elsewhere]
    expect(at.map(([sampleRate]) => sampleRate).sort()).toEqual([...(row.rates ?? [BAR_RATE])].sort())
    return at
      .filter(([sampleRate, figure]) => !meets({ value: figure, bar: guardOf(row, sampleRate) }))
      .map(([sampleRate, figure]) => `${row.id} at ${sampleRate}: ${figure}`)
  })
  expect(off).toEqual([])
})

test('a figure that misses its bar says why', () => {
  const silent = figures.filter((figure) => !meets(figure) && !figure.note).map(({ id }) => id)
  expect(silent).toEqual([])
})
