// Where an arrow key leads in a grid of tiles (any thread).
import { columnOf, endOf, firstOf, rowCount, rowOf } from './gridRows.ts'

/** The next index for a key; null: the key is not the grid's. Stays inside; never wraps. `wide`: rows of one sound, first. */
export function gridMove(key: string, index: number, count: number, wide: number, rowsPerPage: number): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  if (key === 'ArrowLeft') return Math.max(0, index - 1)
  if (key === 'ArrowRight') return Math.min(count - 1, index + 1)
  const rows: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -rowsPerPage, PageDown: rowsPerPage }
  const step = rows[key]
  if (step === undefined) return null
  const row = rowOf(index, wide)
  const last = rowCount(count, wide) - 1
  const target = Math.max(0, Math.min(last, row + step))
  const below = firstOf(target, wide) + columnOf(index, wide)
  const found = Math.min(below, endOf(target, wide, count) - 1)
  if (key === 'PageDown' && row + step > last) return count - 1
  // A short last row has nothing under its gap.
  return key === 'ArrowDown' && target === last && below > found && target >= wide && row >= wide ? index : found
}
