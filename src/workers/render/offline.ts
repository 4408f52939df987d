// Renders of one sound and replays of a log in a private engine (render worker, and tests in Node).
import { linkAssets } from '../../compile/assets.ts'
import type { ProgramInput } from '../../compile/program.ts'
import type { AssetShelf } from '../../engine/wire/assets.ts'
import { loadBytes } from '../../engine/wire/load.ts'
import { loggedHandles, withHandles, withoutGovernor, type HandleKind, type ReplayLog } from '../../engine/wire/log.ts'
import { RECORD_BYTES } from '../../engine/wire/ring.ts'
import { constants, records } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import { createPrivateEngine, wholeBlocks } from './instance.ts'
import type { RenderSpec } from './protocol.ts'

const STRIP = 0
const LIMITER = 0
const BLOCK = constants.maxRenderFrames
export const HEAD_FRAMES = 512
/** Programs kept for the next render of the same sound. */
const KEPT = 4

export interface RenderHooks {
  /** Left and right so far; called once, with the first 512 frames. */
  readonly onHead?: (channels: Float32Array<ArrayBuffer>[]) => void
  /** Throws to end the render; called at least every 4096 frames. */
  readonly poll?: () => void
  /** Assets that the sound names and that are not here. */
  readonly onMissing?: (ids: readonly string[]) => void
  /** Leaves the master limiter out. */
  readonly limiterBypassed?: boolean
}

export interface OfflineEngine {
  readonly sampleRate: number
  render(input: ProgramInput, spec: RenderSpec, hooks?: RenderHooks): Float32Array<ArrayBuffer>[]
  /**
   * Uses the engine up: what the log names stays in its memory. `levels`: those that the governor took then, or full
   * quality throughout.
   */
  replay(log: ReplayLog, frames: number, hooks?: RenderHooks, levels?: 'full' | 'logged'): Float32Array<ArrayBuffer>[]
}

/** `mib` is the whole memory, made at once. Throws `limit-exceeded` when the engine does not fit. */
export function createOfflineEngine(
  module: WebAssembly.Module,
  sampleRate: number,
  mib: number,
  shelf?: AssetShelf,
): OfflineEngine {
  const engine = createPrivateEngine(module, sampleRate, mib, KEPT, shelf)
  const { commands, programs, heap, assets } = engine
  /** Never used twice: the note-offs of a render that was called off still wait in the engine. */
  let nextNoteId = 1

  /** The strip empty and the engine as new; always after whole micro-blocks, so that frame 0 is exact. */
  const clear = (seed: number): void => {
    commands.at(null).panic()
    commands.clearStrip(STRIP)
    // 4 ms for the voices, 20 ms for the strip.
    engine.step(wholeBlocks(0.03 * sampleRate))
    commands.reset(seed)
  }
  const run = (frames: number, hooks: RenderHooks, before: (from: number, to: number) => void = () => undefined) => {
    const left = new Float32Array(frames)
    const right = new Float32Array(frames)
    let headDue = hooks.onHead !== undefined
    for (let at = 0; at < frames;) {
      hooks.poll?.()
      const wanted = Math.min(headDue ? HEAD_FRAMES : BLOCK, frames - at)
      const whole = wholeBlocks(wanted)
      before(at, at + whole)
      engine.step(whole)
      const [blockLeft, blockRight] = engine.output(wanted)
      left.set(blockLeft, at)
      right.set(blockRight, at)
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
      if (program.compiled.missing.length > 0) hooks.onMissing?.(program.compiled.missing)
      clear(seed)
      commands.masterBypass(LIMITER, hooks.limiterBypassed ?? false)
      commands.installProgram(STRIP, program.handle, 'switch')
      programs.sent(program.handle)
      const start = engine.now()
      const firstId = nextNoteId
      nextNoteId += notes.length
      notes.forEach((note, index) => commands.at(start).noteOn(STRIP, firstId + index, note, velocity, program.handle))
      const release = start + BigInt(Math.round(duration * sampleRate))
      notes.forEach((_, index) => commands.at(release).noteOff(STRIP, firstId + index, 0))
      commands.at(null)
      return run(Math.round((duration + tail) * sampleRate), hooks)
    },
    replay(taken, frames, hooks = {}, levels = 'full') {
      const log = levels === 'logged' ? taken : { ...taken, records: withoutGovernor(taken.records) }
      /** Their handles in this engine. */
      const rebuilt = (kind: HandleKind): Map<number, number> => {
        const handles = loggedHandles(log.records, kind).map((handle) => {
          const logged = log[kind].find((one) => one.handle === handle)
          if (!logged)
            throw new SoundloomError('unknown-id', `The log names one of ${kind} that is not with it`, {
              value: handle,
            })
          const bytes = logged.bytes as Uint8Array<ArrayBuffer>
          if (kind === 'tables') return [handle, loadBytes(heap, 'table', bytes)] as const
          assets.begin()
          const linked = linkAssets(bytes, logged.assets ?? [], assets.handleOf)
          if (linked.missing.length > 0) hooks.onMissing?.(linked.missing)
          return [handle, loadBytes(heap, 'program', linked.bytes)] as const
        })
        return new Map(handles)
      }
      const handles = { programs: rebuilt('programs'), tables: rebuilt('tables') }
      clear(log.seed)
      const start = engine.now()
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
          const record = new Int32Array(copy.buffer, next, RECORD_BYTES / 4)
          if (commands.raw(record)) continue
          engine.pump()
          if (!commands.raw(record))
            throw new SoundloomError('limit-exceeded', 'Too much happened at once to be replayed')
        }
      }
      return run(frames, hooks, feed)
    },
  }
}
