// One row of the report: what is measured, with which bar, and how (Node).
import type { Figure, FigurePlot } from '../../src/ui/help/figures.ts'

export interface Measured {
  readonly value: number
  readonly plot?: FigurePlot
}

export interface Row extends Omit<Figure, 'value' | 'plot'> {
  readonly measure: () => Measured
}

/** Frequencies of a logarithmic plot, Hz. */
export const logSteps = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)))

export const HERTZ = { label: 'Frequency', unit: 'Hz', log: true } as const
export const DECIBELS = { label: 'Level', unit: 'dB' } as const

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
