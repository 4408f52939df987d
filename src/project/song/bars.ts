// Bars and beats under a song's signatures (any thread). Bars and beats count from 1; signatures stand at bar lines.
import { type Signature, TICKS_PER_BEAT } from '../../compile/song.ts'
import { barTicks } from './signatures.ts'
import { segmentAt } from './tempo.ts'

export interface BarPosition {
  readonly bar: number
  readonly beat: number
  /** Inside the beat, 0 at its start. */
  readonly tick: number
}

/** Whole bars before a signature begins. */
export function barsBefore(signatures: readonly Signature[], index: number): number {
  let bars = 0
  for (let i = 1; i <= index; i++) {
    const before = signatures[i - 1]!
    bars += Math.round((signatures[i]!.tick - before.tick) / barTicks(before))
  }
  return bars
}

/** A beat as the signature counts it: an eighth in 6/8. */
export const countedBeatTicks = ({ denominator }: Signature): number => (4 * TICKS_PER_BEAT) / denominator

export function barPosition(signatures: readonly Signature[], tick: number): BarPosition {
  const index = segmentAt(signatures, tick)
  const signature = signatures[index]!
  const inside = tick - signature.tick
  const bars = Math.floor(inside / barTicks(signature))
  const inBar = inside - bars * barTicks(signature)
  const beats = Math.floor(inBar / countedBeatTicks(signature))
  return {
    bar: barsBefore(signatures, index) + bars + 1,
    beat: beats + 1,
    tick: inBar - beats * countedBeatTicks(signature),
  }
}

/** Where a bar begins; `bar` counts from 1. */
export function tickOfBar(signatures: readonly Signature[], bar: number): number {
  let index = 0
  while (index + 1 < signatures.length && barsBefore(signatures, index + 1) <= bar - 1) index++
  const signature = signatures[index]!
  return signature.tick + (bar - 1 - barsBefore(signatures, index)) * barTicks(signature)
}
