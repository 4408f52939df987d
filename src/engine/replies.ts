// What the engine tells the page (main thread): refusals and contained faults become notices, the rest is drained.
import { enums, records } from '../generated/wire.ts'
import type { EngineNotice } from './types.ts'
import { RECORD_BYTES, type RingReader } from './wire/ring.ts'

const { replyType, reason, event } = enums
const { offset } = records.reply
const record = new DataView(new ArrayBuffer(RECORD_BYTES))
const words = new Int32Array(record.buffer)

const nameOf = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(names).find((name) => names[name] === value) ?? String(value)

/** Refusals that follow from ordinary use: the end of a note that is over already, records of an engine that is gone. */
const EXPECTED: readonly number[] = [reason.staleGeneration]

const NO_PAD = 'The kit has no pad on that key.'

export function drainReplies(
  replies: RingReader,
  notice: (kind: EngineNotice['kind'], text: string) => void,
  answered: (token: number) => void,
  governed: (level: number, frame: number) => void,
): void {
  const said = new Set<string>()
  while (replies.pop(words)) {
    const type = record.getUint16(offset.type, true)
    if (type === replyType.pong) answered(record.getUint32(offset.id, true))
    if (type === replyType.governed)
      governed(record.getUint32(offset.id, true), Number(record.getBigInt64(offset.frame, true)))
    const why = record.getUint16(offset.reason, true)
    if (type === replyType.refused && why === reason.noPad) {
      if (!said.has(NO_PAD)) notice('no-pad', NO_PAD)
      said.add(NO_PAD)
      continue
    }
    const text =
      type === replyType.fault
        ? faultText(why, record.getUint32(offset.id, true))
        : type === replyType.refused && !EXPECTED.includes(why)
          ? `The engine refused ${nameOf(event, record.getUint32(offset.event, true))}: ${nameOf(reason, why)}.`
          : null
    if (text === null || said.has(text)) continue
    said.add(text)
    notice(type === replyType.fault ? 'nan-contained' : 'command-refused', text)
  }
}

function faultText(why: number, device: number): string {
  if (device === 0) return 'A voice made numbers that are no sound and was ended.'
  return why === reason.effectBypassed
    ? `Effect ${device} keeps making numbers that are no sound and was bypassed.`
    : `Effect ${device} made numbers that are no sound and was emptied.`
}
