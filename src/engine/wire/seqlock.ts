// Latest-value slots that the engine writes (any reading thread): the TypeScript side of wire/seqlock.h.
import { records } from '../../generated/wire.ts'

const SEQUENCE = records.slot.offset.sequence >> 2
const LEASE = records.slot.offset.lease >> 2
const WORDS = records.slot.offset.words >> 2

export interface SlotReader {
  /** The payload of one write, never a mix of two. False: the writer was busy in every try; `into` may then hold anything. */
  read(into: Int32Array): boolean
  /** Tells the writer that somebody listens until this micro-block (low 32 bits). */
  lease(untilMicroBlock: number): void
}

/** Address of a slot's payload: for the writing thread, which needs no lock. */
export const slotPayload = (address: number, index: number): number =>
  address + index * records.slot.bytes + records.slot.offset.words

/** `index` counts slots from `address`. */
export function slotReader(buffer: ArrayBufferLike, address: number, index: number): SlotReader {
  const slot = new Int32Array(buffer, address + index * records.slot.bytes, records.slot.bytes >> 2)
  return {
    read(into) {
      for (let attempt = 0; attempt < 16; attempt++) {
        const before = Atomics.load(slot, SEQUENCE)
        if (before & 1) continue
        for (let word = 0; word < into.length; word++) into[word] = Atomics.load(slot, WORDS + word)
        if (Atomics.load(slot, SEQUENCE) === before) return true
      }
      return false
    },
    lease: (untilMicroBlock) => void Atomics.store(slot, LEASE, untilMicroBlock | 0),
  }
}
