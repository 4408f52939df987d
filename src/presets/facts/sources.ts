// What makes the sound, and by which method (any thread).
import type { SoundFact, SoundReading, UnitReading } from './reading.ts'

const NAMES: Readonly<Record<string, readonly string[]>> = {
  saw: ['saw'],
  square: ['square'],
  triangle: ['triangle'],
  sine: ['sine'],
  pulse: ['pulse'],
  supersaw: ['supersaw', 'unison'],
  unison: ['unison'],
  fm: ['fm synthesis'],
  additive: ['additive synthesis'],
  string: ['physical model', 'plucked string'],
  pluck: ['physical model', 'plucked string'],
  modal: ['physical model'],
  bow: ['physical model', 'bowed string'],
  wind: ['physical model'],
  fm6: ['fm synthesis'],
  wavetable: ['wavetable synthesis'],
  granular: ['granular synthesis'],
  white: ['noise'],
  pink: ['noise'],
}

const RICH: readonly string[] = ['saw', 'square', 'pulse', 'supersaw', 'white']
const FILTERED: readonly string[] = ['saw', 'square', 'pulse', 'supersaw', 'unison', 'triangle']
/** From here on FM has more than a few sidebands. */
const RICH_INDEX = 2
const BEATING_CENTS = 4

/** Has many harmonics of its own. */
export function isRich(unit: UnitReading): boolean {
  if (unit.type === 'fm') return unit.number('index') >= RICH_INDEX
  if (unit.type === 'unison') return RICH.includes(unit.word('wave'))
  return RICH.includes(unit.type)
}

/** Sines and triangles have little above their first harmonics, as long as nothing drives them. */
export function isPure({ units, effects }: SoundReading): boolean {
  const sources = units.filter(isSource)
  const driven = effects.some(({ type }) => type === 'distortion' || type === 'ringmod')
  return sources.length > 0 && !driven && sources.every(({ type }) => type === 'sine' || type === 'triangle')
}

const isSource = ({ type }: UnitReading): boolean => Object.hasOwn(NAMES, type)

export function sourceFacts({ units, effects }: SoundReading): SoundFact[] {
  const sources = units.filter(isSource)
  const facts = sources.flatMap(({ type }) => (NAMES[type] ?? []).map((phrase): SoundFact => ({ phrase })))
  const filtered = units.some(({ type }) => type === 'svf' || type === 'ladder')
  if (filtered && sources.some(({ type }) => FILTERED.includes(type))) facts.push({ phrase: 'subtractive synthesis' })
  const fine = sources.filter(({ type }) => FILTERED.includes(type)).map((unit) => unit.number('fine'))
  const spread = Math.max(...fine) - Math.min(...fine)
  const stacked = sources.some(({ type }) => type === 'supersaw' || type === 'unison')
  if (stacked || (fine.length > 1 && spread >= BEATING_CENTS)) facts.push({ phrase: 'detuned' })
  const image = units.some(({ type, number }) => type === 'pan' && number('spread') >= 0.4)
  const widening = effects.some(({ type }) => ['chorus', 'ensemble', 'pingpong'].includes(type))
  if (stacked || image || widening) facts.push({ phrase: 'wide' })
  return facts
}
