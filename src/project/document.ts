// The project document: what is saved, opened and undone (any thread; edited on main only).
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

export interface Project {
  readonly version: 1
  /** Random, 12 characters. */
  readonly id: string
  readonly name: string
  /** Seeds every random process of the engine. */
  readonly seed: number
  /** Hz. The AudioContext is created with it. */
  readonly sampleRate: SampleRate
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

export function newProject(id: string = newId()): Project {
  return {
    version: 1,
    id,
    name: 'Untitled project',
    seed: 0,
    sampleRate: 48_000,
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
  if (!isRecord(stored) || stored.version !== 1 || !isRecord(stored.master)) return null
  const { id, name, seed, sampleRate, master } = stored
  if (typeof id !== 'string' || typeof name !== 'string' || !Number.isInteger(seed)) return null
  if (!SAMPLE_RATES.includes(sampleRate as SampleRate)) return null
  const { gainDb, mute, limiter } = master
  if (typeof gainDb !== 'number' || !Number.isFinite(gainDb) || typeof mute !== 'boolean' || !isDevice(limiter)) {
    return null
  }
  return stored as unknown as Project
}
