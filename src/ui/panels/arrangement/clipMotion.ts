// Which clip an arrow key goes to (any thread). Clips of a track in the order of their starts.
import type { Clip, Track } from './model.ts'

interface Place {
  readonly track: Track
  readonly trackIndex: number
  readonly clips: readonly Clip[]
  readonly index: number
}

const inOrder = ({ clips }: Track): Clip[] => [...clips].sort((a, b) => a.startTick - b.startTick)

export function placeOfClip(tracks: readonly Track[], clipId: string): Place | null {
  const trackIndex = tracks.findIndex(({ clips }) => clips.some(({ id }) => id === clipId))
  const track = tracks[trackIndex]
  if (!track) return null
  const clips = inOrder(track)
  return { track, trackIndex, clips, index: clips.findIndex(({ id }) => id === clipId) }
}

/** Null: there is nothing that way, or the key goes nowhere. */
export function clipAfterKey(tracks: readonly Track[], clipId: string, key: string): Clip | null {
  const place = placeOfClip(tracks, clipId)
  if (!place) return null
  const { clips, index, trackIndex } = place
  switch (key) {
    case 'ArrowLeft':
      return clips[index - 1] ?? null
    case 'ArrowRight':
      return clips[index + 1] ?? null
    case 'Home':
      return clips[0]!
    case 'End':
      return clips.at(-1)!
    case 'ArrowUp':
      return nearest(tracks.slice(0, trackIndex).reverse(), clips[index]!)
    case 'ArrowDown':
      return nearest(tracks.slice(trackIndex + 1), clips[index]!)
    default:
      return null
  }
}

/** The clip that Tab reaches: of the current track where it has any; there the first that is preferred, or its first in time. */
export function clipTabStop(
  tracks: readonly Track[],
  trackId: string | null | undefined,
  preferred: readonly (string | null | undefined)[],
): string | null {
  const current = tracks.find(({ id, clips }) => id === trackId && clips.length > 0)
  const track = current ?? tracks.find(({ clips }) => clips.length > 0)
  if (!track) return null
  return preferred.find((id) => track.clips.some((clip) => clip.id === id)) ?? inOrder(track)[0]!.id
}

/** In the first track that has any: the clip whose start is nearest. */
function nearest(tracks: readonly Track[], { startTick }: Clip): Clip | null {
  const clips = tracks.find((track) => track.clips.length > 0)?.clips ?? []
  const distance = (clip: Clip): number => Math.abs(clip.startTick - startTick)
  return clips.reduce<Clip | null>((best, clip) => (best && distance(best) <= distance(clip) ? best : clip), null)
}
