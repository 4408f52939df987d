// Moves a place of the song onto the grid that the user chose (any thread).
import { MAX_TICK, TICKS_PER_WHOLE } from './ticks.ts'
import type { Snap } from '../../../project/arrangement.ts'
import { barsBefore } from '../../../project/song/bars.ts'
import { barTicks } from '../../../project/song/signatures.ts'
import { segmentAt } from '../../../project/song/tempo.ts'
import { gridStep, type GridStep } from './grid.ts'
import type { Signatures } from './model.ts'

/** The step at a tick; null: every tick is a place. */
export function snapStep(snap: Snap, signatures: Signatures, tick: number, pixelsPerTick: number): GridStep | null {
  const signature = signatures[segmentAt(signatures, tick)]!
  if (snap === 'off') return null
  if (snap === 'grid') return gridStep(signature, pixelsPerTick)
  if (snap === 'bar') return { ticks: barTicks(signature), bars: 1 }
  return { ticks: TICKS_PER_WHOLE / Number(snap.slice(2)), bars: 0 }
}

/** The nearest place of the grid; a signature's start is always one. */
export function snapTick(snap: Snap, signatures: Signatures, tick: number, pixelsPerTick: number): number {
  const inside = Math.min(MAX_TICK, Math.max(0, tick))
  const index = segmentAt(signatures, inside)
  const signature = signatures[index]!
  const step = snapStep(snap, signatures, inside, pixelsPerTick)
  if (!step) return Math.round(inside)
  // Groups of bars are counted from bar 1.
  const ahead = step.bars > 0 ? (barsBefore(signatures, index) % step.bars) * barTicks(signature) : 0
  const nearest = Math.round((inside - signature.tick + ahead) / step.ticks) * step.ticks - ahead
  const next = signatures[index + 1]?.tick ?? MAX_TICK
  return Math.min(next, signature.tick + Math.max(0, nearest))
}
