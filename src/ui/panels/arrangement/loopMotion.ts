// The loop after a part of it was moved (any thread).
import { MAX_TICK } from './ticks.ts'
import type { Loop } from './model.ts'

export type LoopPart = 'start' | 'end' | 'whole'

/** `tick`: where that part goes; `whole` goes by its start. The loop never gets shorter than `leastTicks`. */
export function movedLoop(
  { startTick, endTick }: Pick<Loop, 'startTick' | 'endTick'>,
  part: LoopPart,
  tick: number,
  leastTicks: number,
): Pick<Loop, 'startTick' | 'endTick'> {
  const inside = Math.min(MAX_TICK, Math.max(0, tick))
  if (part === 'start') return { startTick: Math.min(inside, endTick - leastTicks), endTick }
  if (part === 'end') return { startTick, endTick: Math.max(inside, startTick + leastTicks) }
  const length = endTick - startTick
  const start = Math.min(inside, MAX_TICK - length)
  return { startTick: start, endTick: start + length }
}
