// Where frequencies and levels lie in the spectrum's picture, and what each of its columns shows (any thread).
export const HERTZ = { from: 20, to: 20_000 } as const
export const DB = { top: 0, floor: -90 } as const

const DECADES = Math.log10(HERTZ.to / HERTZ.from)

export const xOf = (hertz: number, width: number): number => (Math.log10(hertz / HERTZ.from) / DECADES) * width
export const hertzAt = (x: number, width: number): number => HERTZ.from * 10 ** ((x / width) * DECADES)
export const yOf = (db: number, height: number): number =>
  4 + Math.min(1, Math.max(0, (DB.top - db) / (DB.top - DB.floor))) * (height - 4)

/** Bins of each column, made once for a width and a number of bins. */
export interface Columns {
  readonly width: number
  readonly bins: number
  readonly sampleRate: number
  /** In bins, fractional: from, to of column x at 2 x and 2 x + 1. */
  readonly edges: Float32Array
}

export function columnsOf(width: number, bins: number, sampleRate: number): Columns {
  const hertzPerBin = sampleRate / 2 / (bins - 1)
  const edges = new Float32Array(2 * width)
  for (let x = 0; x < width; x++) {
    edges[2 * x] = hertzAt(x, width) / hertzPerBin
    edges[2 * x + 1] = hertzAt(x + 1, width) / hertzPerBin
  }
  return { width, bins, sampleRate, edges }
}

/** Level of column x: the highest of its bins, or where bins are wider than columns, between two of them. */
export function levelAt({ bins, edges }: Columns, x: number, levels: Float32Array): number {
  const from = edges[2 * x]!
  const to = edges[2 * x + 1]!
  const first = Math.ceil(from)
  const last = Math.min(bins - 1, Math.floor(to))
  if (first > last) {
    const below = Math.min(bins - 2, Math.floor(from))
    const share = Math.min(1, (from + to) / 2 - below)
    return levels[below]! + (levels[below + 1]! - levels[below]!) * share
  }
  let top = levels[first]!
  for (let bin = first + 1; bin <= last; bin++) if (levels[bin]! > top) top = levels[bin]!
  return top
}
