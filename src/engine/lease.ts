// Leases of the engine's slots (main thread): a slot is written for those who said lately that they listen.
import { constants, enums } from '../generated/wire.ts'
import type { EngineWire } from './wire/map.ts'
import type { SlotReader } from './wire/seqlock.ts'

const { statusWord, slotId } = enums
const LEASE_SECONDS = 2
/** A lease is renewed once half of it is over. */
const RENEW_MS = 500 * LEASE_SECONDS

/** A slot with its lease: `renew` may be called as often as anybody reads. */
export interface LeasedSlot {
  readonly reader: SlotReader
  renew(): void
}

export function leaseSlots(wire: EngineWire): (index: number) => LeasedSlot {
  const status = wire.slot(slotId.status)
  const words = new Int32Array(2)
  const perSecond = wire.sampleRate / constants.microBlock
  return (index) => {
    const reader = wire.slot(index)
    let until = 0
    return {
      reader,
      renew() {
        const now = performance.now()
        if (now < until || !status.read(words)) return
        const frame = (words[statusWord.frameLow]! >>> 0) + words[statusWord.frameHigh]! * 2 ** 32
        reader.lease(Math.floor(frame / constants.microBlock + LEASE_SECONDS * perSecond))
        until = now + RENEW_MS
      },
    }
  }
}
