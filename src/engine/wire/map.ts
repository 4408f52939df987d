// Where everything lies in the engine's shared memory, read from the wire header (any thread).
import { constants, enums, records } from '../../generated/wire.ts'
import { commandPort, type CommandPort } from './commands.ts'
import { ringReader, type RingReader } from './ring.ts'
import { slotPayload, slotReader, type SlotReader } from './seqlock.ts'

export type ProducerName = keyof typeof enums.producer

export interface EngineWire {
  readonly buffer: ArrayBufferLike
  readonly sampleRate: number
  /** Addresses of the blocks that engine_render fills. */
  readonly output: { readonly left: number; readonly right: number }
  /** Address of the replay log's header. */
  readonly log: number
  /** `index`: of the taps that follow the named one (analysis). */
  readonly tap: (name: keyof typeof enums.tapId, index?: number) => number
  /** Refused program: code, section, index, byte offset. */
  readonly lastError: () => readonly [number, number, number, number]
  /** The caller must be this ring's only producer. */
  readonly commands: (producer: ProducerName) => CommandPort
  readonly replies: () => RingReader
  readonly returns: () => RingReader
  /** Address of the first slot. */
  readonly slots: number
  readonly slot: (index: number) => SlotReader
  /** Address of the payload of the load slot, for the thread that writes it. */
  readonly load: number
}

/** `address` is what engine_wire() gave. Throws when no engine has been created in this memory. */
export function openWire(memory: WebAssembly.Memory, address: number, generation = 0): EngineWire {
  const { buffer } = memory
  const header = new DataView(buffer, address, records.wireHeader.bytes)
  const at = records.wireHeader.offset
  const word = (offset: number, index = 0): number => header.getUint32(offset + 4 * index, true)
  if (word(at.magic) !== constants.wireMagic) throw new Error('no engine in this memory')
  return {
    buffer,
    sampleRate: header.getFloat32(at.sampleRate, true),
    output: { left: word(at.outputLeft), right: word(at.outputRight) },
    log: word(at.log),
    tap: (name, index = 0) => word(at.taps, enums.tapId[name] + index),
    lastError: () => [word(at.error), word(at.error, 1), word(at.error, 2), word(at.error, 3)],
    commands: (producer) => commandPort(buffer, word(at.commands, enums.producer[producer]), generation),
    replies: () => ringReader(buffer, word(at.replies)),
    returns: () => ringReader(buffer, word(at.returns)),
    slots: word(at.slots),
    slot: (index) => slotReader(buffer, word(at.slots), index),
    load: slotPayload(word(at.slots), enums.slotId.load),
  }
}
