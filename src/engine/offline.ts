// Renders that need no audio thread (main thread): presets, tiles, replays, all in render workers.
import { soundAssets, songAssets } from '../presets/assets/named.ts'
import type { BenchResult, BenchSpec } from '../params/bench.ts'
import { contentKey } from '../compile/contentKey.ts'
import type { Song } from '../compile/song.ts'
import type { CostSpec, FreezeSpec, FrozenTrack, SongSpec } from '../workers/render/protocol.ts'
import { createRenderClient, onPage, type RenderClient } from '../workers/render/client.ts'
import type { AssetSupply } from './supply.ts'
import { builtinIndex } from '../presets/assets/record.ts'
import { openMeasured } from './measured.ts'
import { heardAlone } from '../compile/stems.ts'
import { renderTogether } from './renderTogether.ts'
import type {
  FreezeOptions,
  ProgramInput,
  ProjectRender,
  ProjectRenderOptions,
  ProjectResult,
  RenderOptions,
  RenderResult,
  Stem,
  Thumbnail,
} from './types.ts'

import type { ReplayLog } from './wire/log.ts'
import { SoundloomError } from '../params/error.ts'

export interface Offline {
  renderPreset(program: ProgramInput, options?: RenderOptions): Promise<RenderResult>
  thumbnail(program: ProgramInput, signal?: AbortSignal): Promise<Thumbnail>
  renderProject(project: ProjectRender, options?: ProjectRenderOptions): Promise<ProjectResult>
  freezeTrack(spec: FreezeSpec, options?: FreezeOptions): Promise<FrozenTrack>
  replay(log: ReplayLog, frames: number): Promise<RenderResult>
  /** In a worker of its own, so that nothing else is timed. */
  bench(spec: BenchSpec): Promise<BenchResult>
  /** Nanoseconds for a micro-block of one device, timed alone; only when nothing else waits for a worker. */
  cost(spec: CostSpec): Promise<number>
  /** The samples as a result with their hash. */
  hashed(channels: Float32Array<ArrayBuffer>[], sampleRate: number): Promise<RenderResult>
  /** The module was replaced: workers and what they measured are of the old one. */
  restart(): void
  dispose(): void
}

const LONGEST_SECONDS = 600

