// A render worker: previews, tiles, measuring, songs and replays in a private engine, as fast as the core goes.
import { SoundloomError } from '../../params/error.ts'
import { createAssetShelf } from '../../engine/wire/assets.ts'
import { describeMissing } from '../../engine/wire/song.ts'
import { isCancelled, moving, serve } from '../rpc.ts'
import { runBench } from './bench.ts'
import { measureCost } from './cost.ts'
import { fingerprint } from './fingerprint.ts'
import { createPrivateEngine } from './instance.ts'
import { integratedLoudness } from './loudness.ts'
import { createOfflineEngine, type OfflineEngine, type RenderHooks } from './offline.ts'
import { levelMatchDb, measureOf } from './measure.ts'
import type { RenderApi, Rendered } from './protocol.ts'
import { sampleHash } from './sha256.ts'
import { openPart, playMix, playPart } from './parts.ts'
import { beginSong, renderSong, type SongHooks } from './song.ts'
import { freezeTrack } from './track.ts'

/** 64 MiB each, halved where the browser refuses. */
const MEMORY_MIB = [64, 32]
/** A song has what the real-time engine has. */
const SONG_MEMORY_MIB = [128, ...MEMORY_MIB]
const PROGRESS_MS = 100
/** Programs of a cost: without the device and with it. */
const COST_KEPT = 2

let module: WebAssembly.Module | null = null
let warm: OfflineEngine | null = null
const shelf = createAssetShelf()

function engineFor(sampleRate: number): OfflineEngine {
  if (warm?.sampleRate === sampleRate) return warm
  warm = null
  return (warm = freshEngine(sampleRate))
}

const freshEngine = (sampleRate: number): OfflineEngine =>
  inMemory(MEMORY_MIB, (compiled, mib) => createOfflineEngine(compiled, sampleRate, mib, shelf))

/** In the most of these sizes that the browser gives. */
function inMemory<Result>(
  sizes: readonly number[],
  work: (compiled: WebAssembly.Module, mib: number) => Result,
): Result {
  if (!module) throw new SoundloomError('not-ready', 'The render worker has no engine yet')
  for (const mib of sizes) {
    try {
      return work(module, mib)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  throw new SoundloomError('limit-exceeded', 'The browser gave no memory for a render', { field: 'memory' })
}

/** A trap leaves the instance in no state to be trusted: the next job gets another. */
function guarded<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw untrusted(error)
  }
}

function untrusted(error: unknown): unknown {
  if (!(error instanceof WebAssembly.RuntimeError)) return error
  warm = null
  return new SoundloomError('engine-fault', `The render failed: ${error.message}`)
}

const polling = (signal: AbortSignal | null): RenderHooks => ({
  poll() {
    if (isCancelled(signal ?? undefined)) throw new SoundloomError('cancelled', 'Cancelled')
  },
})

/** Calls at most ten times a second. */
function paced(onProgress: (share: number) => void): (share: number) => void {
  let said = performance.now()
  return (share) => {
    if (performance.now() - said < PROGRESS_MS) return
    said = performance.now()
    onProgress(share)
  }
}

async function finish(
  channels: Float32Array<ArrayBuffer>[],
  sampleRate: number,
  diagnostics: readonly string[] = [],
): Promise<Rendered> {
  const rendered: Rendered = {
    channels,
    sampleRate,
    frames: channels[0]?.length ?? 0,
    sha256: await sampleHash(channels),
    diagnostics,
  }
  return moving(
    rendered,
    channels.map((channel) => channel.buffer),
  )
}

const songHooks = (onProgress: ((share: number) => void) | null, signal: AbortSignal | null): SongHooks => ({
  ...polling(signal),
  ...(onProgress ? { onProgress: paced(onProgress) } : {}),
})

/** A song of its own needs the memory of the sound before. */
function long<Result>(work: (module: WebAssembly.Module, mib: number) => Result): Result {
  warm = null
  return guarded(() => inMemory(SONG_MEMORY_MIB, work))
}

const api: RenderApi = {
  boot(compiled) {
    module = compiled
    engineFor(48000)
  },
  holdAssets: (assets) => shelf.put(assets),
  render(input, spec, onHead, signal) {
    const diagnostics: string[] = []
    const onMissing = (ids: readonly string[]): void => void diagnostics.push(...ids.map(describeMissing))
    const hooks = { ...polling(signal), onMissing, ...(onHead ? { onHead } : {}) }
    const channels = guarded(() => engineFor(spec.sampleRate).render(input, spec, hooks))
    return finish(channels, spec.sampleRate, diagnostics)
  },
  renderSong(spec, onProgress, signal) {
    const { channels, diagnostics } = long((compiled, mib) =>
      renderSong(compiled, spec, mib, songHooks(onProgress, signal), shelf),
    )
    return finish(channels, spec.sampleRate, diagnostics)
  },
  async playPart(spec, port, signal) {
    const part = long((compiled, mib) => openPart(compiled, spec, mib, shelf))
    await playPart(part, port, polling(signal), signal).catch((error: unknown) => {
      throw untrusted(error)
    })
  },
  async mixSong(spec, trackIds, ports, onProgress, signal) {
    const mix = long((compiled, mib) => beginSong(compiled, spec, mib, shelf))
    const parts = trackIds.map((ids, index) => ({ trackIds: ids, port: ports[index]! }))
    const mixed = await playMix(mix, parts, songHooks(onProgress, signal), signal).catch((error: unknown) => {
      throw untrusted(error)
    })
    return mixed && finish(mixed.channels, spec.sampleRate, mixed.diagnostics)
  },
  freezeTrack(spec, onProgress, signal) {
    const frozen = long((compiled, mib) => freezeTrack(compiled, spec, mib, songHooks(onProgress, signal), shelf))
    return Promise.resolve(moving(frozen, [frozen.bytes.buffer]))
  },
  async measure(input, signal) {
    const hooks = { ...polling(signal), limiterBypassed: true }
    const spec = measureOf(input.patch)
    const { sampleRate } = spec
    const channels = guarded(() => engineFor(sampleRate).render(input, spec, hooks))
    const [left = new Float32Array(0), right = left] = channels
    const drawn = fingerprint(left, right, sampleRate)
    const held = Math.round(spec.duration * sampleRate)
    const loudnessLufs = integratedLoudness([left.subarray(0, held), right.subarray(0, held)], sampleRate)
    return moving({ ...drawn, loudnessLufs, levelMatchDb: levelMatchDb(loudnessLufs, drawn.peak) }, [
      drawn.amplitude.buffer,
      drawn.brightness.buffer,
    ])
  },
  bench(spec) {
    warm = null
    return guarded(() => inMemory(SONG_MEMORY_MIB, (compiled, mib) => runBench(compiled, spec, mib)))
  },
  cost(spec, signal) {
    warm = null
    return guarded(() =>
      inMemory(MEMORY_MIB, (compiled, mib) =>
        measureCost(createPrivateEngine(compiled, spec.sampleRate, mib, COST_KEPT, shelf), spec, polling(signal).poll!),
      ),
    )
  },
  hash: (channels, sampleRate) => finish(channels, sampleRate),
  replay: (log, frames, signal) =>
    finish(
      guarded(() => freshEngine(log.sampleRate).replay(log, frames, polling(signal))),
      log.sampleRate,
    ),
}

serve(api)
