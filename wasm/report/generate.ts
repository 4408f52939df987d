// Measures every row of the report through the real engine (Node). `npm run report` writes src/ui/help/figures.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { meets, missedAt, type Figure } from '../../src/ui/help/figures.ts'
import { DELAYS } from './delays.ts'
import { DRIVE } from './drive.ts'
import { DYNAMICS } from './dynamics.ts'
import { ENGINE } from './engine.ts'
import { EQUALISERS } from './equalisers.ts'
import { FILTERS } from './filters.ts'
import { LIMITERS } from './limiter.ts'
import { MODULATORS } from './modulators.ts'
import { OSCILLATORS } from './oscillators.ts'
import { PITCH } from './pitch.ts'
import { BAR_RATE, type Row } from './row.ts'
import { SAMPLES } from './samples.ts'
import { SPACE } from './space.ts'
import { STRINGS } from './strings.ts'
import { TABLES } from './tables.ts'

export const ROWS: readonly Row[] = [
  ...ENGINE,
  ...OSCILLATORS,
  ...TABLES,
  ...SAMPLES,
  ...STRINGS,
  ...FILTERS,
  ...MODULATORS,
  ...EQUALISERS,
  ...DYNAMICS,
  ...LIMITERS,
  ...DRIVE,
  ...DELAYS,
  ...PITCH,
  ...SPACE,
]

const rounded = (value: number): number => Number(value.toPrecision(4))

/** What the report says of a row beside its figures. */
export const wordsOf = ({ id, part, what, unit, bar, source, note }: Row | Figure) => ({
  id,
  part,
  what,
  unit,
  bar,
  source,
  ...(note === undefined ? {} : { note }),
})

/** A row measured in full, at all its sample rates. */
export function figureOf(row: Row): Figure {
  const { value, plot } = row.measure({ sampleRate: BAR_RATE, whole: true })
  const elsewhere = (row.rates ?? [])
    .filter((sampleRate) => sampleRate !== BAR_RATE)
    .map((sampleRate) => [sampleRate, rounded(row.measure({ sampleRate, whole: true }).value)] as const)
  const lines = plot?.lines.map(({ label, points }) => ({
    label,
    points: points.map(([x, y]) => [rounded(x), rounded(y)] as const),
  }))
  return {
    ...wordsOf(row),
    value: rounded(value),
    ...(elsewhere.length > 0 ? { elsewhere } : {}),
    ...(plot && lines ? { plot: { ...plot, lines } } : {}),
  }
}

const fileIn = (root: string): string => join(root, 'src', 'ui', 'help', 'figures.json')
export const readFigures = (root: string): Figure[] => JSON.parse(readFileSync(fileIn(root), 'utf8')) as Figure[]

/** Measures all rows, or only those named; the others stay as the file has them. */
export function writeReport(root: string, only: readonly string[] = []): void {
  const unknown = only.filter((id) => !ROWS.some((row) => row.id === id))
  if (unknown.length > 0) throw new Error(`No row ${unknown.join(', ')}.`)
  const kept = new Map(only.length > 0 ? readFigures(root).map((figure) => [figure.id, figure]) : [])
  const figures = ROWS.map((row) => {
    const old = kept.get(row.id)
    if (old && !only.includes(row.id)) return { ...old, ...wordsOf(row) }
    const begin = performance.now()
    const figure = figureOf(row)
    const at = missedAt(figure)
    const verdict = !meets(figure) ? 'MISSES' : at.length > 0 ? `misses at ${at.join(', ')} Hz` : 'meets'
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    console.log(
      `${row.id.padEnd(24)} ${String(figure.value).padStart(12)} ${row.unit.padEnd(6)} ${seconds} s  ${verdict}`,
    )
    return figure
  })
  writeFileSync(fileIn(root), `[\n${figures.map((figure) => JSON.stringify(figure)).join(',\n')}\n]\n`)
}