/** `build` names the engine that measured sounds are kept for. */
export function createOffline(
  module: () => Promise<WebAssembly.Module>,
  build: string | null,
  supply: AssetSupply,
): Offline {
  let client: RenderClient | null = null
  const workers = (): RenderClient => (client ??= createRenderClient(module))
  const measured = new Map<string, Promise<Thumbnail>>()
  const kept = openMeasured(build)

  const restart = (): void => {
    client?.dispose()
    client = null
    measured.clear()
  }
  return {
    renderPreset(program, options = {}) {
      const {
        note = 60,
        velocity = 0.8,
        duration = 2,
        tail = 1,
        sampleRate = 48000,
        seed = 0,
        onHead,
        signal,
      } = options
      const spec = { notes: [note], velocity, duration, tail, sampleRate, seed }
      check('note', note, 0, 127)
      check('velocity', velocity, 0, 1)
      check('duration', duration, 0, LONGEST_SECONDS)
      check('tail', tail, 0, LONGEST_SECONDS)
      check('sampleRate', sampleRate, 8000, 192_000)
      check('seed', seed, 0, 2 ** 32 - 1)
      return workers().run(
        (api) =>
          supply.before(api, soundAssets(program), () =>
            api.render(program, spec, onHead ? onPage(onHead) : null, signal ?? null),
          ),
        'prompt',
        signal,
      )
    },
    async thumbnail(program, signal) {
      const plain = { ...program, gainDb: 0 }
      const key = contentKey(new TextEncoder().encode(JSON.stringify(plain)))
      for (let known = measured.get(key); known; known = measured.get(key)) {
        try {
          return await known
        } catch (error) {
          // Another tile's wish ended; this one has not.
          if (!(error instanceof SoundloomError) || error.code !== 'cancelled' || signal?.aborted) throw error
          if (measured.get(key) === known) measured.delete(key)
        }
      }
      const measuring = kept.get(key).then(async (known) => {
        if (known) return known
        const fresh = await workers().run(
          (api) => supply.before(api, soundAssets(plain), () => api.measure(plain, signal ?? null)),
          'background',
          signal,
        )
        // What a sound without its recordings looks like is nothing to remember.
        if (await supply.holds(soundAssets(plain))) void kept.put(key, fresh)
        else measured.delete(key)
        return fresh
      })
      measured.set(key, measuring)
      measuring.catch(() => measured.delete(key))
      return measuring
    },
    async renderProject({ song, master, seed }, options = {}) {
      const {
        fromTick = 0,
        toTick = null,
        sampleRate = 48000,
        stems = false,
        workers: asked,
        onProgress,
        signal,
      } = options
      // What is in a group is heard through it: its own stem would be theirs again.
      const parted = stems ? song.tracks.filter(({ kind }) => kind !== 'group') : []
      const parts = 1 + parted.length
      let done = 0
      let said = 0
      /** A mix that has to begin again goes on where it was. */
      const progress = (share: number): void => {
        said = Math.max(said, Math.min(1, (done + share) / parts))
        onProgress?.(said)
      }
      const render = async (spec: SongSpec): Promise<RenderResult> => {
        const result = await workers().run(
          (api) => supply.before(api, songAssets(spec.song), () => api.renderSong(spec, null, signal ?? null)),
          'prompt',
          signal,
        )
        done++
        progress(0)
        return result
      }
      const spec = { song, master, seed, sampleRate, fromTick, toTick, frames: null }
      const most = asked ?? workers().togetherSize
      const mix = await workers().together(
        most,
        (apis, ending) => {
          const crew = apis.map((api) => async (part: Song) => {
            await supply.before(api, songAssets(part), () => Promise.resolve())
            return api
          })
          const whole = parts === 1 && onProgress ? onPage(progress) : null
          return renderTogether(crew, spec, { onProgress: whole, signal: ending })
        },
        'prompt',
        signal,
      )
      done++
      progress(0)
      if (!stems) return mix
      /** A track alone with its returns, as long as the mix, without the limiter: stems then add up to what goes into it. */
      const stem = async ({ id, name }: Song['tracks'][number]): Promise<Stem> => {
        const alone = heardAlone(song, id)
        const open = { ...master, limiter: { ...master.limiter, bypass: true } }
        return { trackId: id, name, ...(await render({ ...spec, song: alone, master: open, frames: mix.frames })) }
      }
      return { ...mix, stems: await Promise.all(parted.map(stem)) }
    },
    freezeTrack(spec, { onProgress, signal } = {}) {
      const heard = onProgress ? onPage(onProgress) : null
      return workers().run(
        (api) => supply.before(api, songAssets(spec.song), () => api.freezeTrack(spec, heard, signal ?? null)),
        'prompt',
        signal,
      )
    },
    replay(log, frames) {
      const ids = log.programs.flatMap(({ assets = [] }) =>
        assets.map(({ id }) => id).filter((id) => builtinIndex(id) === null),
      )
      return workers().run(
        (api) => supply.before(api, [...new Set(ids)], () => api.replay(log, frames, null)),
        'prompt',
      )
    },
    bench: (spec) => workers().run((api) => api.bench(spec), 'prompt'),
    cost: (spec) =>
      workers().run(
        (api) =>
          supply.before(api, soundAssets({ patch: spec.patch, effects: spec.effect ? [spec.effect] : [] }), () =>
            api.cost(spec, null),
          ),
        'background',
      ),
    hashed: (channels, sampleRate) => workers().run((api) => api.hash(channels, sampleRate), 'prompt'),
    restart,
    dispose: restart,
  }
}

function check(field: string, value: number, least: number, most: number): void {
  if (Number.isFinite(value) && value >= least && value <= most) return
  throw new SoundloomError('invalid-argument', `${field} must be between ${least} and ${most}`, { field, value })
}
