// The sound of a track: its instrument and its effects as a program (any thread; pure).
import type { Patch } from '../presets/model.ts'
import { enums } from '../generated/wire.ts'
import { PLAYBACK } from './frozen.ts'
import type { ChainInput, PlacedDevice, ProgramInput } from './program.ts'
import type { Return, Track, TrackDevice } from './song.ts'

/** A device as the engine runs it. */
export type ChainDevice = TrackDevice & PlacedDevice

/** Racks laid out: the effects of each branch, its end, and after the last one the rack itself. */
export function layOut(devices: readonly TrackDevice[]): readonly ChainDevice[] {
  return devices.flatMap((device): readonly ChainDevice[] => {
    const { branches = [], ...rack } = device
    if (branches.length === 0) return [device]
    const { opens, endsBranch, closes } = enums.rackPlace
    const inside = branches.flatMap(({ id, values, devices: own }): ChainDevice[] => [
      ...own,
      { id, kind: 'effect', type: 'branch', values, bypass: false, place: endsBranch },
    ])
    const [first, ...rest] = inside
    return [{ ...first!, place: (first!.place ?? 0) | opens }, ...rest, { ...rack, place: closes }]
  })
}

/** An instrument that carries its patch. */
export type Instrument = TrackDevice & { readonly patch: Patch }

export interface TrackSound {
  readonly instrument: Instrument | null
  /** In chain order, racks laid out. */
  readonly effects: readonly ChainDevice[]
}

export function trackSound({ devices }: Pick<Track, 'devices'>): TrackSound {
  const [first] = devices
  const instrument = first?.kind === 'instrument' && first.patch ? { ...first, patch: first.patch } : null
  return { instrument, effects: layOut(devices.filter(({ kind }) => kind === 'effect')) }
}

/** What the compiler takes; null for a track without an instrument: nothing sounds there. */
export function trackProgram(track: Pick<Track, 'devices'>): ProgramInput | null {
  const { instrument, effects } = trackSound(track)
  if (!instrument) return null
  return { patch: instrument.patch, values: instrument.values, effects, gainDb: instrument.gainDb ?? 0 }
}

/** The effects of a group or return; null: it has none. */
export function chainProgram({ devices }: Pick<Track | Return, 'devices'>): ChainInput | null {
  const { effects } = trackSound({ devices })
  return effects.length > 0 ? { patch: null, values: {}, effects, gainDb: 0 } : null
}

/** Effects alone: a group, or a track that plays a recording of itself. */
export const isChain = ({ kind, devices }: Pick<Track, 'kind' | 'devices'>): boolean =>
  kind === 'group' || devices[0]?.type === PLAYBACK

/** What plays on the strip of a track. */
export const stripProgram = (track: Pick<Track, 'kind' | 'devices'>): ProgramInput | ChainInput | null =>
  isChain(track) ? chainProgram(track) : trackProgram(track)
