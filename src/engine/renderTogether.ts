// One song rendered by several workers at once (main thread): who plays what, and that all end when one does.
import { partOf, splitSong } from '../compile/split.ts'
import { SoundloomError } from '../params/error.ts'
import type { RenderApi, Rendered, SongSpec } from '../workers/render/protocol.ts'
import { moving } from '../workers/rpc.ts'

/** What is asked of a render worker. */
export type Together = Pick<RenderApi, 'playPart' | 'mixSong' | 'renderSong'>

export interface TogetherOptions {
  readonly onProgress: ((share: number) => void) | null
  readonly signal: AbortSignal | null
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof SoundloomError && error.code === 'limit-exceeded' && error.field === 'memory'

/** The same samples for any number of `workers`, each given once it holds what a song needs. The first mixes. Rejects as `renderSong`. */
export async function renderTogether(
  workers: readonly ((song: SongSpec['song']) => Promise<Together>)[],
  spec: SongSpec,
  { onProgress, signal }: TogetherOptions,
): Promise<Rendered> {
  const [mixer] = workers
  const alone = async (): Promise<Rendered> => (await mixer!(spec.song)).renderSong(spec, onProgress, signal)
  const { parts } = splitSong(spec.song, workers.length)
  if (parts.length === 0) return alone()

  const ending = new AbortController()
  const end = (): void => ending.abort()
  if (signal?.aborted) end()
  signal?.addEventListener('abort', end, { once: true })
  const { song, seed, sampleRate, fromTick } = spec
  const channels = parts.map(() => new MessageChannel())
  try {
    const playing = parts.map(async (trackIds, index) => {
      const part = partOf(song, trackIds)
      const port = channels[index]!.port1
      const worker = await workers[index + 1]!(part)
      await worker.playPart({ song: part, trackIds, seed, sampleRate, fromTick }, moving(port, [port]), ending.signal)
    })
    const ports = channels.map(({ port2 }) => port2)
    const mixing = mixer!(song).then((worker) =>
      worker.mixSong(spec, parts, moving(ports, ports), onProgress, ending.signal),
    )
    const [mixed] = await Promise.all([mixing, ...playing])
    return mixed ?? (await alone())
  } catch (error) {
    end()
    // Several engines need more memory than one.
    if (isOutOfMemory(error) && !signal?.aborted) return await alone()
    throw error
  } finally {
    end()
    signal?.removeEventListener('abort', end)
  }
}
