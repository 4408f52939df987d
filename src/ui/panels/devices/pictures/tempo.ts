// Note lengths of a `sync` parameter in seconds and Hertz, as the engine counts them (wasm/dsp/tempo_sync.h) (any thread).
import { number, type Scene } from './face.ts'

const BEATS_PER_BAR = 4
const KINDS: Readonly<Record<string, number>> = { '': 1, T: 2 / 3, D: 1.5 }

/** Beats of an option such as `1/8T` or `2bars`; 0: it runs free. */
export function beatsOf(option: string): number {
  const bars = /^(\d+)bars?$/.exec(option)
  if (bars) return Number(bars[1]) * BEATS_PER_BAR
  const note = /^1\/(\d+)([TD]?)$/.exec(option)
  return note ? (4 / Number(note[1])) * KINDS[note[2]!]! : 0
}

/** Hertz of an LFO: its rate, or what the song's tempo makes of its note length. */
export function lfoHertz({ read, bpm }: Scene): number {
  const beats = beatsOf(String(read('sync')))
  return beats > 0 ? Math.max(bpm, 1) / (60 * beats) : number(read, 'rate')
}

/** Seconds of a delay line of `most` seconds: what does not fit is halved until it does. */
export function delaySeconds({ read, bpm }: Scene, free: number, most = Infinity): number {
  const beats = beatsOf(String(read('sync')))
  let seconds = beats > 0 ? (beats * 60) / Math.max(bpm, 1) : free
  while (seconds > most) seconds /= 2
  return seconds
}
