// The newest result of one stream, from one writing thread to one reading thread: three buffers, so that neither ever waits and no result is torn.

/** Words before the buffers. `middle`: the buffer that neither side holds, with FRESH while the reader has not taken it. */
const CONTROL = { middle: 0, computed: 1, droppedFrames: 2, durationUs: 3, words: 4 } as const
const FRESH = 4
const STAMP = { generation: 0, engineFrame: 1, songFrame: 2, doubles: 3 } as const

/** What a result belongs to. `engineFrame`: the frame after the last that it saw; `songFrame`: where the song stood then. */
export interface Stamp {
  generation: number
  engineFrame: number
  songFrame: number
}

export interface TripleWriter {
  /** To be filled; another buffer after each `publish`. */
  readonly values: Float32Array
  publish(stamp: Stamp, durationUs: number): void
  addDropped(frames: number): void
}

export interface TripleReader {
  /** Takes the newest result; false: it is the one that was there before. */
  refresh(): boolean
  /** Of the result that is held; null before the first. The same object each time. */
  readonly stamp: Readonly<Stamp> | null
  /** One reading of the result that is held; holds until the next `refresh`. */
  reading(index: number): Float32Array
  /** Results written so far. */
  computed(): number
  droppedFrames(): number
  /** Time that the last result took. */
  durationUs(): number
}

interface Views {
  readonly control: Int32Array
  readonly stamps: readonly Float64Array[]
  readonly values: readonly Float32Array[]
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** `counts`: floats of each reading. */
export function createTriple(counts: readonly number[]): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(CONTROL.words * 4 + 3 * bytesOf(counts))
  // The writer holds buffer 0, the reader buffer 2.
  Atomics.store(new Int32Array(buffer), CONTROL.middle, 1)
  return buffer
}

/** Of one buffer: stamp and values, a multiple of 8. */
const bytesOf = (counts: readonly number[]): number => STAMP.doubles * 8 + Math.ceil(total(counts) / 2) * 8

function viewsOf(buffer: SharedArrayBuffer, counts: readonly number[]): Views {
  const at = (index: number): number => CONTROL.words * 4 + index * bytesOf(counts)
  return {
    control: new Int32Array(buffer, 0, CONTROL.words),
    stamps: [0, 1, 2].map((index) => new Float64Array(buffer, at(index), STAMP.doubles)),
    values: [0, 1, 2].map((index) => new Float32Array(buffer, at(index) + STAMP.doubles * 8, total(counts))),
  }
}

export function tripleWriter(buffer: SharedArrayBuffer, counts: readonly number[]): TripleWriter {
  const { control, stamps, values } = viewsOf(buffer, counts)
  let mine = 0
  return {
    get values() {
      return values[mine]!
    },
    publish({ generation, engineFrame, songFrame }, durationUs) {
      const stamp = stamps[mine]!
      stamp[STAMP.generation] = generation
      stamp[STAMP.engineFrame] = engineFrame
      stamp[STAMP.songFrame] = songFrame
      mine = Atomics.exchange(control, CONTROL.middle, mine | FRESH) & 3
      Atomics.store(control, CONTROL.durationUs, Math.round(durationUs))
      Atomics.add(control, CONTROL.computed, 1)
    },
    addDropped: (frames) => void Atomics.add(control, CONTROL.droppedFrames, frames),
  }
}

export function tripleReader(buffer: SharedArrayBuffer, counts: readonly number[]): TripleReader {
  const { control, stamps, values } = viewsOf(buffer, counts)
  let start = 0
  const readings = counts.map((count) => {
    const from = start
    start += count
    return values.map((all) => all.subarray(from, from + count))
  })
  const stamp: Stamp = { generation: 0, engineFrame: 0, songFrame: 0 }
  let mine = 2
  let any = false
  return {
    refresh() {
      if (!(Atomics.load(control, CONTROL.middle) & FRESH)) return false
      mine = Atomics.exchange(control, CONTROL.middle, mine) & 3
      stamp.generation = stamps[mine]![STAMP.generation]!
      stamp.engineFrame = stamps[mine]![STAMP.engineFrame]!
      stamp.songFrame = stamps[mine]![STAMP.songFrame]!
      return (any = true)
    },
    get stamp() {
      return any ? stamp : null
    },
    reading: (index) => readings[index]![mine]!,
    computed: () => Atomics.load(control, CONTROL.computed),
    droppedFrames: () => Atomics.load(control, CONTROL.droppedFrames),
    durationUs: () => Atomics.load(control, CONTROL.durationUs),
  }
}
