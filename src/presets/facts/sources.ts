// What makes the sound, and by which method (any thread).
import type { SoundFact, SoundReading, UnitReading } from './reading.ts'

/** What is said of a unit that makes sound. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  saw: ['saw'],
  square: ['square'],
  triangle: ['triangle'],
  sine: ['sine'],
  pulse: ['pulse'],
  supersaw: ['supersaw', 'unison'],
  unison: ['unison'],
  fm: ['fm synthesis'],
  fm6: ['fm synthesis'],
  additive: ['additive synthesis'],
  partials: ['additive synthesis'],
  string: ['physical model', 'plucked string'],
  pluck: ['physical model', 'plucked string'],
  modal: ['physical model', 'struck'],
  bow: ['physical model', 'bowed string'],
  wind: ['physical model', 'wind instrument'],
  wavetable: ['wavetable synthesis'],
  sync: ['hard sync'],
  granular: ['granular synthesis', 'grains'],
  sampler: ['sampled'],
  white: ['noise'],
  pink: ['noise'],
  drumtone: ['pitch drop', 'drum'],
  drumnoise: ['noise', 'drum'],
  metal: ['metallic'],
}

/** What is said of units that shape it. */
const SHAPERS: Readonly<Record<string, readonly string[]>> = {
  formant: ['formant filter', 'vowel', 'vocal'],
  ring: ['ring modulation'],
  phaser: ['phaser'],
}

/** What an option says: unit, parameter, option -> phrases. */
const OPTIONS: Readonly<Record<string, readonly [param: string, said: Readonly<Record<string, readonly string[]>>]>> = {
  modal: [
    'body',
    {
      bell: ['bell'],
      marimba: ['bar', 'mallet'],
      xylophone: ['xylophone', 'bar', 'mallet'],
      glass: ['glass'],
      plate: ['metal plate'],
      membrane: ['drum skin'],
      tubular: ['tubular bell'],
      gong: ['gong'],
    },
  ],
  bow: ['body', { violin: ['violin'], cello: ['cello'] }],
  wind: [
    'model',
    {
      clarinet: ['clarinet', 'woodwind'],
      saxophone: ['saxophone', 'woodwind'],
      flute: ['flute', 'woodwind'],
      brass: ['trumpet', 'brass instrument'],
    },
  ],
}

/** The built-in wavetable, frame by frame. */
const FRAMES = ['sine', 'triangle', 'saw', 'square', 'pulse', 'pulse'] as const
const ON_FRAME = 0.1

/** The plain wave that a wavetable oscillator stands still on. */
function plainWave(unit: UnitReading, { mods }: SoundReading): string | null {
  if (unit.asset !== null || (unit.word('warp') !== 'none' && unit.number('amount') > 0.01)) return null
  const moved = mods.some(({ to, param }) => to === unit.name && (param === 'position' || param === 'amount'))
  const place = unit.number('position') * 7
  const frame = Math.round(place)
  return moved || Math.abs(place - frame) > ON_FRAME ? null : (FRAMES[frame] ?? null)
}

/** The wave of an oscillator, or its type. */
function waveOf(unit: UnitReading, sound: SoundReading): string {
  if (unit.type === 'wavetable') return plainWave(unit, sound) ?? unit.type
  const still = !sound.mods.some(({ to, param }) => to === unit.name && param === 'ratio')
  const alone =
    unit.type === 'unison' ? unit.number('voices') < 2 : unit.type === 'sync' && still && unit.number('ratio') < 1.01
  return alone ? unit.word('wave') : unit.type
}

function saidOf(unit: UnitReading, sound: SoundReading): readonly string[] {
  const [param = '', said = {}] = OPTIONS[unit.type] ?? []
  const own = NAMES[waveOf(unit, sound)] ?? []
  const stack = unit.type === 'wavetable' && unit.number('voices') > 2 ? ['unison'] : []
  const torn = unit.type === 'wavetable' && unit.word('warp') === 'sync' && own[0] === 'wavetable synthesis'
  return [...own, ...stack, ...(torn ? ['sync'] : []), ...(said[unit.word(param)] ?? [])]
}

const RICH: readonly string[] = ['saw', 'square', 'pulse', 'supersaw', 'white']
const FILTERED: readonly string[] = ['saw', 'square', 'pulse', 'supersaw', 'unison', 'triangle']
/** From here on FM has more than a few sidebands. */
const RICH_INDEX = 2
const BEATING_CENTS = 4

/** Has many harmonics of its own. */
export function isRich(unit: UnitReading, sound: SoundReading): boolean {
  if (unit.type === 'wavetable') return RICH.includes(waveOf(unit, sound))
  if (unit.type === 'fm') return unit.number('index') >= RICH_INDEX
  if (unit.type === 'unison') return RICH.includes(unit.word('wave'))
  return RICH.includes(unit.type)
}

/** Sines and triangles have little above their first harmonics, as long as nothing drives them. */
export function isPure(sound: SoundReading): boolean {
  const { units, effects } = sound
  const sources = units.filter(isSource)
  const driven = effects.some(({ type }) => type === 'distortion' || type === 'ringmod')
  return sources.length > 0 && !driven && sources.every((unit) => ['sine', 'triangle'].includes(waveOf(unit, sound)))
}

const isSource = ({ type }: UnitReading): boolean => Object.hasOwn(NAMES, type)

export function sourceFacts(sound: SoundReading): SoundFact[] {
  const { units, effects } = sound
  const sources = units.filter(isSource)
  const waves = sources.filter((unit) => FILTERED.includes(waveOf(unit, sound)))
  const shaping = units.filter((unit) => (unit.type === 'ring' ? unit.number('depth') : unit.number('mix')) > 0.03)
  const facts = [...sources.map((unit) => saidOf(unit, sound)), ...shaping.map(({ type }) => SHAPERS[type] ?? [])]
    .flat()
    .map((phrase): SoundFact => ({ phrase }))
  const filtered = units.some(({ type }) => type === 'svf' || type === 'ladder')
  if (filtered && waves.length > 0) facts.push({ phrase: 'subtractive synthesis' })
  const fine = waves.map((unit) => unit.number('fine'))
  const spread = Math.max(...fine) - Math.min(...fine)
  const stacked = facts.some(({ phrase }) => phrase === 'unison')
  if (stacked || (fine.length > 1 && spread >= BEATING_CENTS)) facts.push({ phrase: 'detuned' })
  const image = units.some(({ type, number }) => type === 'pan' && number('spread') >= 0.4)
  const widening = effects.some(({ type }) => ['chorus', 'ensemble', 'pingpong'].includes(type))
  if (stacked || image || widening) facts.push({ phrase: 'wide' })
  return facts
}
