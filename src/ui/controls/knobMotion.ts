// What a knob does for each input: a drag gives a position, keys give steps, limits, resets or typing (any thread).

/** A drag of this many pixels covers the full range. */
const FULL_DRAG_PIXELS = 200
const FINE = 0.1

export const clamp01 = (position: number): number => Math.min(1, Math.max(0, position))

/** Position after moving the pointer up by `upPixels`; fine is ten times slower. */
export const dragged = (position: number, upPixels: number, fine: boolean): number =>
  clamp01(position + (upPixels / FULL_DRAG_PIXELS) * (fine ? FINE : 1))

export type KnobKey =
  | { readonly kind: 'step'; readonly count: number; readonly fine: boolean }
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

/** What a key does to a knob; null: the key is not the knob's. */
export function keyed(press: KeyPress): KnobKey | null {
  if (press.ctrlKey || press.metaKey) return null
  const step = (count: number): KnobKey => ({ kind: 'step', count, fine: press.shiftKey })
  switch (press.key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return step(1)
    case 'ArrowDown':
    case 'ArrowLeft':
      return step(-1)
    case 'PageUp':
      return { kind: 'step', count: 10, fine: false }
    case 'PageDown':
      return { kind: 'step', count: -10, fine: false }
    case 'Home':
      return { kind: 'move', position: 0 }
    case 'End':
      return { kind: 'move', position: 1 }
    case 'Delete':
    case 'Backspace':
      return { kind: 'reset', to: press.altKey ? 'default' : 'own' }
    case 'Enter':
      return { kind: 'type', text: '' }
    default:
      return /^[0-9.+-]$/.test(press.key) ? { kind: 'type', text: press.key } : null
  }
}
