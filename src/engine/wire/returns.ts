// Takes back what the audio thread is done with (the instance that allocates).
import { enums, records } from '../../generated/wire.ts'
import { RECORD_BYTES, type RingReader } from './ring.ts'

interface Owners {
  readonly programs: { returned(handle: number): void }
  readonly tables: { free(handle: number): void }
}

/** Call it often: it empties the ring of returned programs and tables. */
export function createReturns(ring: RingReader, { programs, tables }: Owners): () => void {
  const record = new DataView(new ArrayBuffer(RECORD_BYTES))
  const words = new Int32Array(record.buffer)
  const { offset } = records.reply
  return () => {
    while (ring.pop(words)) {
      const type = record.getUint16(offset.type, true)
      const handle = record.getUint32(offset.id, true)
      if (type === enums.replyType.returned) programs.returned(handle)
      else if (type === enums.replyType.tableReturned) tables.free(handle)
    }
  }
}
