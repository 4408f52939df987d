// What a press in a picture takes hold of, and where a drag brings it (any thread).
import type { Handle, Place } from './face.ts'

/** How near a press must be. */
const REACH_PIXELS = 14
/** Shift: ten times slower. */
const FINE = 0.1

/** The nearest handle in reach; of two at one place the later, which lies on top. */
export function taken(handles: readonly Handle[], { x, y }: Place): Handle | null {
  let best: Handle | null = null
  let nearest = REACH_PIXELS
  for (const handle of handles) {
    const away = Math.hypot(handle.x - x, handle.y - y) + (handle.small ? 3 : 0)
    if (away <= nearest) [best, nearest] = [handle, away]
  }
  return best
}

/** A handle moves as the pointer does; it does not jump under it. */
export const moved = (place: Place, dx: number, dy: number, fine: boolean): Place =>
  fine ? { x: place.x + dx * FINE, y: place.y + dy * FINE } : { x: place.x + dx, y: place.y + dy }
