// The control worker: owns all allocation in the engine's shared memory, builds programs and frees what the audio thread returns.
import { createAssetShelf } from '../../engine/wire/assets.ts'
import type { CommandPort } from '../../engine/wire/commands.ts'
import { engineStores, type EngineExports, type EngineStores } from '../../engine/wire/instance.ts'
import { openWire } from '../../engine/wire/map.ts'
import { createReturns } from '../../engine/wire/returns.ts'
import { createSongLoader } from '../../engine/wire/song.ts'
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import { serve } from '../rpc.ts'
import type { ControlApi, ControlBooted, Installed, NoteInput } from './protocol.ts'
import { createSongSync, type SongSync } from './song.ts'
import { createTape, type Tape } from './tape.ts'

const AUDITION = 0
const STACK_BYTES = 256 * 1024
const BEAT_MS = 200
const COLLECT_MS = 20
/** Programs kept for the next press, those that sound included: all tracks, all returns, and what the browser was auditioning. */
const KEPT_PROGRAMS = constants.tracks + constants.returns + 56

interface Held extends EngineStores {
  readonly commands: CommandPort
  readonly collect: () => void
  readonly exports: EngineExports
  readonly sampleRate: number
  readonly tape: Tape
  readonly song: SongSync
}

let held: Held | null = null
const shelf = createAssetShelf()

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
    const stores = engineStores({ exports, memory, wire }, KEPT_PROGRAMS, shelf)
    const collect = createReturns(wire.returns(), stores)
    const song = createSongSync(createSongLoader({ commands, ...stores }), collect)
    held = { exports, sampleRate, commands, ...stores, collect, song, tape: createTape(wire, commands) }
    const words = new Int32Array(beat)
    setInterval(() => Atomics.add(words, 0, 1), BEAT_MS)
    setInterval(collect, COLLECT_MS)
    return { wire: address, stackPointer }
  },

  install(input, mode, note): Installed {
    const { commands, programs, collect, exports, sampleRate } = engine()
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
      missing: compiled.missing,
    }
  },

  holdAssets: (assets) => shelf.put(assets),

  noteOn: (note) => strike(note, 0),
  noteOff: (noteId, velocity) => void engine().commands.noteOff(AUDITION, noteId, velocity),
  express: (noteId, expression) => void engine().commands.express(AUDITION, noteId, expression),

  syncSong: (from, steps) => engine().song.sync(from, steps),

  async startCapture(seed, fromTick) {
    const { tables, tape } = engine()
    await tape.start(seed, fromTick)
    tables.remember(true)
  },
  stopCapture() {
    const { programs, tables, tape } = engine()
    const capture = tape.stop({
      programs(handle) {
        const compiled = programs.byHandle(handle)?.compiled
        return compiled && { bytes: compiled.bytes, assets: compiled.assets }
      },
      tables(handle) {
        const bytes = tables.bytesOf(handle)
        return bytes && { bytes }
      },
    })
    tables.remember(false)
    return capture
  },
}

function strike({ noteId, note, velocity, expression }: NoteInput, handle: number): void {
  if (!engine().commands.noteOn(AUDITION, noteId, note, velocity, handle, expression)) throw busy()
}

const busy = (): SoundloomError => new SoundloomError('over-budget', 'The engine is too busy to take commands')
const noMemory = (): SoundloomError =>
  new SoundloomError('limit-exceeded', 'The engine does not fit into the memory that the browser gave', {
    field: 'memory',
  })

serve(api)
