// What a knob does for each input: drag, wheel and keys in, a new position out (any thread).

/** A drag of this many pixels covers the full range. */
const FULL_DRAG_PIXELS = 200
const FINE = 0.1

export const clamp01 = (position: number): number => Math.min(1, Math.max(0, position))

/** Position after moving the pointer up by `upPixels`; fine is ten times slower. */
export const dragged = (position: number, upPixels: number, fine: boolean): number =>
  clamp01(position + (upPixels / FULL_DRAG_PIXELS) * (fine ? FINE : 1))

/** One wheel notch up or down. */
export const wheeled = (position: number, deltaY: number, step: number, fine: boolean): number =>
  clamp01(position - Math.sign(deltaY) * step * (fine ? FINE : 1))

export type KnobKey =
  | { readonly kind: 'move'; readonly position: number }
  | { readonly kind: 'reset'; readonly to: 'own' | 'default' }
  | { readonly kind: 'type'; readonly text: string }

interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** What a key does to a knob at `position`; null: the key is not the knob's. `whole`: the steps can't be divided. */
export function keyed(press: KeyPress, position: number, step: number, whole: boolean): KnobKey | null {
  if (press.ctrlKey || press.metaKey) return null
  const by = press.shiftKey && !whole ? step * FINE : step
  const move = (to: number): KnobKey => ({ kind: 'move', position: clamp01(to) })
  switch (press.key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return move(position + by)
    case 'ArrowDown':
    case 'ArrowLeft':
      return move(position - by)
    case 'PageUp':
      return move(position + step * 10)
    case 'PageDown':
      return move(position - step * 10)
    case 'Home':
      return move(0)
    case 'End':
      return move(1)
    case 'Delete':
    case 'Backspace':
      return { kind: 'reset', to: press.altKey ? 'default' : 'own' }
    case 'Enter':
      return { kind: 'type', text: '' }
    default:
      return /^[0-9.+-]$/.test(press.key) ? { kind: 'type', text: press.key } : null
  }
}
