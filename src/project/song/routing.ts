// What plays into what: groups, outputs, side inputs and feedback of the document (main thread).
import type { Draft } from 'mutative'
import { findCircle } from '../../compile/routing.ts'
import type { Track, TrackDevice } from '../../compile/song.ts'
import { SoundloomError } from '../../params/error.ts'
import type { Project } from '../document.ts'
import { chainsOf } from './racks.ts'

/** The arguments' name for what follows all tracks. */
export const MASTER_OUTPUT = 'master'

/** Throws `conflict`, with the names along the way, when signals would run in a circle. */
export function checkCircle(project: Pick<Project, 'tracks' | 'returns'>, field: string): void {
  const circle = findCircle(project)
  if (!circle) return
  throw new SoundloomError('conflict', `The sound would run in a circle: ${circle.join(' → ')}.`, {
    field,
    value: circle.join(' → '),
    hint: 'Take one of these connections away, or make it a feedback send.',
  })
}

/** Throws where a track is a group, which has neither an instrument nor clips. */
export function refuseGroup({ id, kind, name }: Track, what: string, field = 'trackId'): void {
  if (kind !== 'group') return
  throw new SoundloomError('invalid-argument', `“${name}” is a group: it cannot have ${what}.`, {
    field,
    value: id,
    hint: 'Choose a track that plays into it.',
  })
}

/** Tracks that play into a group, directly or through other groups, in the order of the song. */
export function tracksOf({ tracks }: Pick<Project, 'tracks'>, groupId: string): Track[] {
  const inside = new Set([groupId])
  for (let before = 0; before !== inside.size;) {
    before = inside.size
    for (const { id, output } of tracks) if (output !== undefined && inside.has(output)) inside.add(id)
  }
  inside.delete(groupId)
  return tracks.filter(({ id }) => inside.has(id))
}

/** How many groups a track plays through. */
export function depthOf(tracks: readonly Track[], track: Track): number {
  let depth = 0
  for (let at: Track | undefined = track; at?.output !== undefined && depth < tracks.length; depth++) {
    const { output }: Track = at
    at = tracks.find(({ id }) => id === output)
  }
  return depth
}

const listensTo =
  (ids: ReadonlySet<string>) =>
  ({ sidechain }: Pick<TrackDevice, 'sidechain'>): boolean =>
    sidechain !== undefined && ids.has(sidechain.source)

/** Takes away what names strips that go: outputs lead where `output` says, effects listen to themselves again. */
export function forgetStrips(project: Draft<Project>, gone: readonly string[], output?: string): void {
  const ids = new Set(gone)
  for (const track of project.tracks) {
    if (track.output === undefined || !ids.has(track.output)) continue
    if (output === undefined) delete track.output
    else track.output = output
  }
  for (const strip of [...project.tracks, ...project.returns])
    for (const { devices, of } of chainsOf(strip.devices))
      devices.forEach((device, index) => {
        if (listensTo(ids)(device)) delete of(strip.devices)[index]!.sidechain
      })
}
