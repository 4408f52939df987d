// What the user calls a device that the engine knows by strip and index (main thread).
import { EFFECTS } from '../generated/effects.ts'
import { constants } from '../generated/wire.ts'
import type { Device } from '../presets/model.ts'
import type { Project } from '../project/document.ts'
import { everyDevice } from '../project/song/racks.ts'

export interface DeviceName {
  readonly track: string
  readonly device: string
}

const AUDITION = 0
const labels = new Map(EFFECTS.map(({ id, label }) => [id, label]))

/** `device` 0 is the instrument, 1.. the effects. What is gone meanwhile keeps its place as a number. */
export function deviceName(
  project: Pick<Project, 'tracks' | 'returns'>,
  audition: { readonly name: string; readonly effects: readonly Device[] } | null,
  stripOf: (id: string) => number | null,
  strip: number,
  device: number,
): DeviceName {
  if (strip === constants.strips) return { track: 'Main', device: labels.get('limiter')! }
  if (strip === AUDITION)
    return { track: 'Sound browser', device: nameIn(audition?.name, audition?.effects ?? [], device) }
  const owner = [...project.tracks, ...project.returns].find(({ id }) => stripOf(id) === strip)
  if (!owner) return { track: `Strip ${strip}`, device: nameIn(undefined, [], device) }
  const devices: Project['tracks'][number]['devices'] = owner.devices
  const instrument = devices.find(({ kind }) => kind === 'instrument')
  return {
    track: owner.name,
    device: nameIn(
      instrument?.name,
      everyDevice(devices).filter(({ kind }) => kind === 'effect'),
      device,
    ),
  }
}

function nameIn(instrument: string | undefined, effects: readonly Device[], device: number): string {
  if (device === 0) return instrument ?? 'Instrument'
  const type = effects[device - 1]?.type
  return (type !== undefined && labels.get(type)) || `Effect ${device}`
}
