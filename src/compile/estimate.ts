// What devices and tracks cost by the tables that the bench calibrates, without compiling them (any thread; pure).
import type { Device, Patch } from '../presets/model.ts'
import { padUnits } from '../presets/pads.ts'
import { effectSpec, unitSpec } from '../presets/spec.ts'
import type { Track } from './song.ts'
import { flattenClips } from './songTables.ts'
import { trackSound } from './trackSound.ts'

export const effectNs = ({ type }: Pick<Device, 'type'>): number => effectSpec(type)?.costNs ?? 0

/** Nanoseconds of four voices for one micro-block; of a kit: its dearest pad, as one strike sounds one. */
export function patchNs(patch: Patch): number {
  const sum = (names: readonly string[]): number =>
    names.reduce((ns, name) => ns + (unitSpec(patch.units[name]!.type)?.costNs ?? 0), 0)
  return patch.pads ? Math.max(0, ...patch.pads.map((pad) => sum(padUnits(patch, pad)))) : sum(Object.keys(patch.units))
}

/** Chords and overlaps leave lanes of a group empty. */
const VOICES_OF_GROUP = 2
/** A voice sounds on after its note. */
const RELEASE_TICKS = 4096

/** Nanoseconds of a track for one micro-block, the mean over `ticks` of its song. */
export function trackNs(track: Pick<Track, 'devices' | 'clips'>, ticks: number): number {
  const { instrument, effects } = trackSound(track)
  const chain = effects.reduce((ns, effect) => ns + effectNs(effect), 0)
  if (!instrument) return chain
  const notes = flattenClips(track.clips).filter(({ kind }) => kind === 'note')
  const sounding = notes.reduce((sum, { length }) => sum + length + RELEASE_TICKS, 0) / Math.max(1, ticks)
  return chain + (patchNs(instrument.patch) * Math.min(sounding, instrument.patch.voices.max)) / VOICES_OF_GROUP
}
