// Where the bands of equalisers lie in their picture, and what dragging them writes (any thread).
import { hertzAt, shareOf } from '../axis.ts'
import { clamp, number, type Area, type Handles, type Read, type Scene } from '../face.ts'
import { eightBands, fourBands, levelFor, sumDecibels, type Band } from './bands.ts'

/** Decibels from the middle to an edge. */
const REACH_DB = 21
/** Q by one step of the wheel. */
const Q_STEP = 1.12
const EDGE = 9

export const yOf = (db: number, height: number): number => height / 2 - (db / REACH_DB) * (height / 2)
const dbOf = (y: number, height: number): number => ((height / 2 - y) / (height / 2)) * REACH_DB

export interface Curve {
  readonly bands: (read: Read) => readonly Band[]
  /** Level behind all bands. */
  readonly outputDb: (read: Read) => number
}

export const FOUR: Curve = { bands: fourBands, outputDb: () => 0 }
export const EIGHT: Curve = { bands: eightBands, outputDb: (read) => number(read, 'output') }

/** A handle lies on the curve over its corner; the others' share is what it would be without it. */
function handlesOf({ bands, outputDb }: Curve): Handles {
  const find = (scene: Scene, id: string) => {
    const all = bands(scene.read)
    const band = all.find((each) => each.id === id)!
    const others = all.filter((each) => each !== band)
    return { band, others }
  }
  return {
    hint: 'Drag a band; turn the wheel for its Q',
    at: ({ width, height }: Area, { read, sampleRateHz }) => {
      const all = bands(read)
      return all.map((band, i) => {
        const db = sumDecibels(all, band.hertz, sampleRateHz) + outputDb(read)
        const y = band.type === 'notch' ? height / 2 : yOf(db, height)
        return {
          id: band.id,
          x: clamp(shareOf(band.hertz) * width, EDGE, width - EDGE),
          y: clamp(y, EDGE, height - EDGE),
          part: i + 1,
          mark: String(i + 1),
          off: !band.on,
        }
      })
    },
    moved: ({ width, height }, scene, id, { x, y }) => {
      const { band, others } = find(scene, id)
      const hertz = hertzAt(clamp(x / width, 0, 1))
      const level = levelFor(
        band,
        dbOf(y, height),
        sumDecibels(others, hertz, scene.sampleRateHz) + outputDb(scene.read),
      )
      return [[`${id}Frequency`, hertz], ...(level ? [level] : [])]
    },
    turned: (scene, id, steps) => {
      const { band } = find(scene, id)
      return band.qParam === null ? [] : [[band.qParam, band.q * Q_STEP ** steps]]
    },
  }
}

const eight = handlesOf(EIGHT)

export const FOUR_HANDLES: Handles = handlesOf(FOUR)
export const EIGHT_HANDLES: Handles = {
  ...eight,
  hint: `${eight.hint}; press twice to switch it`,
  doubled: (_area, { read }, id) => (id === null ? [] : [[`${id}On`, number(read, `${id}On`) >= 0.5 ? 0 : 1]]),
}
