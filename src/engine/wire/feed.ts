// Frames of an analysis tap in pieces, with their place in engine time (the one thread that reads it).
import { records } from '../../generated/wire.ts'

const { offset, bytes } = records.tap
const HEAD = offset.head >> 2
const TAIL = offset.tail >> 2
const DROPPED = offset.dropped >> 2
const ON = offset.on >> 2
const START_HEAD = offset.startHead >> 2
const START_LOW = offset.startFrameLow >> 2
const START_HIGH = offset.startFrameHigh >> 2
const STRIP = offset.strip >> 2

export interface Feed {
  /**
   * Copies what the tap has of `strip` into `into` (interleaved) and calls `piece` with its frames and the engine frame after them, as
   * often as it takes. What is of another strip is thrown away. `broken` is called first when the tap was off since the last call:
   * what follows does not join on to what came before. Returns frames lost since the last call.
   */
  read(
    strip: number,
    into: Float32Array,
    piece: (frames: number, engineFrame: number) => void,
    broken: () => void,
  ): number
  /** Is the engine writing? */
  on(): boolean
}

export function tapFeed(buffer: ArrayBufferLike, address: number): Feed {
  const header = new Int32Array(buffer, address, bytes >> 2)
  const capacity = header[offset.capacity >> 2]!
  const samples = new Float32Array(buffer, address + bytes, capacity * 2)
  /** `head` when the tap was switched on, as last seen; the engine frame of the next frame to be read. */
  let begun: number | null = null
  let engineFrame = 0
  let lost = 0

  /** Throws away what is older than the last switching on. True: there was one since the last call. */
  const begin = (): boolean => {
    const start = Atomics.load(header, START_HEAD)
    if (start === begun) return false
    begun = start
    engineFrame = (Atomics.load(header, START_LOW) >>> 0) + Atomics.load(header, START_HIGH) * 2 ** 32
    lost = 0
    Atomics.store(header, TAIL, start)
    return true
  }
  const newlyLost = (): number => {
    const all = Atomics.load(header, DROPPED) >>> 0
    const more = Math.max(0, all - lost)
    lost = all
    engineFrame += more
    return more
  }
  return {
    on: () => Atomics.load(header, ON) === 1,
    read(strip, into, piece, broken) {
      if (Atomics.load(header, ON) !== 1) return 0
      if (Atomics.load(header, STRIP) !== strip) {
        begun = null
        Atomics.store(header, TAIL, Atomics.load(header, HEAD))
        return 0
      }
      if (begin()) broken()
      const most = into.length >> 1
      const head = Atomics.load(header, HEAD)
      let tail = Atomics.load(header, TAIL)
      while (tail !== head) {
        const at = tail & (capacity - 1)
        // Up to the ring's end in one go.
        const frames = Math.min((head - tail) >>> 0, most, capacity - at)
        into.set(samples.subarray(at * 2, (at + frames) * 2))
        tail = (tail + frames) | 0
        Atomics.store(header, TAIL, tail)
        engineFrame += frames
        piece(frames, engineFrame)
      }
      // What was lost came after all that was there.
      return newlyLost()
    },
  }
}
