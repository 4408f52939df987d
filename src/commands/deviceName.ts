// What the user calls a device that the engine knows by strip and index (main thread).
import { EFFECTS } from '../generated/effects.ts'
import { constants } from '../generated/wire.ts'
import type { Device } from '../presets/model.ts'
import type { Project } from '../project/document.ts'
import { everyDevice } from '../project/song/racks.ts'
import type { CommandContext } from './context.ts'
import { findSound } from './sounds.ts'

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
  return { track: owner.name, device: nameIn(instrument?.name, effectsIn(devices), device) }
}

type Devices = Project['tracks'][number]['devices']

/** As the engine counts them: racks laid out. */
const effectsIn = (devices: Devices): Devices => everyDevice(devices).filter(({ kind }) => kind === 'effect')

export interface DeviceNames {
  nameOf(strip: number, device: number): DeviceName
  /** Of an effect (from 1) of a track or return, null: of the audition strip. Null: the engine has it not. */
  placeOf(stripId: string | null, deviceId: string): { readonly strip: number; readonly effect: number } | null
}

/** For the open project and the sound that is listened to. */
export function deviceNames(
  { stores, library }: Pick<CommandContext, 'stores' | 'library'>,
  stripOf: (id: string) => number | null,
): DeviceNames {
  const auditioned = () => {
    const id = stores.session.getState().selectedPresetId
    return id === null ? null : (findSound(stores, library, id)?.preset ?? null)
  }
  return {
    nameOf: (strip, device) => deviceName(stores.project.getState(), auditioned(), stripOf, strip, device),
    placeOf(stripId, deviceId) {
      const strip = stripId === null ? AUDITION : stripOf(stripId)
      const { tracks, returns } = stores.project.getState()
      const owner = [...tracks, ...returns].find(({ id }) => id === stripId)
      const effects: readonly Device[] = owner ? effectsIn(owner.devices) : (auditioned()?.effects ?? [])
      const effect = effects.findIndex(({ id }) => id === deviceId) + 1
      return strip === null || effect === 0 ? null : { strip, effect }
    },
  }
}

function nameIn(instrument: string | undefined, effects: readonly Device[], device: number): string {
  if (device === 0) return instrument ?? 'Instrument'
  const type = effects[device - 1]?.type
  return (type !== undefined && labels.get(type)) || `Effect ${device}`
}
