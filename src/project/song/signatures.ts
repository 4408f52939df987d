// Edits of the time signatures: sorted by tick, the first at 0, each at a bar line of the one before (main thread).
import { LIMITS, TICKS_PER_BEAT, type Signature } from '../../compile/song.ts'
import { segmentAt } from './tempo.ts'

/** Denominators divide 4 * TICKS_PER_BEAT, so this is whole. */
export const barTicks = ({ numerator, denominator }: Pick<Signature, 'numerator' | 'denominator'>): number =>
  (numerator * 4 * TICKS_PER_BEAT) / denominator

/** Moves each point to the nearest bar line of the one before, at least one bar later; what falls off the end of time goes. */
export function alignSignatures(points: readonly Signature[]): Signature[] {
  const aligned: Signature[] = []
  for (const point of points) {
    const before = aligned.at(-1)
    const bars = before ? Math.max(1, Math.round((point.tick - before.tick) / barTicks(before))) : 0
    const tick = before ? before.tick + bars * barTicks(before) : 0
    if (tick <= LIMITS.maxTick) aligned.push({ ...point, tick })
  }
  return aligned
}

/** Another signature for the segment under the tick; what follows keeps its bar lines. */
export function setSignatureAt(
  points: readonly Signature[],
  tick: number,
  signature: Pick<Signature, 'numerator' | 'denominator'>,
): Signature[] {
  const index = segmentAt(points, tick)
  return alignSignatures(points.map((point, at) => (at === index ? { ...point, ...signature } : point)))
}

/** A signature from the bar line nearest the tick on: a new point, or another meaning of the one that is there. */
export function putSignature(
  points: readonly Signature[],
  tick: number,
  signature: Pick<Signature, 'numerator' | 'denominator'>,
): Signature[] {
  const before = points[segmentAt(points, tick)]!
  const line = before.tick + Math.round((tick - before.tick) / barTicks(before)) * barTicks(before)
  const others = points.filter((point) => point.tick !== line)
  return alignSignatures([...others, { tick: line, ...signature }].sort((a, b) => a.tick - b.tick))
}

/** The first point always stays. */
export const removeSignature = (points: readonly Signature[], tick: number): Signature[] =>
  alignSignatures(points.filter((point) => point.tick === 0 || point.tick !== tick))
