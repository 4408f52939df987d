// Finds the parts of a song by id; what is not there is an unknown-id that names the argument (main thread).
import type { Clip, Lane, Return, Track, TrackDevice } from '../../compile/song.ts'
import { SoundloomError } from '../../params/error.ts'
import type { Project } from '../document.ts'

/** A part and where it is: indices are paths into the document. */
export interface Found<Part> {
  readonly part: Part
  readonly index: number
}
export interface FoundInTrack<Part> extends Found<Part> {
  readonly track: Track
  readonly trackIndex: number
}

/** The document's name for its last strip. */
export const MASTER_ID = 'master'

const unknown = (what: string, field: string, value: string): never => {
  throw new SoundloomError('unknown-id', `There is no ${what} "${value}".`, { field, value })
}

const among = <Part extends { readonly id: string }>(
  parts: readonly Part[],
  partId: string,
  what: string,
  field: string,
): Found<Part> => {
  const index = parts.findIndex(({ id }) => id === partId)
  return index < 0 ? unknown(what, field, partId) : { part: parts[index]!, index }
}

export const findTrack = (project: Project, trackId: string, field = 'trackId'): Found<Track> =>
  among(project.tracks, trackId, 'track', field)

export const findReturn = (project: Project, returnId: string, field = 'returnId'): Found<Return> =>
  among(project.returns, returnId, 'return', field)

/** A track or a return. */
export type FoundStrip = ({ readonly list: 'tracks' } & Found<Track>) | ({ readonly list: 'returns' } & Found<Return>)

export function findStrip(project: Project, stripId: string): FoundStrip {
  const index = project.returns.findIndex(({ id }) => id === stripId)
  return index < 0
    ? { list: 'tracks', ...findTrack(project, stripId) }
    : { list: 'returns', part: project.returns[index]!, index }
}

function inTracks<Part extends { readonly id: string }>(
  project: Project,
  parts: (track: Track) => readonly Part[],
  partId: string,
  what: string,
  field: string,
): FoundInTrack<Part> {
  for (const [trackIndex, track] of project.tracks.entries()) {
    const index = parts(track).findIndex(({ id }) => id === partId)
    if (index >= 0) return { part: parts(track)[index]!, index, track, trackIndex }
  }
  return unknown(what, field, partId)
}

export const findClip = (project: Project, clipId: string): FoundInTrack<Clip> =>
  inTracks(project, ({ clips }) => clips, clipId, 'clip', 'clipId')

export const findLane = (project: Project, laneId: string): FoundInTrack<Lane> =>
  inTracks(project, ({ automation }) => automation, laneId, 'automation lane', 'laneId')

export const findDevice = (strip: { readonly devices: readonly TrackDevice[] }, deviceId: string): Found<TrackDevice> =>
  among(strip.devices, deviceId, 'device', 'deviceId')

export const findMarker = (project: Project, markerId: string): Found<Project['markers'][number]> =>
  among(project.markers, markerId, 'marker', 'markerId')

/** Indices of all named parts; throws for the first that is not there. */
export function indicesOf(parts: readonly { readonly id: string }[], ids: readonly string[], field: string): number[] {
  const at = new Map(parts.map(({ id }, index) => [id, index]))
  return [...new Set(ids)].map((id) => at.get(id) ?? unknown(field.replace(/Ids$/, ''), field, id))
}
