// The keys that a project can be in, and their names (any thread). For display and for scripts; nothing is transposed.
import type { Key } from './document.ts'

/** From C upwards, each by its usual name. */
export const TONICS = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'] as const

export const SCALES = [
  'major',
  'minor',
  'dorian',
  'phrygian',
  'lydian',
  'mixolydian',
  'locrian',
  'harmonic minor',
  'melodic minor',
  'major pentatonic',
  'minor pentatonic',
  'blues',
  'chromatic',
] as const

/** `D dorian`. */
export const keyName = ({ tonic, scale }: Key): string => `${TONICS[tonic] ?? 'C'} ${scale}`
