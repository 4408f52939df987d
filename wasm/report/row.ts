// One row of the report: what is measured, with which bar, and how (Node). Tests and `npm run report` call the same `measure`.
import type { Figure, FigurePlot } from '../../src/ui/help/figures.ts'

export const BAR_RATE = 48_000
export const ALL_RATES: readonly number[] = [44_100, 48_000, 96_000]

export interface Measured {
  readonly value: number
  readonly plot?: FigurePlot
}
export interface Depth {
  readonly sampleRate: number
  /** Every note and setting, as the report and `npm run verify` do; else a few of them. */
  readonly whole: boolean
}

export interface Row extends Omit<Figure, 'value' | 'plot' | 'elsewhere'> {
  /** Sample rates in Hz at which it is measured; 48 kHz, for which bars are stated, unless told. */
  readonly rates?: readonly number[]
  /** Where the engine stands when it misses its bar, or has none: what tests hold it to. */
  readonly held?: Figure['bar']
  /** The same by sample rate. */
  readonly heldAt?: Readonly<Record<number, Figure['bar']>>
  readonly measure: (depth: Depth) => Measured
}

/** What tests hold a row to: its bar, or where it is known to stand. */
export const guardOf = (
  { bar, held, heldAt }: Pick<Row, 'bar' | 'held' | 'heldAt'>,
  sampleRate: number,
): Figure['bar'] => heldAt?.[sampleRate] ?? held ?? bar

/** Frequencies of a logarithmic plot, Hz. */
export const logSteps = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)))

export const HERTZ = { label: 'Frequency', unit: 'Hz', log: true } as const
export const DECIBELS = { label: 'Level', unit: 'dB' } as const
export const SECONDS = { label: 'Time', unit: 's' } as const
export const NOTE = { label: 'Note', unit: '' } as const

/** A spectrum for a plot: the highest magnitude of each of `count` logarithmic bands, in dB of `reference`. */
export function spectrumPoints(
  magnitudes: ArrayLike<number>,
  sampleRate: number,
  reference: number,
  floorDb = -180,
  count = 160,
): [number, number][] {
  const bin = sampleRate / (2 * (magnitudes.length - 1))
  const edges = logSteps(20, Math.min(24_000, sampleRate / 2), count + 1)
  return edges.slice(1).map((to, i) => {
    const from = edges[i]
    let most = 0
    const last = Math.max(Math.ceil(from / bin) + 1, Math.floor(to / bin))
    for (let k = Math.ceil(from / bin); k < last && k < magnitudes.length; k++) most = Math.max(most, magnitudes[k])
    return [Math.sqrt(from * to), Math.max(floorDb, 20 * Math.log10(Math.max(most / reference, 1e-12)))]
  })
}
