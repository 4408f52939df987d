// How sounds lie in rows: the best matches one a row, the others in columns (any thread).

export const COLUMNS = 2

export const rowCount = (count: number, wide: number): number =>
  Math.min(count, wide) + Math.ceil(Math.max(0, count - wide) / COLUMNS)

export const rowOf = (index: number, wide: number): number =>
  index < wide ? index : wide + Math.floor((index - wide) / COLUMNS)

export const columnOf = (index: number, wide: number): number => (index < wide ? 0 : (index - wide) % COLUMNS)

/** Index of the first sound of a row. */
export const firstOf = (row: number, wide: number): number => (row < wide ? row : wide + (row - wide) * COLUMNS)

/** One past the last sound of a row. */
export const endOf = (row: number, wide: number, count: number): number =>
  Math.min(count, firstOf(row, wide) + (row < wide ? 1 : COLUMNS))
