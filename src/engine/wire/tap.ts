// Tap rings: stereo samples from the audio thread (one reading thread): the TypeScript side of wire/tap.h.
import { records } from '../../generated/wire.ts'

const { offset, bytes } = records.tap
const HEAD = offset.head >> 2
const TAIL = offset.tail >> 2
const DROPPED = offset.dropped >> 2

export interface TapReader {
  /** Copies of all frames that are there, left and right. Allocates: not for a real-time thread. */
  read(): { readonly left: Float32Array<ArrayBuffer>; readonly right: Float32Array<ArrayBuffer> }
  /** Throws away what is there. */
  skip(): void
  /** Frames that did not fit since the tap was switched on. */
  dropped(): number
}

export function tapReader(buffer: ArrayBufferLike, address: number): TapReader {
  const header = new Int32Array(buffer, address, bytes >> 2)
  const capacity = header[offset.capacity >> 2]!
  const samples = new Float32Array(buffer, address + bytes, capacity * 2)
  return {
    read() {
      const head = Atomics.load(header, HEAD)
      const tail = Atomics.load(header, TAIL)
      const frames = (head - tail) >>> 0
      const left = new Float32Array(frames)
      const right = new Float32Array(frames)
      for (let frame = 0; frame < frames; frame++) {
        const at = ((tail + frame) & (capacity - 1)) * 2
        left[frame] = samples[at]!
        right[frame] = samples[at + 1]!
      }
      Atomics.store(header, TAIL, head)
      return { left, right }
    },
    skip: () => void Atomics.store(header, TAIL, Atomics.load(header, HEAD)),
    dropped: () => Atomics.load(header, DROPPED),
  }
}
