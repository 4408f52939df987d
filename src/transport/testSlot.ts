// A transport slot for tests, written as the engine writes it (Node).
import { enums, records } from '../generated/wire.ts'
import type { TransportSource } from './store.ts'

const { transportWord, slotId, transportStatus } = enums
const { offset, bytes } = records.slot

export type SlotWords = Partial<Record<keyof typeof transportWord, number>>

const FLOATS: ReadonlySet<string> = new Set(['bpm', 'tickFraction'])
const WIDE: ReadonlySet<string> = new Set(['engineLow', 'positionLow', 'tickLow', 'loopStartLow', 'loopEndLow'])

export interface TestSlot {
  readonly source: TransportSource
  /** Values by word; 64-bit ones at their low word. What is not named keeps its value. */
  write(words: SlotWords): void
  /** Leaves the slot as a writer does that was stopped in the middle. */
  beginWrite(): void
}

export function testSlot({ sampleRate = 48000, generation = 1, blockFrames = 128 } = {}): TestSlot {
  const slots = 256
  const buffer = new SharedArrayBuffer(slots + (slotId.transport + 1) * bytes)
  const view = new DataView(buffer, slots + slotId.transport * bytes)
  const sequence = (): number => view.getUint32(offset.sequence, true)
  const step = (): void => view.setUint32(offset.sequence, sequence() + 1, true)
  const put = (name: string, value: number): void => {
    const at = offset.words + 4 * transportWord[name as keyof typeof transportWord]
    if (FLOATS.has(name)) view.setFloat32(at, value, true)
    else if (WIDE.has(name)) view.setBigInt64(at, BigInt(value), true)
    else view.setInt32(at, value, true)
  }
  const slot: TestSlot = {
    source: { generation, buffer, slots, sampleRate, blockFrames },
    beginWrite: step,
    write(words) {
      step()
      for (const [name, value] of Object.entries(words)) put(name, value)
      step()
    },
  }
  slot.write({ status: transportStatus.stopped, bpm: 120, numerator: 4, denominator: 4 })
  return slot
}
