// Pictures of the recordings that the engine makes itself (any thread). sources.json is what the engine plays, written and compared by wasm/test/pictures/sources.test.ts.
import type { RecordingShape } from '../../../../../presets/assets/shape.ts'
import data from './sources.json'

export const PARTS = 128
/** What a peak of 0 in the table stands for. */
const FLOOR_DB = -96
const STEPS = 255

/** Peaks as two hexadecimal figures each, even steps in decibels. */
export const packed = (peaks: Float32Array): string =>
  Array.from(peaks, (peak) => {
    const db = Math.max(20 * Math.log10(Math.max(peak, 1e-9)), FLOOR_DB)
    return Math.round((1 - db / FLOOR_DB) * STEPS)
      .toString(16)
      .padStart(2, '0')
  }).join('')

const unpacked = (text: string): Float32Array =>
  Float32Array.from(text.match(/../g) ?? [], (pair) => {
    const step = parseInt(pair, 16)
    return step === 0 ? 0 : 10 ** ((FLOOR_DB * (1 - step / STEPS)) / 20)
  })

interface Written {
  readonly seconds: number
  readonly decaySeconds: number
  readonly loops: boolean
  readonly peaks: string
}

/** By name: `choir`, and `hall` for the room that plays where none was chosen. */
export const SOURCES: ReadonlyMap<string, RecordingShape> = new Map(
  Object.entries(data as Record<string, Written>).map(([name, { seconds, decaySeconds, loops, peaks }]) => [
    name,
    { seconds, decaySeconds, loop: loops ? { from: 0, to: 1 } : null, peaks: unpacked(peaks) },
  ]),
)
