// Names for the parts of the document that the arrangement shows (any thread).
import type { Project } from '../../../project/document.ts'

export type Track = Project['tracks'][number]
export type Clip = Track['clips'][number]
export type Note = Clip['notes'][number]
export type Lane = Track['automation'][number]
export type Signatures = Project['signatures']
export type Loop = Project['loop']

/** A clip under the pointer: shown where it would land. */
export interface DraggedClip {
  readonly clip: Clip
  readonly startTick: number
  readonly trackId: string
}

/** Heard as it stands: neither muted nor left out while others are solo. */
export function soundingTracks(tracks: readonly Track[]): ReadonlySet<string> {
  const solo = tracks.some((track) => track.solo)
  return new Set(tracks.filter((track) => !track.mute && (!solo || track.solo)).map(({ id }) => id))
}
