// Render workers for tests in Node: each call in an engine of its own, all in one thread, over real message ports.
import { engineModule } from './module.ts'
import type { Song } from '../../src/compile/song.ts'
import type { AssetShelf } from '../../src/engine/wire/assets.ts'
import { renderTogether, type Together, type TogetherOptions } from '../../src/engine/renderTogether.ts'
import { openPart, playMix, playPart } from '../../src/workers/render/parts.ts'
import { beginSong } from '../../src/workers/render/song.ts'
import type { Rendered, SongSpec } from '../../src/workers/render/protocol.ts'
import { sampleHash } from '../../src/workers/render/sha256.ts'
import { renderSong, type RenderedSong } from '../../src/workers/render/song.ts'

const MIB = 64

export interface TogetherCalls {
  /** Tracks that came from other engines. */
  readonly handed: string[]
  /** Renders by one engine. */
  alone: number
}

const inNode = (calls: TogetherCalls, shelf?: AssetShelf): Together => {
  const finish = async ({ channels, diagnostics }: RenderedSong, sampleRate: number): Promise<Rendered> => ({
    channels,
    sampleRate,
    frames: channels[0]!.length,
    sha256: await sampleHash(channels),
    diagnostics,
  })
  const hooks = (onProgress: ((share: number) => void) | null) => (onProgress ? { onProgress } : {})
  return {
    async playPart(spec, port, signal) {
      calls.handed.push(...spec.trackIds)
      await playPart(openPart(engineModule(), spec, MIB, shelf), port, {}, signal)
    },
    async mixSong(spec, trackIds, ports, onProgress, signal) {
      const parts = trackIds.map((ids, index) => ({ trackIds: ids, port: ports[index]! }))
      const mixed = await playMix(beginSong(engineModule(), spec, MIB, shelf), parts, hooks(onProgress), signal)
      return mixed && finish(mixed, spec.sampleRate)
    },
    renderSong(spec, onProgress) {
      calls.alone++
      return finish(renderSong(engineModule(), spec, MIB, hooks(onProgress), shelf), spec.sampleRate)
    },
  }
}

/** The song by so many engines. `change`: what one of them does otherwise, by its place. */
export async function together(
  spec: SongSpec,
  engines: number,
  {
    shelf,
    change = (worker) => worker,
    ...options
  }: Partial<TogetherOptions> & { shelf?: AssetShelf; change?: (worker: Together, index: number) => Together } = {},
): Promise<Rendered & { calls: TogetherCalls }> {
  const calls: TogetherCalls = { handed: [], alone: 0 }
  const workers = Array.from({ length: engines }, (_, index) => {
    const worker = change(inNode(calls, shelf), index)
    return (_song: Song) => Promise.resolve(worker)
  })
  const rendered = await renderTogether(workers, spec, { onProgress: null, signal: null, ...options })
  return { ...rendered, calls }
}
