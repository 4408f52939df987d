// The benchmark: a fixed work through the engine that users get, timed (render worker, and benches in Node).
import { benchScore, type BenchScore } from '../../compile/benchWorks.ts'
import { planSong } from '../../compile/songPlan.ts'
import { createAssetShelf } from '../../engine/wire/assets.ts'
import { createMaster } from '../../engine/wire/master.ts'
import { createSongLoader, describeProblem } from '../../engine/wire/song.ts'
import { constants, enums } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { BenchResult, BenchSpec } from '../../params/bench.ts'
import { encodeAsset } from '../../presets/assets/record.ts'
import { createPrivateEngine, wholeBlocks } from './instance.ts'

const KEPT = constants.tracks + constants.returns
const MASTER_GAIN_DB = 20 * Math.log10(0.05)
const WARM_SECONDS = 0.5
/** A meter's lease that no bench outlives, in micro-blocks. */
const LAST_BLOCK = 2 ** 30
/** The compiler optimises what runs often, beside it: wall time, for each second that is timed, before its code is all in place. */
const WARM_MS = 250

/** Throws `limit-exceeded` when the engine does not fit into `mib`, `internal` when a sound of the work cannot be built. */
export const runBench = (module: WebAssembly.Module, spec: BenchSpec, mib: number): BenchResult =>
  runScore(module, benchScore({ ...spec, seconds: spec.seconds + WARM_SECONDS }), spec, mib)

/** The same for any score. */
export function runScore(
  module: WebAssembly.Module,
  { song, notes, impulse, limiter }: BenchScore,
  { sampleRate, seconds, block }: Pick<BenchSpec, 'sampleRate' | 'seconds' | 'block'>,
  mib: number,
): BenchResult {
  const shelf = createAssetShelf()
  if (impulse) {
    const { id, channels } = impulse
    shelf.put([{ id, bytes: encodeAsset({ kind: 'impulse', sampleRate, channels }) }])
  }
  const engine = createPrivateEngine(module, sampleRate, mib, KEPT, shelf)
  const { commands, heap } = engine
  const loader = createSongLoader(engine)
  const { placed, operations } = planSong(null, song)
  for (const step of operations) while (!loader.carryOut(step)) engine.pump()
  const [problem] = loader.problems()
  if (problem) throw new SoundloomError('internal', describeProblem(song, problem))
  const master = createMaster((command) => command(commands))
  master.setGain(MASTER_GAIN_DB)
  master.setMute(false)
  master.setLimiterBypass(!limiter)
  // As with the mixer open: every meter is read.
  const meters = [
    enums.slotId.master,
    ...[...placed.strips.tracks.values()].map((strip) => enums.slotId.strips + strip),
  ]
  for (const meter of meters) heap.wire.slot(meter).lease(LAST_BLOCK)

  /** The work from its first frame on. */
  const start = (): void => {
    engine.step(constants.microBlock)
    commands.reset(0)
    commands.transportSeek(0, 'ticks')
    commands.transportPlay(0)
    notes.forEach(({ track, note, velocity }, index) => {
      const strip = placed.strips.tracks.get(song.tracks[track]!.id)!
      while (!commands.noteOn(strip, index + 1, note, velocity)) engine.pump()
    })
  }
  const frames = Math.round(seconds * sampleRate)
  const warmFrom = performance.now()
  do {
    start()
    for (let at = 0; at < WARM_SECONDS * sampleRate; at += block) engine.step(block)
  } while (performance.now() - warmFrom < WARM_MS * seconds)
  start()

  let ms = 0
  let sum = 0
  let peak = 0
  for (let at = 0; at < frames; at += block) {
    const length = Math.min(block, wholeBlocks(frames - at))
    const begun = performance.now()
    engine.step(length)
    ms += performance.now() - begun
    for (const channel of engine.output(length)) {
      for (const sample of channel) {
        sum += sample * sample
        peak = Math.max(peak, Math.abs(sample))
      }
    }
  }
  return { ms, xRealtime: (seconds * 1000) / ms, rms: Math.sqrt(sum / (2 * frames)), peak }
}
