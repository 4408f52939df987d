// Written quantities such as "600ms", "1.2 kHz", "12dB/oct", "80/s" to a number in the base unit (any thread). Linear time.

/** The kinds of quantity and their base units: s, Hz, semitones, dB, 0..1, a plain factor, 1/s, degrees, dB per octave, octaves. */
export type Quantity =
  'time' | 'frequency' | 'pitch' | 'level' | 'fraction' | 'ratio' | 'perSecond' | 'angle' | 'slope' | 'count'

type Scale = readonly [Quantity, number]

/** Unit word (lower case, no spaces) -> what it measures, in base units. A word may belong to several quantities. */
const UNITS: Readonly<Record<string, readonly Scale[]>> = {
  ms: [['time', 0.001]],
  msec: [['time', 0.001]],
  millisecond: [['time', 0.001]],
  milliseconds: [['time', 0.001]],
  us: [['time', 1e-6]],
  s: [['time', 1]],
  sec: [['time', 1]],
  secs: [['time', 1]],
  second: [['time', 1]],
  seconds: [['time', 1]],
  min: [['time', 60]],
  hz: [
    ['frequency', 1],
    ['perSecond', 1],
  ],
  hertz: [
    ['frequency', 1],
    ['perSecond', 1],
  ],
  khz: [
    ['frequency', 1000],
    ['perSecond', 1000],
  ],
  k: [['frequency', 1000]],
  '/s': [
    ['perSecond', 1],
    ['frequency', 1],
  ],
  '/sec': [
    ['perSecond', 1],
    ['frequency', 1],
  ],
  '/second': [
    ['perSecond', 1],
    ['frequency', 1],
  ],
  persecond: [
    ['perSecond', 1],
    ['frequency', 1],
  ],
  bpm: [
    ['frequency', 1 / 60],
    ['perSecond', 1 / 60],
  ],
  st: [['pitch', 1]],
  semi: [['pitch', 1]],
  semitone: [['pitch', 1]],
  semitones: [['pitch', 1]],
  c: [['pitch', 0.01]],
  ct: [['pitch', 0.01]],
  cent: [['pitch', 0.01]],
  cents: [['pitch', 0.01]],
  oct: [['pitch', 12]],
  octave: [['pitch', 12]],
  octaves: [['pitch', 12]],
  db: [
    ['level', 1],
    ['slope', 1],
  ],
  dbfs: [['level', 1]],
  'db/oct': [['slope', 1]],
  'db/octave': [['slope', 1]],
  pole: [['slope', 6]],
  poles: [['slope', 6]],
  '-pole': [['slope', 6]],
  '%': [
    ['fraction', 0.01],
    ['ratio', 0.01],
  ],
  percent: [
    ['fraction', 0.01],
    ['ratio', 0.01],
  ],
  x: [['ratio', 1]],
  '×': [['ratio', 1]],
  ':1': [['ratio', 1]],
  deg: [['angle', 1]],
  degrees: [['angle', 1]],
  '°': [['angle', 1]],
  voices: [['count', 1]],
}

/** Factor from a unit word to the base unit of `quantity`; null when the word does not measure it. */
export function unitFactor(word: string, quantity: Quantity): number | null {
  if (!Object.hasOwn(UNITS, word)) return null
  return UNITS[word]?.find((scale) => scale[0] === quantity)?.[1] ?? null
}

export type Written =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | null }
  /** A number with a unit of another quantity, or with an unknown one. */
  | { readonly kind: 'wrong-unit'; readonly unit: string }
  | { readonly kind: 'word' }

const MAX_LENGTH = 48
const NUMBER = /^([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?)(.*)$/

/** Reads a text as `quantity`; the value of a bare figure is not scaled, its unit is null. */
export function readWritten(text: string, quantity: Quantity): Written {
  if (text.length > MAX_LENGTH) return { kind: 'word' }
  const compact = text.trim().toLowerCase().replace(/\s+/g, '').replace('−', '-')
  const match = NUMBER.exec(compact)
  if (!match) return { kind: 'word' }
  const figure = Number(match[1])
  const unit = match[2] ?? ''
  if (unit === '') return { kind: 'number', value: figure, unit: null }
  const factor = unitFactor(unit, quantity)
  return factor === null ? { kind: 'wrong-unit', unit } : { kind: 'number', value: round(figure * factor), unit }
}

const NOTE = /^([0-9]{1,2})\/([0-9]{1,3})([dt.]?)$/

/** Beats of a note length such as "1/8", "1/4d" (dotted, also "1/4.") or "1/8t" (triplet); null: not a note length. */
export function noteBeats(text: string): number | null {
  const match = NOTE.exec(text.slice(0, MAX_LENGTH).trim().toLowerCase())
  const beats = match ? (4 * Number(match[1])) / Number(match[2]) : 0
  if (!match || !Number.isFinite(beats) || beats === 0) return null
  return round(beats * (match[3] === '' ? 1 : match[3] === 't' ? 2 / 3 : 1.5))
}

/** Hides the binary dust of a unit conversion (0.1 * 3): 12 significant figures. */
export function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value
}
