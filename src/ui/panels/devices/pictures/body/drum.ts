// The course of drum sounds over time: level and pitch of a tone, bursts of a noise (any thread). Source: wasm/units/drumtone.h, wasm/units/drumnoise.h, wasm/dsp/drum_decay.h.
import { number, type Read } from '../face.ts'

const FALL = 10 ** -3

/** 1 while it holds, then 60 dB down in the decay. */
export const toneLevel = (read: Read, seconds: number): number =>
  FALL ** (Math.max(0, seconds - number(read, 'hold')) / number(read, 'decay'))

/** At middle C, which tracking does not move. */
export const toneHertz = (read: Read, seconds: number): number =>
  number(read, 'frequency') * 2 ** ((number(read, 'sweep') / 12) * Math.exp(-seconds / number(read, 'sweepTime')))

export const clickLevel = (read: Read, seconds: number): number =>
  number(read, 'click') * FALL ** (seconds / number(read, 'clickTime'))

/** Bursts fall as if each had to be over in two and a half gaps; the last one in the decay. */
const SHORT = 2.5

/** Where bursts begin, evenly: the engine strays a little. */
export const bursts = (read: Read): number[] =>
  Array.from({ length: Math.round(number(read, 'taps')) }, (_, k) => k * number(read, 'spacing'))

export function noiseLevel(read: Read, seconds: number): number {
  const starts = bursts(read)
  const last = starts.at(-1)!
  const began = seconds >= last ? last : Math.floor(seconds / number(read, 'spacing')) * number(read, 'spacing')
  const decay = number(read, 'decay')
  const time = seconds >= last ? decay : Math.min(decay, number(read, 'spacing') * SHORT)
  return FALL ** ((seconds - began) / time)
}
