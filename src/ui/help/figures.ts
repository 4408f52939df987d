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
  readonly value: number
  readonly unit: string
  /** The figure must not be above (`most`) or below (`least`) it. */
  readonly bar: { readonly most: number } | { readonly least: number }
  readonly source: string
  readonly plot?: FigurePlot
}

export const meets = ({ value, bar }: Pick<Figure, 'value' | 'bar'>): boolean =>
  'most' in bar ? value <= bar.most : value >= bar.least
