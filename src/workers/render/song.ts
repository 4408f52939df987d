// Renders a song in a private engine, from any beat, as the real-time engine plays it (render worker, and tests in Node).
import { planSong } from '../../compile/songPlan.ts'
import { lastTick, type Song } from '../../compile/song.ts'
import type { AssetShelf } from '../../engine/wire/assets.ts'
import { createMaster } from '../../engine/wire/master.ts'
import { createSongLoader, describeProblem, describeSkipped } from '../../engine/wire/song.ts'
import { constants, enums } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import { decodeTransport, transportWords } from '../../transport/decode.ts'
import { createPrivateEngine, wholeBlocks } from './instance.ts'
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

/** Throws `limit-exceeded` when the engine does not fit into `mib`, `invalid-argument` for a range that is none. */
export function renderSong(
  module: WebAssembly.Module,
  spec: SongSpec,
  mib: number,
  hooks: SongHooks = {},
  shelf?: AssetShelf,
): RenderedSong {
  const { sampleRate, master, seed, fromTick } = spec
  // A render ends; what the user loops does not.
  const song: Song = { ...spec.song, loop: { ...spec.song.loop, enabled: false } }
  const engine = createPrivateEngine(module, sampleRate, mib, KEPT, shelf)
  const { commands } = engine
  const loader = createSongLoader(engine)
  for (const step of planSong(null, song).operations) while (!loader.carryOut(step)) engine.pump()
  while (!loader.align()) engine.pump()
  const section = createMaster((command) => command(commands))
  section.setGain(master.gainDb)
  section.setMute(master.mute)
  section.setLimiterBypass(master.limiter.bypass)
  for (const [key, value] of Object.entries(master.limiter.values)) section.setLimiterValue(key, value)

  const slot = engine.heap.wire.slot(enums.slotId.transport)
  const reading = transportWords()
  /** The engine's own tempo arithmetic. */
  const frameOf = (tick: number): number => {
    commands.transportSeek(tick, 'ticks')
    engine.step(constants.microBlock)
    slot.read(reading.words)
    return decodeTransport(reading, sampleRate, 0).samplePos
  }
  const toTick = spec.toTick ?? Math.max(fromTick, lastTick(song))
  const wanted = spec.frames ?? frameOf(toTick) - frameOf(fromTick)
  if (wanted < 0 || wanted > LONGEST_SECONDS * sampleRate) {
    throw new SoundloomError('invalid-argument', 'A render is at most four hours long and ends after it begins', {
      field: 'toBeat',
    })
  }
  const open = spec.toTick === null && spec.frames === null

  // What was told above is done; then as a capture that plays begins: all of it within one micro-block.
  engine.step(constants.microBlock)
  commands.reset(seed)
  commands.transportSeek(fromTick, 'ticks')
  commands.transportPlay(0)

  const channels = play(engine, wanted, open ? LONGEST_TAIL_SECONDS * sampleRate : 0, hooks)
  slot.read(reading.words)
  const { dropped, late } = enums.transportWord
  const lost = reading.words[dropped]! + reading.words[late]!
  return {
    channels,
    diagnostics: [
      ...loader.problems().map((problem) => describeProblem(song, problem)),
      ...[...loader.skipped].flatMap(([id, lanes]) => lanes.map((lane) => describeSkipped(song, id, lane))),
      ...(lost > 0 ? [`${lost} events of the song were lost: too much happens at once.`] : []),
    ],
  }
}

function play(
  engine: ReturnType<typeof createPrivateEngine>,
  wanted: number,
  tail: number,
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
    const [blockLeft, blockRight] = engine.output(frames)
    left.set(blockLeft, at)
    right.set(blockRight, at)
    for (let frame = frames - 1; frame >= 0; frame--) {
      if (Math.abs(blockLeft[frame]!) < SILENT && Math.abs(blockRight[frame]!) < SILENT) continue
      heardUntil = at + frame + 1
      break
    }
    at += frames
    hooks.onProgress?.(Math.min(1, at / Math.max(1, wanted)))
  }
  const frames = Math.max(wanted, Math.min(heardUntil, left.length))
  return frames === left.length ? [left, right] : [left.slice(0, frames), right.slice(0, frames)]
}
