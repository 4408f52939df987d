// The control worker: owns all allocation in the engine's shared memory, builds programs and frees what the audio thread returns.
import type { CommandPort } from '../../engine/wire/commands.ts'
import { enginePrograms, type EngineExports, type EnginePrograms } from '../../engine/wire/instance.ts'
import { openWire } from '../../engine/wire/map.ts'
import { RECORD_BYTES, type RingReader } from '../../engine/wire/ring.ts'
import { enums, records } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import { serve } from '../rpc.ts'
import type { ControlApi, ControlBooted, Installed, NoteInput } from './protocol.ts'
import { createTape, type Tape } from './tape.ts'

const AUDITION = 0
const STACK_BYTES = 256 * 1024
const BEAT_MS = 200
const COLLECT_MS = 20
/** Programs kept for the next press, those that sound included. */
const KEPT_PROGRAMS = 48

interface Held {
  readonly commands: CommandPort
  readonly returns: RingReader
  readonly exports: EngineExports
  readonly sampleRate: number
  readonly programs: EnginePrograms
  readonly tape: Tape
}

let held: Held | null = null

function engine(): Held {
  if (!held) throw new SoundloomError('not-ready', 'The control worker has no engine yet')
  return held
}

const api: ControlApi = {
  boot({ module, memory, sampleRate, seed, generation, beat }): ControlBooted {
    const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as EngineExports
    exports._initialize()
    if (exports.engine_create(sampleRate, seed, generation) === 0) throw noMemory()
    const stackPointer = exports.stack_create(STACK_BYTES)
    if (stackPointer === 0) throw noMemory()
    const address = exports.engine_wire()
    const wire = openWire(memory, address, generation)
    const commands = wire.commands('control')
    const programs = enginePrograms(exports, memory, wire, KEPT_PROGRAMS)
    held = { exports, sampleRate, commands, returns: wire.returns(), programs, tape: createTape(wire, commands) }
    const words = new Int32Array(beat)
    setInterval(() => Atomics.add(words, 0, 1), BEAT_MS)
    setInterval(collect, COLLECT_MS)
    return { wire: address, stackPointer }
  },

  install(input, mode, note): Installed {
    const { commands, programs, exports, sampleRate } = engine()
    collect()
    const { program, cached } = programs.acquire(input)
    const { key, handle, compiled } = program
    if (!commands.installProgram(AUDITION, handle, mode)) throw busy()
    // A program carries its own gain; what the strip added was for the one before.
    commands.stripGain(AUDITION, 0)
    programs.sent(handle)
    if (note) strike(note, handle)
    return {
      key,
      handle,
      cached,
      predictedCost: compiled.predictedCost,
      latencyFrames: exports.program_latency(handle),
      tailSeconds: exports.program_tail(handle) / sampleRate,
      params: compiled.params,
    }
  },

  noteOn: (note) => strike(note, 0),
  noteOff: (noteId, velocity) => void engine().commands.noteOff(AUDITION, noteId, velocity),

  startCapture: (seed) => engine().tape.start(seed),
  stopCapture: () => engine().tape.stop((handle) => engine().programs.byHandle(handle)?.compiled.bytes),
}

function strike({ noteId, note, velocity }: NoteInput, handle: number): void {
  if (!engine().commands.noteOn(AUDITION, noteId, note, velocity, handle)) throw busy()
}

const record = new DataView(new ArrayBuffer(RECORD_BYTES))
const words = new Int32Array(record.buffer)

/** Takes back the programs that the audio thread is done with. */
function collect(): void {
  if (!held) return
  while (held.returns.pop(words)) {
    if (record.getUint16(records.reply.offset.type, true) !== enums.replyType.returned) continue
    held.programs.returned(record.getUint32(records.reply.offset.id, true))
  }
}

const busy = (): SoundloomError => new SoundloomError('over-budget', 'The engine is too busy to take commands')
const noMemory = (): SoundloomError =>
  new SoundloomError('limit-exceeded', 'The engine does not fit into the memory that the browser gave', {
    field: 'memory',
  })

serve(api)
