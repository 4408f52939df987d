// What devices and tracks cost by the tables that the bench calibrates, without compiling them (any thread; pure).
import type { Device, Patch } from '../presets/model.ts'
import { padUnits } from '../presets/pads.ts'
import { effectSpec, unitSpec } from '../presets/spec.ts'
import { TICKS_PER_BEAT, type Track } from './song.ts'
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
/** A voice sounds on after its note, and effects after the voice; then they sleep. */
const RELEASE_TICKS = TICKS_PER_BEAT / 2
const TAIL_TICKS = 2 * TICKS_PER_BEAT

/** Nanoseconds of a track for one micro-block, the mean over `ticks` of its song. */
export function trackNs(track: Pick<Track, 'devices' | 'clips'>, ticks: number): number {
  const { instrument, effects } = trackSound(track)
  const chain = effects.reduce((ns, effect) => ns + effectNs(effect), 0)
  if (!instrument || ticks <= 0) return chain
  let voices = 0
  let awake = 0
  let until = 0
  for (const { kind, tick, length } of flattenClips(track.clips)) {
    if (kind !== 'note') continue
    voices += length + RELEASE_TICKS
    const end = tick + length + TAIL_TICKS
    awake += Math.max(0, end - Math.max(tick, until))
    until = Math.max(until, end)
  }
  const groups = Math.min(voices / ticks, instrument.patch.voices.max) / VOICES_OF_GROUP
  return chain * Math.min(1, awake / ticks) + patchNs(instrument.patch) * groups
}
