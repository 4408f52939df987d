// Where an arrow key leads in a grid of tiles (any thread).

/** The next index for a key; null: the key is not the grid's. Stays inside; never wraps. */
export function gridMove(
  key: string,
  index: number,
  count: number,
  columns: number,
  rowsPerPage: number,
): number | null {
  const by: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * rowsPerPage,
    PageDown: columns * rowsPerPage,
  }
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = by[key]
  if (step === undefined) return null
  const next = index + step
  if (next >= 0 && next < count) return next
  if (key === 'PageUp') return index % columns
  if (key === 'PageDown') return count - 1
  return index
}
