// A private engine for rendering (render worker, and tests in Node): its own memory, the same module, no clock.
import type { ProgramInput } from '../../compile/program.ts'
import { loggedHandles, withHandles, type HandleKind, type ReplayLog } from '../../engine/wire/log.ts'
import { engineStores, type EngineExports } from '../../engine/wire/instance.ts'
import { loadBytes } from '../../engine/wire/load.ts'
import { createReturns } from '../../engine/wire/returns.ts'
import { openWire } from '../../engine/wire/map.ts'
import { RECORD_BYTES } from '../../engine/wire/ring.ts'
import { constants, records } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { RenderSpec } from './protocol.ts'

const STRIP = 0
const LIMITER = 0
const PAGE = 65536
const BLOCK = constants.maxRenderFrames
export const HEAD_FRAMES = 512
/** Programs kept for the next render of the same sound. */
const KEPT = 4

export interface RenderHooks {
  /** Left and right so far; called once, with the first 512 frames. */
  readonly onHead?: (channels: Float32Array<ArrayBuffer>[]) => void
  /** Throws to end the render; called at least every 4096 frames. */
  readonly poll?: () => void
  /** Leaves the master limiter out. */
  readonly limiterBypassed?: boolean
}

export interface OfflineEngine {
  readonly sampleRate: number
  render(input: ProgramInput, spec: RenderSpec, hooks?: RenderHooks): Float32Array<ArrayBuffer>[]
  /** Uses the engine up: what the log names stays in its memory. */
  replay(log: ReplayLog, frames: number, hooks?: RenderHooks): Float32Array<ArrayBuffer>[]
}

/** `mib` is the whole memory, made at once. Throws `limit-exceeded` when the engine does not fit. */
export function createOfflineEngine(module: WebAssembly.Module, sampleRate: number, mib: number): OfflineEngine {
  const pages = (mib * 1024 * 1024) / PAGE
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const engine = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as EngineExports
  engine._initialize()
  if (engine.engine_create(sampleRate, 0, 0) === 0) {
    throw new SoundloomError('limit-exceeded', 'The engine does not fit into this memory', {
      field: 'memory',
      value: mib,
    })
  }
  const wire = openWire(memory, engine.engine_wire())
  const commands = wire.commands('control')
  const replies = wire.replies()
  const words = new Int32Array(RECORD_BYTES / 4)
  const blockLeft = new Float32Array(memory.buffer, wire.output.left, BLOCK)
  const blockRight = new Float32Array(memory.buffer, wire.output.right, BLOCK)
  const heap = { exports: engine, memory, wire }
  const { programs, tables } = engineStores(heap, KEPT)
  const collect = createReturns(wire.returns(), { programs, tables })
  /** Always a multiple of a micro-block, so that a reset takes effect at once and frame 0 is exact. */
  let now = 0n
  /** Never used twice: the note-offs of a render that was called off still wait in the engine. */
  let nextNoteId = 1

  const step = (frames: number): void => {
    engine.engine_render(frames)
    now += BigInt(frames)
    collect()
    while (replies.pop(words));
  }
  /** The strip empty and the engine as new. */
  const clear = (seed: number): void => {
    commands.at(null).panic()
    commands.clearStrip(STRIP)
    // 4 ms for the voices, 20 ms for the strip, on a whole number of micro-blocks.
    step(Math.ceil((0.03 * sampleRate) / constants.microBlock) * constants.microBlock)
    commands.reset(seed)
  }
  const run = (frames: number, hooks: RenderHooks, before: (from: number, to: number) => void = () => undefined) => {
    const left = new Float32Array(frames)
    const right = new Float32Array(frames)
    let headDue = hooks.onHead !== undefined
    for (let at = 0; at < frames;) {
      hooks.poll?.()
      const wanted = Math.min(headDue ? HEAD_FRAMES : BLOCK, frames - at)
      const whole = Math.ceil(wanted / constants.microBlock) * constants.microBlock
      before(at, at + whole)
      step(whole)
      left.set(wanted === BLOCK ? blockLeft : blockLeft.subarray(0, wanted), at)
      right.set(wanted === BLOCK ? blockRight : blockRight.subarray(0, wanted), at)
      at += wanted
      if (headDue) hooks.onHead?.([left.slice(0, HEAD_FRAMES), right.slice(0, HEAD_FRAMES)])
      headDue = false
    }
    return [left, right]
  }

  return {
    sampleRate,
    render(input, { notes, velocity, duration, tail, seed }, hooks = {}) {
      const { program } = programs.acquire(input)
      clear(seed)
      commands.masterBypass(LIMITER, hooks.limiterBypassed ?? false)
      commands.installProgram(STRIP, program.handle, 'switch')
      programs.sent(program.handle)
      const start = now
      const firstId = nextNoteId
      nextNoteId += notes.length
      notes.forEach((note, index) => commands.at(start).noteOn(STRIP, firstId + index, note, velocity, program.handle))
      const release = start + BigInt(Math.round(duration * sampleRate))
      notes.forEach((_, index) => commands.at(release).noteOff(STRIP, firstId + index, 0))
      commands.at(null)
      return run(Math.round((duration + tail) * sampleRate), hooks)
    },
    replay(log, frames, hooks = {}) {
      /** Their handles in this engine. */
      const rebuilt = (kind: HandleKind): Map<number, number> => {
        const handles = loggedHandles(log.records, kind).map((handle) => {
          const bytes = log[kind].find((one) => one.handle === handle)?.bytes
          if (!bytes)
            throw new SoundloomError('unknown-id', `The log names one of ${kind} that is not with it`, {
              value: handle,
            })
          return [handle, loadBytes(heap, kind === 'programs' ? 'program' : 'table', bytes)] as const
        })
        return new Map(handles)
      }
      const handles = { programs: rebuilt('programs'), tables: rebuilt('tables') }
      clear(log.seed)
      const start = now
      const copy = withHandles(log.records, handles)
      const view = new DataView(copy.buffer)
      let next = 0
      /** Pushes what falls before frame `to`, frames moved to this engine's count. */
      const feed = (_from: number, to: number): void => {
        for (; next < copy.length; next += RECORD_BYTES) {
          const at = next + records.command.offset.frame
          const frame = view.getBigInt64(at, true)
          if (frame >= BigInt(to)) return
          view.setBigInt64(at, frame + start, true)
          // Records carry the low byte of the generation that wrote them; this engine is of generation 0.
          view.setUint8(next + records.command.offset.flags + 1, 0)
          commands.raw(new Int32Array(copy.buffer, next, RECORD_BYTES / 4))
        }
      }
      return run(frames, hooks, feed)
    },
  }
}
