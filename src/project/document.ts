// The project document: what is saved, opened and undone (any thread; edited on main only).
import { TICKS_PER_BEAT, type Song } from '../compile/song.ts'
import type { Device } from '../presets/model.ts'

export const SAMPLE_RATES = [44_100, 48_000, 96_000] as const
export type SampleRate = (typeof SAMPLE_RATES)[number]

/** Everything after the sum of all strips, in order: gain, mute, limiter. */
export interface Master {
  readonly gainDb: number
  readonly mute: boolean
  /** True-peak limiter; exported like any device. */
  readonly limiter: Device
}

export interface Marker {
  readonly id: string
  readonly tick: number
  readonly name: string
}

/** `tonic` 0 = C; both are for display. */
export interface Key {
  readonly tonic: number
  readonly scale: string
}

export interface Project extends Song {
  readonly version: typeof PROJECT_VERSION
  /** Random, 12 characters. */
  readonly id: string
  readonly name: string
  /** Seeds every random process of the engine. */
  readonly seed: number
  /** Hz. The AudioContext is created with it. */
  readonly sampleRate: SampleRate
  readonly key: Key
  readonly markers: readonly Marker[]
  readonly master: Master
}

/** Older ones are migrated when they are read. */
export const PROJECT_VERSION = 4

export const MASTER_GAIN_DB = { min: -60, max: 6 } as const
export const NAME_LENGTH = 200
/** Of a project that has no name yet. */
export const UNTITLED = 'Untitled project'

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A random document id of 12 characters (about 62 bits). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('')
}

export function newProject(id: string = newId()): Project {
  return {
    version: PROJECT_VERSION,
    id,
    name: UNTITLED,
    seed: 0,
    sampleRate: 48_000,
    tempoMap: [{ tick: 0, bpm: 120, ramp: false }],
    signatures: [{ tick: 0, numerator: 4, denominator: 4 }],
    loop: { startTick: 0, endTick: 16 * TICKS_PER_BEAT, enabled: false },
    key: { tonic: 0, scale: 'major' },
    markers: [],
    tracks: [],
    returns: [],
    master: {
      gainDb: 0,
      mute: false,
      limiter: { id: 'limiter', kind: 'effect', type: 'limiter', values: {}, bypass: false },
    },
  }
}
