// A cycle of the built-in wavetable with its warps (wasm/dsp/morph_bank.h, wasm/units/wavetable.h) (any thread).
import { number, type Read } from '../face.ts'
import type { Wave } from './waves.ts'

const TAU = Math.PI * 2
const FRAMES = 8
/** What a pixel can show. */
const HARMONICS = 64
const POINTS = 1024
const MOST_BEND = 0.9

/** Cosine and sine amplitude of a harmonic of a frame. */
function harmonic(frame: number, h: number): readonly [cosine: number, sine: number] {
  const pulse = (width: number): readonly [number, number] => {
    const size = ((4 / (Math.PI * h)) * Math.sin(Math.PI * h * width)) / (Math.sin(Math.PI * width) + 0.5)
    return [size * Math.cos(0.5 * Math.PI * h), size * Math.sin(0.5 * Math.PI * h)]
  }
  const vowel = (first: number, second: number, third: number): readonly [number, number] => {
    const peak = (centre: number, width: number) => 1 / (1 + ((h - centre) / width) ** 2)
    const sum = 0.05 + peak(first, 0.9) + 0.6 * peak(second, 1.1) + 0.35 * peak(third, 1.6)
    return [0, (sum * 0.9) / Math.sqrt(h) / (1 + 0.002 * h * h)]
  }
  switch (frame) {
    case 0:
      return [0, h === 1 ? 1 : 0]
    case 1:
      return [0, h % 2 === 0 ? 0 : (h % 4 === 3 ? -8 : 8) / (Math.PI * Math.PI * h * h)]
    case 2:
      return [0, (h % 2 === 1 ? 2 : -2) / (Math.PI * h)]
    case 3:
      return pulse(0.5)
    case 4:
      return pulse(0.25)
    case 5:
      return pulse(0.08)
    case 6:
      return vowel(6.6, 9.9, 22.2)
    default:
      return vowel(2.5, 20.8, 27.4)
  }
}

const made = new Map<number, Float64Array>()

function frameOf(frame: number): Float64Array {
  let cycle = made.get(frame)
  if (!cycle) {
    cycle = new Float64Array(POINTS)
    for (let h = 1; h <= HARMONICS; h++) {
      const [cosine, sine] = harmonic(frame, h)
      for (let i = 0; i < POINTS; i++)
        cycle[i]! += cosine * Math.cos((TAU * h * i) / POINTS) + sine * Math.sin((TAU * h * i) / POINTS)
    }
    made.set(frame, cycle)
  }
  return cycle
}

/** What the phase becomes before it is read. */
function warped(warp: string, amount: number, x: number): number {
  const k = amount * MOST_BEND
  if (warp === 'bend') {
    const side = 2 * x - 1
    return (side / (1 - k + k * Math.abs(side)) + 1) / 2
  }
  return warp === 'asymmetry' ? x / (1 - k + k * x) : x
}

export function morphWave(read: Read): Wave {
  const place = number(read, 'position') * (FRAMES - 1)
  const low = Math.min(Math.floor(place), FRAMES - 2)
  const share = place - low
  const [from, to] = [frameOf(low), frameOf(low + 1)]
  const plain = (x: number): number => {
    const at = Math.min(POINTS - 1, Math.floor((x - Math.floor(x)) * POINTS))
    return from[at]! + (to[at]! - from[at]!) * share
  }
  const warp = String(read('warp'))
  const amount = number(read, 'amount')
  if (warp === 'mirror')
    return (x) => plain(x) + (plain(Math.min(1 - Math.abs(2 * x - 1), 0.999999)) - plain(x)) * amount
  if (warp !== 'sync') return (x) => plain(Math.min(warped(warp, amount, x), 0.999999))
  const ratio = 2 ** (3 * amount)
  return (x) => {
    // The last tenth glides over into the next start.
    const u = Math.max((x - 0.9) * 10, 0)
    const now = plain(x * ratio)
    return now + (plain((x - 1) * ratio) - now) * u * u * (3 - 2 * u)
  }
}
