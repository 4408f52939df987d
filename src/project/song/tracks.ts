// New tracks, returns and copies of them; sounds as devices (main thread).
import type { Clip, Colour, Lane, Return, Track, TrackDevice } from '../../compile/song.ts'
import type { Patch, Preset } from '../../presets/model.ts'
import { newId } from '../document.ts'
import { copyDevices } from './racks.ts'

const LEVEL = { gainDb: 0, pan: 0, mute: false } as const

export const newTrack = (name: string, colour: Colour, devices: readonly TrackDevice[] = []): Track => ({
  id: newId(),
  kind: 'instrument',
  name,
  colour,
  devices,
  sends: [],
  clips: [],
  automation: [],
  ...LEVEL,
  solo: false,
})

/** `output`: the group that it is in. */
export const newGroup = (name: string, colour: Colour, output?: string): Track => ({
  ...newTrack(name, colour),
  kind: 'group',
  ...(output === undefined ? {} : { output }),
})

export const newReturn = (name: string): Return => ({ id: newId(), name, devices: [], ...LEVEL })

export const newEffect = (type: string): TrackDevice => ({
  id: newId(),
  kind: 'effect',
  type,
  values: {},
  bypass: false,
})

/** A copy of a sound as the devices of a track: its instrument, patch included, then its effects. `gainDb` levels it with others. */
export function soundDevices(preset: Preset, patch: Patch, gainDb: number): TrackDevice[] {
  const { id: presetId, name, values, effects } = structuredClone(preset)
  const type = typeof preset.patch === 'string' ? preset.patch : presetId
  const instrument: TrackDevice = {
    id: newId(),
    kind: 'instrument',
    type,
    values,
    bypass: false,
    presetId,
    name,
    patch: structuredClone(patch),
    gainDb,
  }
  return [instrument, ...effects.map((effect) => ({ ...effect, id: newId() }))]
}

/** The device that a lane's target names; null for the strip's own targets. */
export const targetDevice = (target: string): string | null => {
  const dot = target.indexOf('.')
  return dot < 0 || target.startsWith('send:') ? null : target.slice(0, dot)
}

/** Ids of notes and points are unique within their clip or lane, so copies keep them. */
export const copyClip = (clip: Clip, startTick: number): Clip => ({ ...structuredClone(clip), id: newId(), startTick })

/** The same track under new ids; its lanes move its own devices. */
export function copyTrack(track: Track, name: string): Track {
  // The copy plays live: its recording is of devices that it does not have.
  const { frozen: _, ...copy } = structuredClone(track)
  const ids = new Map<string, string>()
  const devices = copyDevices(copy.devices, ids)
  const lanes = copy.automation.map((lane): Lane => {
    const device = targetDevice(lane.target)
    const target = device === null ? lane.target : `${ids.get(device)!}${lane.target.slice(device.length)}`
    return { ...lane, id: newId(), target }
  })
  return {
    ...copy,
    id: newId(),
    name,
    devices,
    clips: copy.clips.map((clip) => ({ ...clip, id: newId() })),
    automation: lanes,
  }
}
