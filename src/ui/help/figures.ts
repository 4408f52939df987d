// The measured figures of the engine as the report page reads them (any thread). `npm run report` writes figures.json.

export interface Axis {
  readonly label: string
  readonly unit: string
  readonly log?: boolean
}

export interface FigurePlot {
  readonly x: Axis
  readonly y: Axis
  readonly lines: readonly { readonly label: string; readonly points: readonly (readonly [x: number, y: number])[] }[]
}

export interface Figure {
  readonly id: string
  readonly part: string
  /** What was measured and how, in one sentence. */
  readonly what: string
  /** At 48 kHz, for which bars are stated. */
  readonly value: number
  readonly unit: string
  /** The figure must not be above (`most`) or below (`least`) it; null where it is only reported. */
  readonly bar: { readonly most: number } | { readonly least: number } | null
  readonly source: string
  /** At other sample rates (Hz). */
  readonly elsewhere?: readonly (readonly [sampleRate: number, value: number])[]
  /** Why a bar is missed, or what a figure means that has none. */
  readonly note?: string
  readonly plot?: FigurePlot
}

export const meets = ({ value, bar }: Pick<Figure, 'value' | 'bar'>): boolean =>
  bar === null || ('most' in bar ? value <= bar.most : value >= bar.least)

/** Sample rates other than 48 kHz at which the bar is missed. */
export const missedAt = ({ elsewhere = [], bar }: Pick<Figure, 'elsewhere' | 'bar'>): number[] =>
  elsewhere.filter(([, value]) => !meets({ value, bar })).map(([sampleRate]) => sampleRate)
