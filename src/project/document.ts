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
  readonly version: 2
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

export const MASTER_GAIN_DB = { min: -60, max: 6 } as const
export const NAME_LENGTH = 200

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A random document id of 12 characters (about 62 bits). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('')
}

const EMPTY_SONG = {
  tempoMap: [{ tick: 0, bpm: 120, ramp: false }],
  signatures: [{ tick: 0, numerator: 4, denominator: 4 }],
  loop: { startTick: 0, endTick: 16 * TICKS_PER_BEAT, enabled: false },
  key: { tonic: 0, scale: 'major' },
  markers: [],
  tracks: [],
  returns: [],
} as const

export function newProject(id: string = newId()): Project {
  return {
    version: 2,
    id,
    name: 'Untitled project',
    seed: 0,
    sampleRate: 48_000,
    ...EMPTY_SONG,
    master: {
      gainDb: 0,
      mute: false,
      limiter: { id: 'limiter', kind: 'effect', type: 'limiter', values: {}, bypass: false },
    },
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isPlainValues = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((v) => typeof v === 'string' || Number.isFinite(v))

const isDevice = (value: unknown): value is Device =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  (value.kind === 'effect' || value.kind === 'instrument') &&
  typeof value.type === 'string' &&
  typeof value.bypass === 'boolean' &&
  isPlainValues(value.values)

/** A stored document as a Project, or null where it is not one that this version understands. */
export function readProject(stored: unknown): Project | null {
  if (!isRecord(stored) || !isRecord(stored.master)) return null
  // Version 1 had no song.
  if (stored.version === 1) return readProject({ ...EMPTY_SONG, ...stored, version: 2 })
  if (stored.version !== 2 || !Array.isArray(stored.tracks) || !Array.isArray(stored.returns)) return null
  const { id, name, seed, sampleRate, master } = stored
  if (typeof id !== 'string' || typeof name !== 'string' || !Number.isInteger(seed)) return null
  if (!SAMPLE_RATES.includes(sampleRate as SampleRate)) return null
  const { gainDb, mute, limiter } = master
  if (typeof gainDb !== 'number' || !Number.isFinite(gainDb) || typeof mute !== 'boolean' || !isDevice(limiter)) {
    return null
  }
  return stored as unknown as Project
}
