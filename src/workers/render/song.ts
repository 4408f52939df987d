// Renders a song in a private engine, from any beat, as the real-time engine plays it (render worker, and tests in Node).
import { planSong, type PlacedSong } from '../../compile/songPlan.ts'
import { lastTick, type Song } from '../../compile/song.ts'
import type { AssetShelf } from '../../engine/wire/assets.ts'
import { createMaster } from '../../engine/wire/master.ts'
import { createSongLoader, describeProblem, describeSkipped, type SongLoader } from '../../engine/wire/song.ts'
import { constants, enums } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import { decodeTransport, transportWords } from '../../transport/decode.ts'
import { createPrivateEngine, wholeBlocks, type PrivateEngine } from './instance.ts'
import type { SongSpec } from './protocol.ts'

const BLOCK = constants.maxRenderFrames
const KEPT = constants.tracks + constants.returns
/** Without an end of its own a render goes on after the last clip until all is silent, at most this long. */
const LONGEST_TAIL_SECONDS = 10
/** Echoes may lie two seconds apart. */
const SILENT_SECONDS = 2.5
/** -100 dBFS */
const SILENT = 1e-5
const LONGEST_SECONDS = 4 * 3600

export interface SongHooks {
  /** Throws to end the render; called every 4096 frames. */
  readonly poll?: () => void
  /** 0..1 */
  readonly onProgress?: (share: number) => void
}

export interface RenderedSong {
  readonly channels: Float32Array<ArrayBuffer>[]
  /** What could not be built or was lost, in words. */
  readonly diagnostics: readonly string[]
}

/** A song in an engine of its own, at rest. */
export interface OpenSong {
  readonly engine: PrivateEngine
  readonly placed: PlacedSong
  readonly loader: SongLoader
  /** Frames between two ticks, by the engine's own tempo arithmetic. */
  framesBetween(fromTick: number, toTick: number): number
  /** As a capture that plays begins: all of it within one micro-block. */
  start(seed: number, fromTick: number): void
  /** What could not be built or was lost, in words. */
  diagnostics(): readonly string[]
}

/** Throws `limit-exceeded` when the engine does not fit into `mib`. */
export function openSong(
  module: WebAssembly.Module,
  given: Song,
  sampleRate: number,
  mib: number,
  shelf?: AssetShelf,
): OpenSong {
  // A render ends; what the user loops does not.
  const song: Song = { ...given, loop: { ...given.loop, enabled: false } }
  const engine = createPrivateEngine(module, sampleRate, mib, KEPT, shelf)
  const { commands } = engine
  const loader = createSongLoader(engine)
  const { placed, operations } = planSong(null, song)
  for (const step of operations) while (!loader.carryOut(step)) engine.pump()
  while (!loader.align()) engine.pump()
  const slot = engine.heap.wire.slot(enums.slotId.transport)
  const reading = transportWords()
  const frameOf = (tick: number): number => {
    commands.transportSeek(tick, 'ticks')
    engine.step(constants.microBlock)
    slot.read(reading.words)
    return decodeTransport(reading, sampleRate, 0).samplePos
  }
  return {
    engine,
    placed,
    loader,
    framesBetween: (fromTick, toTick) => frameOf(toTick) - frameOf(fromTick),
    start(seed, fromTick) {
      // What was told before is done.
      engine.step(constants.microBlock)
      commands.reset(seed)
      commands.transportSeek(fromTick, 'ticks')
      commands.transportPlay(0)
    },
    diagnostics() {
      slot.read(reading.words)
      const { dropped, late } = enums.transportWord
      const lost = reading.words[dropped]! + reading.words[late]!
      return [
        ...loader.problems().map((problem) => describeProblem(song, problem)),
        ...[...loader.skipped].flatMap(([id, lanes]) => lanes.map((lane) => describeSkipped(song, id, lane))),
        ...(lost > 0 ? [`${lost} events of the song were lost: too much happens at once.`] : []),
      ]
    },
  }
}

/** Throws `limit-exceeded` when the engine does not fit into `mib`, `invalid-argument` for a range that is none. */
export function renderSong(
  module: WebAssembly.Module,
  spec: SongSpec,
  mib: number,
  hooks: SongHooks = {},
  shelf?: AssetShelf,
): RenderedSong {
  const { song, sampleRate, master, seed, fromTick } = spec
  const open = openSong(module, song, sampleRate, mib, shelf)
  const { engine } = open
  const section = createMaster((command) => command(engine.commands))
  section.setGain(master.gainDb)
  section.setMute(master.mute)
  section.setLimiterBypass(master.limiter.bypass)
  for (const [key, value] of Object.entries(master.limiter.values)) section.setLimiterValue(key, value)

  const toTick = spec.toTick ?? Math.max(fromTick, lastTick(song))
  const wanted = spec.frames ?? open.framesBetween(fromTick, toTick)
  if (wanted < 0 || wanted > LONGEST_SECONDS * sampleRate) {
    throw new SoundloomError('invalid-argument', 'A render is at most four hours long and ends after it begins', {
      field: 'toBeat',
    })
  }
  const ends = spec.toTick !== null || spec.frames !== null
  open.start(seed, fromTick)
  const stretch = { wanted, tail: ends ? 0 : LONGEST_TAIL_SECONDS * sampleRate, silent: SILENT }
  const channels = play(engine, engine.output, stretch, hooks)
  return { channels, diagnostics: open.diagnostics() }
}

/** `tail`: frames after the wanted ones, at most, until all is below `silent` for a while. */
export interface Stretch {
  readonly wanted: number
  readonly tail: number
  readonly silent: number
}

/** `output`: the first frames of the engine's last step. */
export function play(
  engine: PrivateEngine,
  output: PrivateEngine['output'],
  { wanted, tail, silent }: Stretch,
  hooks: SongHooks,
): Float32Array<ArrayBuffer>[] {
  const left = new Float32Array(wanted + tail)
  const right = new Float32Array(wanted + tail)
  const silentFrames = SILENT_SECONDS * engine.sampleRate
  /** After the last frame that was not silent. */
  let heardUntil = 0
  let at = 0
  while (at < wanted || (at < left.length && at - heardUntil < silentFrames)) {
    hooks.poll?.()
    const frames = Math.min(BLOCK, left.length - at)
    engine.step(wholeBlocks(frames))
    const [blockLeft, blockRight] = output(frames)
    left.set(blockLeft, at)
    right.set(blockRight, at)
    for (let frame = frames - 1; frame >= 0; frame--) {
      if (Math.abs(blockLeft[frame]!) < silent && Math.abs(blockRight[frame]!) < silent) continue
      heardUntil = at + frame + 1
      break
    }
    at += frames
    hooks.onProgress?.(Math.min(1, at / Math.max(1, wanted)))
  }
  const frames = Math.max(wanted, Math.min(heardUntil, left.length))
  return frames === left.length ? [left, right] : [left.slice(0, frames), right.slice(0, frames)]
}
