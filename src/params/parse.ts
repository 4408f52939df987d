// Typed text -> plain value: "1.2k", "-6", "600ms", "C#4", "34%", an option's label (any thread). The only copy.
import { clampPlain } from './map.ts'
import type { Plain, Scale, UnitName } from './scale.ts'

/** Written unit (lower case) -> factor to the plain unit. */
const FACTORS: Partial<Record<UnitName, Readonly<Record<string, number>>>> = {
  hertz: { hz: 1, hertz: 1, k: 1e3, khz: 1e3, kilohertz: 1e3 },
  seconds: { s: 1, sec: 1, second: 1, seconds: 1, ms: 1e-3, milliseconds: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, min: 60 },
  decibels: { db: 1, decibels: 1 },
  fraction: { '%': 0.01, percent: 0.01 },
  ratio: { x: 1, '×': 1, times: 1 },
  cents: { ct: 1, c: 1, cent: 1, cents: 1, st: 100, semitone: 100, semitones: 100 },
  semitones: {
    st: 1,
    semi: 1,
    semitone: 1,
    semitones: 1,
    ct: 0.01,
    cent: 0.01,
    cents: 0.01,
    oct: 12,
    octave: 12,
    octaves: 12,
  },
  octaves: { oct: 1, octave: 1, octaves: 1, st: 1 / 12, semitones: 1 / 12 },
  degrees: { '°': 1, deg: 1, degree: 1, degrees: 1 },
  perSecond: { '/s': 1, hz: 1 },
  count: {},
  none: { '%': 0.01 },
}

/** What a bare number means: the unit that the read-out shows. */
const BARE: Partial<Record<UnitName, number>> = { fraction: 0.01 }

const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:e([+-]?\d{1,3}))?/
const SEMITONE_OF = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 } as const
const NOTE = /^([a-g])([#♯b♭]?)(-?\d)$/

/** "C#4" -> Hz in equal temperament, A4 = 440 Hz, C4 = note 60. */
function noteHz(text: string): number | null {
  const match = NOTE.exec(text)
  if (!match) return null
  const [, letter, accidental, octave] = match
  const shift = accidental === '' ? 0 : accidental === '#' || accidental === '♯' ? 1 : -1
  const note = 12 * (Number(octave) + 1) + SEMITONE_OF[letter as keyof typeof SEMITONE_OF] + shift
  return 440 * 2 ** ((note - 69) / 12)
}

const TRUE_WORDS = new Set(['on', 'yes', 'true', '1'])
const FALSE_WORDS = new Set(['off', 'no', 'false', '0'])

function parseNamed(scale: Scale, text: string): Plain | null {
  if (scale.curve === 'toggle') return TRUE_WORDS.has(text) ? 1 : FALSE_WORDS.has(text) ? 0 : null
  const options = scale.options ?? []
  const same = options.find(({ id, label }) => label.toLowerCase() === text || id.toLowerCase() === text)
  if (same) return same.id
  const starting = options.filter(({ label }) => label.toLowerCase().startsWith(text))
  return starting.length === 1 ? starting[0]!.id : null
}

/** A bare number outside the range is read in the other usual unit when that fits: 5 -> 5 kHz, 600 -> 600 ms. */
function bareFactor(scale: Scale, value: number, current: Plain | undefined): number {
  const inRange = (plain: number): boolean => plain >= scale.min && plain <= scale.max
  if (scale.unit === 'hertz' && !inRange(value) && value < scale.min && inRange(value * 1e3)) return 1e3
  if (scale.unit === 'seconds') {
    const showsMilliseconds = typeof current === 'number' && current < 0.9995
    if (showsMilliseconds && inRange(value * 1e-3)) return 1e-3
    if (value > scale.max && inRange(value * 1e-3)) return 1e-3
  }
  return BARE[scale.unit] ?? 1
}

/**
 * The plain value that typed text means, moved into the parameter's range; null where it is not understood.
 * `current` is the value that the read-out shows: a bare "700" beside "600 ms" means milliseconds.
 */
export function parseValue(scale: Scale, typed: string, current?: Plain): Plain | null {
  const text = typed
    .trim()
    .toLowerCase()
    .slice(0, 64)
    .replace(/[\u2212\u2013]/g, '-')
    .replace(',', '.')
  if (text === '') return null
  if (scale.curve === 'option' || scale.curve === 'toggle') return parseNamed(scale, text)
  if (scale.unit === 'hertz') {
    const hz = noteHz(text)
    if (hz !== null) return clampPlain(scale, hz)
  }
  const infinite = /^([+-]?)(?:inf|infinity|∞)(?:\s*db)?$/.exec(text)
  if (infinite) return infinite[1] === '-' ? scale.min : scale.max
  const match = NUMBER.exec(text)
  if (!match) return null
  const value = Number(match[0])
  const unit = text.slice(match[0].length).trim()
  const factor = unit === '' ? bareFactor(scale, value, current) : FACTORS[scale.unit]?.[unit]
  if (factor === undefined || !Number.isFinite(value)) return null
  return clampPlain(scale, value * factor)
}
