// The whole engine for tests in Node: compiled patches in, frames out, on a private memory.
import { createHash } from 'node:crypto'
import { compileProgram, type CompiledProgram, type ProgramInput } from '../../src/compile/program.ts'
import { openWire, type EngineWire } from '../../src/engine/wire/map.ts'
import { tapReader } from '../../src/engine/wire/tap.ts'
import type { CommandPort } from '../../src/engine/wire/commands.ts'
import { enums, records } from '../../src/generated/wire.ts'
import type { Device, Patch, PlainValue } from '../../src/presets/model.ts'
import { loadEngine, type EngineInstance } from './module.ts'

export interface Stereo {
  readonly left: Float32Array
  readonly right: Float32Array
}

export interface ReplyRecord {
  readonly type: string
  readonly reason: string
  readonly target: number
  readonly frame: number
  readonly id: number
  readonly event: number
}

export interface TestEngine {
  readonly instance: EngineInstance
  readonly wire: EngineWire
  readonly commands: CommandPort
  readonly sampleRate: number
  /** Engine frame of the next sample. */
  readonly now: () => number
  readonly loadBytes: (bytes: Uint8Array) => number
  readonly load: (sound: Sound) => { handle: number; compiled: CompiledProgram }
  /** Loads and installs on strip 0 at once. */
  readonly install: (sound: Sound, mode?: 'switch' | 'swap') => { handle: number; compiled: CompiledProgram }
  readonly noteOn: (id: number, note: number, velocity?: number, frame?: number) => void
  readonly noteOff: (id: number, frame?: number) => void
  /** In calls of `block` frames (the last one shorter). */
  readonly render: (frames: number, block?: number) => Stereo
  /** What the host calls while the context is suspended. */
  readonly pump: () => void
  readonly replies: () => ReplyRecord[]
  readonly returned: () => number[]
  readonly status: (word: keyof typeof enums.statusWord) => number
}

export interface Sound {
  readonly patch: Patch
  readonly values?: Readonly<Record<string, PlainValue>>
  readonly effects?: readonly Device[]
  readonly gainDb?: number
}

export const programInput = ({ patch, values = {}, effects = [], gainDb = 0 }: Sound): ProgramInput => ({
  patch,
  values,
  effects,
  gainDb,
})

export const effect = (type: string, values: Readonly<Record<string, PlainValue>> = {}, bypass = false): Device => ({
  id: `test-${type}`,
  kind: 'effect',
  type,
  values,
  bypass,
})

export function bootEngine(sampleRate = 48000, seed = 0, memoryBytes = 64 * 1024 * 1024): TestEngine {
  const instance = loadEngine(memoryBytes)
  if (instance.exports.engine_create!(sampleRate, seed, 0) === 0) throw new Error('engine_create failed')
  const wire = openWire(instance.memory, instance.exports.engine_wire!())
  return drive(instance, wire, sampleRate)
}

/** The engine heard at the audition strip, before the master chain and its latency: sample i is engine frame i. */
export function bootDry(sampleRate = 48000, seed = 0): TestEngine {
  const engine = bootEngine(sampleRate, seed)
  engine.commands.at(null).tap('audition', true)
  engine.instance.exports.engine_pump!()
  const tap = tapReader(engine.wire.buffer, engine.wire.tap('audition'))
  let rest: Stereo = { left: new Float32Array(0), right: new Float32Array(0) }
  return {
    ...engine,
    render(frames, block = 128) {
      const left = new Float32Array(frames + 64)
      const right = new Float32Array(frames + 64)
      left.set(rest.left)
      right.set(rest.right)
      let at = rest.left.length
      for (let done = 0; done < frames; done += block) {
        engine.render(Math.min(block, frames - done), block)
        const chunk = tap.read()
        left.set(chunk.left, at)
        right.set(chunk.right, at)
        at += chunk.left.length
      }
      rest = { left: left.slice(frames, at), right: right.slice(frames, at) }
      return { left: left.slice(0, frames), right: right.slice(0, frames) }
    },
  }
}

