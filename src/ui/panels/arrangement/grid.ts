// Which lines of time are drawn and which of them carry a number: as many as fit (any thread).
import { barsBefore, countedBeatTicks } from '../../../project/song/bars.ts'
import { barTicks } from '../../../project/song/signatures.ts'
import type { Signatures } from './model.ts'

/** Distance between lines at least, and between numbers. */
const LINE_PIXELS = 9
const NUMBER_PIXELS = 52
const DIVISIONS = [8, 4, 2, 1] as const

/** `bars` whole bars, or else a part of a bar. */
export interface GridStep {
  readonly ticks: number
  readonly bars: number
}

/** The finest step whose lines are at least `least` pixels apart: parts of a beat, beats, then bars by powers of two. */
export function gridStep(signature: Signatures[number], pixelsPerTick: number, least: number = LINE_PIXELS): GridStep {
  const beat = countedBeatTicks(signature)
  for (const parts of DIVISIONS) {
    if ((beat / parts) * pixelsPerTick >= least) return { ticks: beat / parts, bars: 0 }
  }
  const bar = barTicks(signature)
  let bars = 1
  while (bar * bars * pixelsPerTick < least) bars *= 2
  return { ticks: bar * bars, bars }
}

export interface GridLine {
  readonly tick: number
  /** From 1. */
  readonly bar: number
  /** From 1; a line between beats has the beat before it. */
  readonly beat: number
  readonly kind: 'bar' | 'beat' | 'part'
  readonly numbered: boolean
}

/** All lines from `fromTick` to `toTick`. */
export function gridLines(
  signatures: Signatures,
  pixelsPerTick: number,
  fromTick: number,
  toTick: number,
): readonly GridLine[] {
  const lines: GridLine[] = []
  signatures.forEach((signature, index) => {
    const next = signatures[index + 1]?.tick ?? Infinity
    const start = Math.max(signature.tick, fromTick)
    const end = Math.min(next, toTick + 1)
    if (end <= start) return
    const bar = barTicks(signature)
    const beat = countedBeatTicks(signature)
    const barsAhead = barsBefore(signatures, index)
    const step = gridStep(signature, pixelsPerTick)
    const numbers = gridStep(signature, pixelsPerTick, NUMBER_PIXELS)
    const firstBar = barsAhead + Math.floor((start - signature.tick) / bar)
    // Groups of bars begin at bar 1, whatever the signature; each signature begins with a line.
    const skip = step.bars > 1 ? (step.bars - (firstBar % step.bars)) % step.bars : 0
    const aligned = signature.tick + (firstBar - barsAhead + skip) * bar
    const first =
      step.bars > 0 ? aligned : signature.tick + Math.floor((start - signature.tick) / step.ticks) * step.ticks
    if (skip > 0 && start === signature.tick)
      lines.push({ tick: signature.tick, bar: barsAhead + 1, beat: 1, kind: 'bar', numbered: index > 0 })
    for (let tick = first; tick < end; tick += step.ticks) {
      if (tick < start) continue
      const inSegment = tick - signature.tick
      const bars = Math.floor(inSegment / bar)
      const inBar = inSegment - bars * bar
      const kind = inBar === 0 ? 'bar' : inBar % beat === 0 ? 'beat' : 'part'
      const numbered =
        numbers.bars > 0
          ? kind === 'bar' && (barsAhead + bars) % numbers.bars === 0
          : inBar % numbers.ticks === 0 && kind !== 'part'
      lines.push({ tick, bar: barsAhead + bars + 1, beat: Math.floor(inBar / beat) + 1, kind, numbered })
    }
  })
  return lines
}
