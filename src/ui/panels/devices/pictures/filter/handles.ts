// Where a filter's cutoff lies in its picture, and what dragging it writes (any thread).
import { decibels, hertzAt, shareOf } from '../axis.ts'
import { clamp, number, type Area, type Handles, type Read, type Scene } from '../face.ts'
import type { Magnitude } from './response.ts'

/** Decibels from top to bottom, and where 0 dB lies. */
const RANGE_DB = 62
export const ZERO_AT = 0.4
const EDGE = 7

export const yOf = (db: number, height: number): number => height * ZERO_AT - (db * height) / RANGE_DB
const dbOf = (y: number, height: number): number => ((height * ZERO_AT - y) * RANGE_DB) / height

/** With this resonance for the own one. */
const withResonance =
  (read: Read, resonance: number): Read =>
  (param) =>
    param === 'resonance' ? resonance : read(param)

/** The resonance at which the curve at the cutoff is as high as the pointer. It rises with it, or does not depend on it. */
function resonanceFor(magnitude: Magnitude, scene: Scene, cutoffHz: number, db: number): number | null {
  const at = (resonance: number) =>
    decibels(
      magnitude(
        cutoffHz,
        withResonance((param) => (param === 'cutoff' ? cutoffHz : scene.read(param)), resonance),
        scene.sampleRateHz,
      ),
    )
  let [low, high] = [0, 0.95]
  if (at(high) - at(low) < 3) return null
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2
    if (at(middle) < db) low = middle
    else high = middle
  }
  return (low + high) / 2
}

export const cutoff = (magnitude: Magnitude): Handles => ({
  hint: 'Drag sideways for the cutoff, up for the resonance',
  at: ({ width, height }: Area, { read, sampleRateHz }) => {
    const hertz = number(read, 'cutoff')
    const y = yOf(decibels(magnitude(hertz, read, sampleRateHz)), height)
    return [
      {
        id: 'cutoff',
        x: clamp(shareOf(hertz) * width, EDGE, width - EDGE),
        y: clamp(y, EDGE, height - EDGE),
      },
    ]
  },
  moved: ({ width, height }, scene, _id, { x, y }) => {
    const hertz = hertzAt(clamp(x / width, 0, 1))
    const resonance = resonanceFor(magnitude, scene, hertz, dbOf(y, height))
    return [['cutoff', hertz], ...(resonance === null ? [] : [['resonance', resonance] as const])]
  },
})