/** `audio` renders, `instance` allocates; the same one unless told. */
export function drive(instance: EngineInstance, wire: EngineWire, sampleRate: number, audio = instance): TestEngine {
  const { memory, exports } = instance
  const commands = wire.commands('control')
  const replyRing = wire.replies()
  const returnRing = wire.returns()
  const words = new Int32Array(8)
  const view = new DataView(words.buffer)
  const name = (table: Readonly<Record<string, number>>, value: number): string =>
    Object.entries(table).find(([, entry]) => entry === value)?.[0] ?? String(value)
  const read = (): ReplyRecord => ({
    type: name(enums.replyType, view.getUint16(records.reply.offset.type, true)),
    reason: name(enums.reason, view.getUint16(records.reply.offset.reason, true)),
    target: view.getUint32(records.reply.offset.target, true),
    frame: Number(view.getBigInt64(records.reply.offset.frame, true)),
    id: view.getUint32(records.reply.offset.id, true),
    event: view.getUint32(records.reply.offset.event, true),
  })
  let now = 0
  const loadBytes = (bytes: Uint8Array): number => {
    const at = exports.mem_alloc!(bytes.length)
    new Uint8Array(memory.buffer).set(bytes, at)
    const handle = exports.program_load!(at, bytes.length)
    exports.mem_free!(at)
    return handle >>> 0
  }
  const load = (sound: Sound) => {
    const compiled = compileProgram(programInput(sound), sampleRate)
    const handle = loadBytes(compiled.bytes)
    if (handle === 0) throw new Error(`refused: ${wire.lastError().join(' ')}`)
    return { handle, compiled }
  }
  return {
    instance,
    wire,
    commands,
    sampleRate,
    now: () => now,
    loadBytes,
    load,
    install(sound, mode = 'switch') {
      const loaded = load(sound)
      commands.at(null).installProgram(0, loaded.handle, mode)
      return loaded
    },
    noteOn(id, note, velocity = 0.8, frame) {
      if (!commands.at(frame === undefined ? null : BigInt(frame)).noteOn(0, id, note, velocity))
        throw new Error('ring full')
    },
    noteOff(id, frame) {
      if (!commands.at(frame === undefined ? null : BigInt(frame)).noteOff(0, id, 0)) throw new Error('ring full')
    },
    render(frames, block = 128) {
      const left = new Float32Array(frames)
      const right = new Float32Array(frames)
      for (let at = 0; at < frames; at += block) {
        const n = Math.min(block, frames - at)
        audio.exports.engine_render!(n)
        left.set(new Float32Array(memory.buffer, wire.output.left, n), at)
        right.set(new Float32Array(memory.buffer, wire.output.right, n), at)
      }
      now += frames
      return { left, right }
    },
    pump: () => void audio.exports.engine_pump!(),
    replies() {
      const all: ReplyRecord[] = []
      while (replyRing.pop(words)) all.push(read())
      return all
    },
    returned() {
      const all: number[] = []
      while (returnRing.pop(words)) all.push(read().id)
      return all
    },
    status(word) {
      const payload = new Int32Array(16)
      if (!wire.slot(enums.slotId.status).read(payload)) throw new Error('slot busy')
      return payload[enums.statusWord[word]]!
    },
  }
}

export const hashOf = ({ left, right }: Stereo): string => {
  const inter = new Float32Array(left.length * 2)
  left.forEach((value, i) => ((inter[2 * i] = value), (inter[2 * i + 1] = right[i]!)))
  return createHash('sha256').update(new Uint8Array(inter.buffer)).digest('hex')
}

export const peakOf = (signal: Float32Array, from = 0, to = signal.length): number => {
  let peak = 0
  for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(signal[i]!))
  return peak
}

export const rmsOf = (signal: Float32Array, from = 0, to = signal.length): number => {
  let sum = 0
  for (let i = from; i < to; i++) sum += signal[i]! ** 2
  return Math.sqrt(sum / (to - from))
}

/** Largest difference between neighbours. */
export const stepOf = (signal: Float32Array, from = 0, to = signal.length): number => {
  let step = 0
  for (let i = from + 1; i < to; i++) step = Math.max(step, Math.abs(signal[i]! - signal[i - 1]!))
  return step
}
