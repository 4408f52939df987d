// Measures every row of the report through the real engine (Node). `npm run report` writes src/ui/help/figures.json.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { meets, type Figure } from '../../src/ui/help/figures.ts'
import { EFFECTS } from './effects.ts'
import { OSCILLATORS } from './oscillators.ts'
import type { Row } from './row.ts'
import { SPACE } from './space.ts'
import { VOICES } from './voices.ts'

export const ROWS: readonly Row[] = [...OSCILLATORS, ...VOICES, ...EFFECTS, ...SPACE]

const rounded = (value: number): number => Number(value.toPrecision(4))

export function figureOf({ measure, ...row }: Row): Figure {
  const { value, plot } = measure()
  const lines = plot?.lines.map(({ label, points }) => ({
    label,
    points: points.map(([x, y]) => [rounded(x), rounded(y)] as const),
  }))
  return { ...row, value: rounded(value), ...(plot && lines ? { plot: { ...plot, lines } } : {}) }
}

export function writeReport(root: string): void {
  const figures = ROWS.map((row) => {
    const figure = figureOf(row)
    console.log(
      `${meets(figure) ? 'meets ' : 'MISSES'} ${row.id.padEnd(22)} ${String(figure.value).padStart(12)} ${row.unit}`,
    )
    return figure
  })
  const text = figures.map((figure) => JSON.stringify(figure)).join(',\n')
  writeFileSync(join(root, 'src', 'ui', 'help', 'figures.json'), `[\n${text}\n]\n`)
}
