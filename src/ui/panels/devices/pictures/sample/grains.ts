// A second of a cloud of grains as it may fall: where each begins, how long it is, to which side (any thread). Chance is the same in every picture.
import { number, type Read } from '../face.ts'

export interface DrawnGrain {
  /** -1..1 of how far grains stray, for a source that strays both ways; its size for one that strays one way. */
  readonly stray: number
  /** -1 left .. 1 right. */
  readonly side: number
  readonly backwards: boolean
}

/** More of them would be a wall. */
const MOST = 40
/** Additive recurrences of the plastic number: even, and never a row (Roberts 2018). */
const STEPS = [0.7548776662466927, 0.5698402909980532, 0.3819660112501051] as const

export function drawnGrains(read: Read, perSecond: number): DrawnGrain[] {
  const count = Math.min(MOST, Math.max(1, Math.round(perSecond)))
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c] = STEPS.map((step) => ((i + 1) * step) % 1) as [number, number, number]
    return {
      stray: 2 * a - 1,
      side: (2 * b - 1) * number(read, 'spread'),
      backwards: c < number(read, 'reverse'),
    }
  })
}
