// Renders a song in a private engine, from any beat, as the real-time engine plays it (render worker, and tests in Node).
import { planSong, type PlacedSong } from '../../compile/songPlan.ts'
import { lastTick, type Song } from '../../compile/song.ts'
import type { Alignment } from '../../compile/alignment.ts'
import type { AssetShelf } from '../../engine/wire/assets.ts'
import { createMaster } from '../../engine/wire/master.ts'
import {
  createSongLoader,
  describeProblem,
  describeSkipped,
  type SongLoader,
  type SongProblem,
} from '../../engine/wire/song.ts'
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
  /** Order and delays of the strips: of what was built, or as another engine has them. */
  align(as?: Alignment | null): void
  /** What could not be built. */
  problems(): readonly SongProblem[]
  /** Events for which there was no room. */
  lost(): number
  /** What could not be built or was lost, in words. */
  diagnostics(): readonly string[]
}

/** Throws `limit-exceeded` when the engine does not fit into `mib`. */
export function openSong(...given: Parameters<typeof loadSong>): OpenSong {
  const open = loadSong(...given)
  open.align()
  return open
}

/** A song that is not aligned yet. Throws as `openSong`. */
export function loadSong(
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
  const slot = engine.heap.wire.slot(enums.slotId.transport)
  const reading = transportWords()
  const frameOf = (tick: number): number => {
    commands.transportSeek(tick, 'ticks')
    engine.step(constants.microBlock)
    slot.read(reading.words)
    return decodeTransport(reading, sampleRate, 0).samplePos
  }
  const problems: SongProblem[] = []
  const found = (): readonly SongProblem[] => (problems.push(...loader.problems()), problems)
  const lost = (): number => {
    slot.read(reading.words)
    const { dropped, late } = enums.transportWord
    return reading.words[dropped]! + reading.words[late]!
  }
  return {
    engine,
    placed,
    loader,
    align(as) {
      while (!loader.align(as)) engine.pump()
    },
    problems: found,
    lost,
    framesBetween: (fromTick, toTick) => frameOf(toTick) - frameOf(fromTick),
    start(seed, fromTick) {
      // What was told before is done.
      engine.step(constants.microBlock)
      commands.reset(seed)
      commands.transportSeek(fromTick, 'ticks')
      commands.transportPlay(0)
    },
    diagnostics() {
      const count = lost()
      return [
        ...found().map((problem) => describeProblem(song, problem)),
        ...[...loader.skipped].flatMap(([id, lanes]) => lanes.map((lane) => describeSkipped(song, id, lane))),
        ...(count > 0 ? [`${count} events of the song were lost: too much happens at once.`] : []),
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
  const { open, take } = beginSong(module, spec, mib, shelf)
  return { channels: playOut(take, hooks), diagnostics: open.diagnostics() }
}

/** A song that plays with the next step. Throws as `renderSong`. */
export function beginSong(
  module: WebAssembly.Module,
  spec: SongSpec,
  mib: number,
  shelf?: AssetShelf,
): { readonly open: OpenSong; readonly take: Take } {
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
  return { open, take: takeOf(engine, engine.output, stretch) }
}

/** `tail`: frames after the wanted ones, at most, until all is below `silent` for a while. */
export interface Stretch {
  readonly wanted: number
  readonly tail: number
  readonly silent: number
}

/** A stretch while it is rendered. */
export interface Take {
  readonly done: boolean
  /** 0..1 */
  readonly share: number
  /** The next 4096 frames, or fewer at the end. */
  step(): void
  /** What was rendered; of a take that is done. */
  channels(): Float32Array<ArrayBuffer>[]
}

/** All of it. `output`: the first frames of the engine's last step. */
export const play = (
  engine: PrivateEngine,
  output: PrivateEngine['output'],
  stretch: Stretch,
  hooks: SongHooks,
): Float32Array<ArrayBuffer>[] => playOut(takeOf(engine, output, stretch), hooks)

function playOut(take: Take, hooks: SongHooks): Float32Array<ArrayBuffer>[] {
  while (!take.done) {
    hooks.poll?.()
    take.step()
    hooks.onProgress?.(take.share)
  }
  return take.channels()
}

function takeOf(engine: PrivateEngine, output: PrivateEngine['output'], { wanted, tail, silent }: Stretch): Take {
  const left = new Float32Array(wanted + tail)
  const right = new Float32Array(wanted + tail)
  const silentFrames = SILENT_SECONDS * engine.sampleRate
  /** After the last frame that was not silent. */
  let heardUntil = 0
  let at = 0
  return {
    get done() {
      return at >= wanted && (at >= left.length || at - heardUntil >= silentFrames)
    },
    get share() {
      return Math.min(1, at / Math.max(1, wanted))
    },
    step() {
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
    },
    channels() {
      const frames = Math.max(wanted, Math.min(heardUntil, left.length))
      return frames === left.length ? [left, right] : [left.slice(0, frames), right.slice(0, frames)]
    },
  }
}
