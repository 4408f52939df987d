// A chain of devices as the panel shows and turns it: the sound on the audition strip, or a track's (main thread).
import { createContext, useContext } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { Patch, PlainValue, Preset } from '../../../presets/model.ts'
import type { Project } from '../../../project/document.ts'
import { branchDevice } from '../../../project/song/racks.ts'
import type { AuditionView, Run, SoundsView } from '../../ports.ts'
import { effectIndex, type Sound } from './values.ts'

type Track = Project['tracks'][number]
type Return = Project['returns'][number]
type TrackDevice = Track['devices'][number]

export interface RackView extends Sound {
  /** The same sound as the library holds it: what "own" values are. */
  readonly original: (NonNullable<Sound['preset']> & Partial<Pick<Preset, 'ranges' | 'source'>>) | null
  readonly originalPatch: Patch | null
}

export interface Rack {
  readonly store: Pick<StoreApi<RackView>, 'getState' | 'getInitialState' | 'subscribe'>
  /** Keys as in presets: `unit.param`, `fx1.param`. */
  readonly setValue: (key: string, value: PlainValue, gesture?: string) => void
  readonly setBypass: (deviceId: string, bypass: boolean) => void
  /** Gives a device the recording that it reads, null its default; `deviceId` null: the unit of the instrument. */
  readonly setAsset: (deviceId: string | null, unit: string | null, asset: string | null) => void
  /** What changes the chain; null: its effects are fixed. */
  readonly edit: RackEdit | null
}

export interface RackEdit {
  /** The track or return. */
  readonly stripId: string
  readonly add: (type: string) => void
  /** Null: here no rack can stand. */
  readonly addRack: (() => void) | null
  readonly remove: (deviceId: string) => void
  /** To a place among the effects, counted from 0. */
  readonly move: (deviceId: string, index: number) => void
}

export const RackContext = createContext<Rack | null>(null)

export function useRack(): Rack {
  const rack = useContext(RackContext)
  if (!rack) throw new Error('useRack: no RackContext above this component')
  return rack
}

export const auditionRack = (audition: StoreApi<AuditionView>, run: Run): Rack => ({
  store: audition,
  setValue: (key, value, gesture) => void run('audition.setValue', { key, value }, { gesture }),
  setBypass: (device, bypass) => void run('audition.setBypass', { device, bypass }),
  setAsset: (device, unit, asset) =>
    void run('audition.setAsset', { ...(device !== null && { device }), ...(unit !== null && { unit }), asset }),
  edit: null,
})

/** A track or a return; undefined: the song has none of this id. */
export const findStrip = ({ tracks, returns }: Project, stripId: string | null): Track | Return | undefined =>
  tracks.find(({ id }) => id === stripId) ?? returns.find(({ id }) => id === stripId)

export const instrumentOf = ({ devices }: Track | Return): TrackDevice | undefined =>
  devices[0]?.kind === 'instrument' ? devices[0] : undefined

export const effectsOf = (strip: Track | Return): readonly TrackDevice[] =>
  instrumentOf(strip) ? strip.devices.slice(1) : strip.devices

