// Detuned copies and partials: what of an oscillator is a row of lines (any thread).
import { clamp, number, type Read } from '../face.ts'

export interface Copy {
  readonly cents: number
  /** Against the others. */
  readonly gain: number
}

/** Of the seven saws, from the middle one (wasm/units/supersaw.h). */
const SAW_DETUNE = [0, -0.181, 0.181, -0.573, 0.573, -1, 1]
const FULL_MIX_ANGLE = 1.273

const supersaw = (read: Read): Copy[] => {
  const angle = number(read, 'mix') * FULL_MIX_ANGLE
  return SAW_DETUNE.map((share, k) => ({
    cents: 100 * number(read, 'detune') * share,
    gain: k === 0 ? Math.cos(angle) : Math.sin(angle) / Math.sqrt(6),
  }))
}

/** Evenly from one end to the other. */
const even = (read: Read): Copy[] => {
  const count = clamp(Math.round(number(read, 'voices')), 1, 16)
  const gain = 1 / Math.sqrt(count)
  return Array.from({ length: count }, (_, k) => ({
    cents: count === 1 ? 0 : 100 * number(read, 'detune') * ((2 * k) / (count - 1) - 1),
    gain,
  }))
}

/** Null: the oscillator is one. */
export function copiesOf(type: string, read: Read): Copy[] | null {
  if (type === 'supersaw') return supersaw(read)
  return type === 'unison' || type === 'wavetable' ? even(read) : null
}

const PARTIALS = 128
/** The last partial of every drawbar but the last; the first four and two pairs, then everything to 16, and above (wasm/units/partials.h). */
const groupOf = (k: number): string =>
  k <= 4 ? `bar${k}` : k <= 6 ? 'bar5' : k <= 8 ? 'bar7' : k <= 16 ? 'bar9' : 'bar17'

export interface Partial {
  /** Against the fundamental. */
  readonly ratio: number
  readonly gain: number
}

/** What the partials unit starts a low note with. */
export function partialsOf(read: Read): Partial[] {
  const stiff = number(read, 'stiffness') ** 2 * 0.02
  const balance = number(read, 'balance')
  const count = number(read, 'count')
  return Array.from({ length: PARTIALS }, (_, i) => {
    const k = i + 1
    const side = i === 0 ? 1 : i % 2 === 1 ? Math.min(1 - balance, 1) : Math.min(1 + balance, 1)
    const tilt = 2 ** (number(read, 'tilt') * 0.1660964 * Math.log2(k))
    return {
      ratio: k * k ** (number(read, 'stretch') - 1) * Math.sqrt((1 + stiff * k * k) / (1 + stiff)),
      gain: clamp(count - i, 0, 1) * side * number(read, groupOf(k)) * tilt,
    }
  })
}
