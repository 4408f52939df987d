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
  const groups = groupsOf(tracks)
  const solo = tracks.some((track) => track.solo)
  /** A solo track is heard through its groups, a solo group with all that is in it. */
  const throughSolo = new Set(
    tracks.filter((track) => track.solo).flatMap(({ id }) => [id, ...groups(id).map((group) => group.id)]),
  )
  const heard = (track: Track): boolean =>
    !solo || throughSolo.has(track.id) || groups(track.id).some((group) => group.solo)
  const open = (track: Track): boolean => !track.mute && groups(track.id).every((group) => !group.mute)
  return new Set(tracks.filter((track) => open(track) && heard(track)).map(({ id }) => id))
}

/** The groups that a track plays through, the nearest first. */
export function groupsOf(tracks: readonly Track[]): (trackId: string) => readonly Track[] {
  const byId = new Map(tracks.map((track) => [track.id, track]))
  return (trackId) => {
    const groups: Track[] = []
    for (let at = byId.get(byId.get(trackId)?.output ?? ''); at && !groups.includes(at); at = byId.get(at.output ?? ''))
      groups.push(at)
    return groups
  }
}

/** Tracks that stand in no folded group. */
export function unfolded(tracks: readonly Track[], folded: readonly string[]): ReadonlySet<string> {
  const groups = groupsOf(tracks)
  return new Set(tracks.filter(({ id }) => !groups(id).some((group) => folded.includes(group.id))).map(({ id }) => id))
}