/** The devices of a track or return. It keeps its last state when the strip goes, until the panel has changed over. */
export function stripRack(project: StoreApi<Project>, sounds: StoreApi<SoundsView>, run: Run, stripId: string): Rack {
  let strip: Track | Return | undefined
  let view: RackView = { preset: null, patch: null, original: null, originalPatch: null }
  const getState = (): RackView => {
    const now = findStrip(project.getState(), stripId)
    if (now && now.devices !== strip?.devices) view = viewOf(now, sounds.getState().presets)
    strip = now ?? strip
    return view
  }
  const effectId = (at: number): string => effectsOf(strip!)[at]!.id
  return {
    store: {
      getState,
      getInitialState: getState,
      subscribe: (listener) => project.subscribe(() => listener(getState(), view)),
    },
    setValue: (key, value, gesture) => {
      if (getState().preset === null) return
      const dot = key.indexOf('.')
      const effect = effectIndex(key.slice(0, dot))
      const device =
        effect === null
          ? { deviceId: instrumentOf(strip!)!.id, key }
          : { deviceId: effectId(effect), key: key.slice(dot + 1) }
      void run('device.setValue', { trackId: stripId, ...device, value }, { gesture })
    },
    setBypass: (deviceId, bypass) => void run('device.setBypass', { trackId: stripId, deviceId, bypass }),
    setAsset: (deviceId, unit, asset) => {
      const id = deviceId ?? instrumentOf(strip!)?.id
      if (id !== undefined)
        void run('device.setAsset', { trackId: stripId, deviceId: id, ...(unit !== null && { unit }), asset })
    },
    edit: {
      stripId,
      add: (type) => void run('device.add', { trackId: stripId, type }),
      addRack: () => void run('rack.add', { trackId: stripId }),
      remove: (deviceId) => void run('device.remove', { trackId: stripId, deviceId }),
      move: (deviceId, index) => void run('device.move', { trackId: stripId, deviceId, index }),
    },
  }
}

const NO_BRANCHES: NonNullable<TrackDevice['branches']> = []

export const branchesOf = (project: Project, stripId: string, rackId: string): typeof NO_BRANCHES =>
  findStrip(project, stripId)?.devices.find(({ id }) => id === rackId)?.branches ?? NO_BRANCHES

/** One branch as a chain: its effects, and its end as the last of them. */
export function branchRack(project: StoreApi<Project>, run: Run, stripId: string, branchId: string): Rack {
  const find = () =>
    findStrip(project.getState(), stripId)
      ?.devices.flatMap(({ branches = NO_BRANCHES }) => branches)
      .find(({ id }) => id === branchId)
  let branch = find()
  let view: RackView = { preset: null, patch: null, original: null, originalPatch: null }
  const getState = (): RackView => {
    const now = find() ?? branch
    if (now && (now !== branch || view.preset === null)) {
      const effects = [...now.devices, branchDevice(now)]
      const own = effects.map((device) => ({ ...device, values: {} }))
      view = { ...view, preset: { values: {}, effects }, original: { values: {}, effects: own } }
    }
    branch = now
    return view
  }
  return {
    store: {
      getState,
      getInitialState: getState,
      subscribe: (listener) => project.subscribe(() => listener(getState(), view)),
    },
    setValue: (key, value, gesture) => {
      const dot = key.indexOf('.')
      const deviceId = getState().preset?.effects[effectIndex(key.slice(0, dot)) ?? 0]?.id
      if (deviceId !== undefined)
        void run('device.setValue', { trackId: stripId, deviceId, key: key.slice(dot + 1), value }, { gesture })
    },
    setBypass: (deviceId, bypass) => void run('device.setBypass', { trackId: stripId, deviceId, bypass }),
    setAsset: (deviceId, _unit, asset) => {
      if (deviceId !== null) void run('device.setAsset', { trackId: stripId, deviceId, asset })
    },
    edit: {
      stripId,
      add: (type) => void run('device.add', { trackId: stripId, type, branchId }),
      addRack: null,
      remove: (deviceId) => void run('device.remove', { trackId: stripId, deviceId }),
      move: (deviceId, index) => void run('device.move', { trackId: stripId, deviceId, index }),
    },
  }
}

function viewOf(strip: Track | Return, presets: readonly Preset[]): RackView {
  const instrument = instrumentOf(strip)
  const effects = effectsOf(strip)
  const patch = instrument?.patch ?? null
  const loaded = instrument && presets.find(({ id }) => id === instrument.presetId)
  // An effect that came with the sound has its own values there, as long as the chain begins as it did.
  const came = loaded?.effects ?? []
  const own = effects.map((device, at) => {
    const from = came[at]
    return from?.type === device.type ? from : { ...device, values: {} }
  })
  return {
    preset: { values: instrument?.values ?? {}, effects },
    patch,
    original: { values: loaded?.values ?? {}, effects: own, ...(loaded && { ranges: loaded.ranges }) },
    originalPatch: patch,
  }
}
