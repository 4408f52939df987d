// Single-producer single-consumer rings of 32-byte records in shared memory (any thread): the TypeScript side of wire/ring.h.
import { constants, records } from '../../generated/wire.ts'

const HEAD = records.ring.offset.head >> 2
const TAIL = records.ring.offset.tail >> 2
const CAPACITY = records.ring.offset.capacity >> 2
export const RECORD_BYTES = constants.recordBytes
const RECORD_WORDS = RECORD_BYTES >> 2

/** A thread that writes a ring is its only writer, for the ring's whole life. */
export interface RingWriter {
  /**
   * Copies the first `count` records of `record`; the reader sees all of them or none. False: fewer than `reserve` + `count` are free,
   * nothing was written. Never waits.
   */
  push(record: Int32Array, reserve?: number, count?: number): boolean
  readonly capacity: number
}

/** A thread that reads a ring is its only reader. */
export interface RingReader {
  /** Copies the oldest record into `into`. False: empty. Never waits. */
  pop(into: Int32Array): boolean
}

export function ringWriter(buffer: ArrayBufferLike, address: number): RingWriter {
  const header = new Int32Array(buffer, address, records.ring.bytes >> 2)
  const capacity = header[CAPACITY]!
  const slots = new Int32Array(buffer, address + records.ring.bytes, capacity * RECORD_WORDS)
  return {
    capacity,
    push(record, reserve = 0, count = 1) {
      const head = Atomics.load(header, HEAD)
      // The counters wrap at 2^32; their difference does not.
      const used = (head - Atomics.load(header, TAIL)) >>> 0
      if (used + reserve + count > capacity) return false
      for (let index = 0; index < count; index++) {
        const at = ((head + index) & (capacity - 1)) * RECORD_WORDS
        const from = index * RECORD_WORDS
        for (let word = 0; word < RECORD_WORDS; word++) slots[at + word] = record[from + word]!
      }
      Atomics.store(header, HEAD, (head + count) | 0)
      return true
    },
  }
}

export function ringReader(buffer: ArrayBufferLike, address: number): RingReader {
  const header = new Int32Array(buffer, address, records.ring.bytes >> 2)
  const capacity = header[CAPACITY]!
  const slots = new Int32Array(buffer, address + records.ring.bytes, capacity * RECORD_WORDS)
  return {
    pop(into) {
      const tail = Atomics.load(header, TAIL)
      if (tail === Atomics.load(header, HEAD)) return false
      const at = (tail & (capacity - 1)) * RECORD_WORDS
      for (let word = 0; word < RECORD_WORDS; word++) into[word] = slots[at + word]!
      Atomics.store(header, TAIL, (tail + 1) | 0)
      return true
    },
  }
}
