// Filters, and how bright or dark what passes them can be (any thread).
import { formatValue } from '../../params/format.ts'
import { paramSpec, unitSpec } from '../spec.ts'
import type { SoundFact, SoundReading, UnitReading } from './reading.ts'
import { isPure, isRich } from './sources.ts'

/** Highest frequency that a low-pass lets through while a note speaks. */
const DARK_BELOW_HZ = 900
const WARM_BELOW_HZ = 2200
const BRIGHT_ABOVE_HZ = 4500
const RESONANT = 0.55
const OPEN_ABOVE_HZ = 12_000
const OPEN_BELOW_HZ = 100
const THIN_ABOVE_HZ = 250
const STRING_BRIGHT = 0.65
const STRING_MELLOW = 0.4

const FILTERS: readonly string[] = ['svf', 'ladder', 'comb']
const MODES: Readonly<Record<string, string>> = {
  lowpass: 'low pass filter',
  highpass: 'high pass filter',
  bandpass: 'band pass filter',
  notch: 'notch filter',
}

export function toneFacts(sound: SoundReading): SoundFact[] {
  // One that is out of the way does not count.
  const filter = sound.units.find((unit) => FILTERS.includes(unit.type) && !isOpen(unit))
  return [...(filter ? filterFacts(sound, filter) : []), ...brightness(sound, filter)]
}

/** Lets everything through. */
function isOpen(unit: UnitReading): boolean {
  if (unit.type !== 'svf') return false
  const mode = unit.word('mode')
  if (mode === 'lowpass') return unit.number('cutoff') >= OPEN_ABOVE_HZ
  return mode === 'highpass' && unit.number('cutoff') <= OPEN_BELOW_HZ
}

function filterFacts({ mods }: SoundReading, filter: UnitReading): SoundFact[] {
  const kind = filter.type === 'svf' ? MODES[filter.word('mode')] : `${filter.type} filter`
  const cutoff = paramSpec(unitSpec(filter.type), 'cutoff')
  const detail = cutoff && formatValue(cutoff, filter.number('cutoff'))
  const facts: SoundFact[] = kind ? [{ phrase: kind, ...(detail ? { detail } : {}) }] : []
  if (filter.type !== 'comb' && filter.number('resonance') >= RESONANT) facts.push({ phrase: 'resonant' })
  const sweeps = mods.some(({ from, to, param, amount }) => {
    return from.type === 'env' && to === filter.name && param === 'cutoff' && Math.abs(amount) >= 1
  })
  if (sweeps) facts.push({ phrase: 'filter sweep' })
  return facts
}

/** What the envelope adds to the cutoff at its top, in octaves. */
const opening = ({ mods }: SoundReading, filter: UnitReading): number =>
  mods
    .filter(
      ({ from, to, param, amount }) => from.type === 'env' && to === filter.name && param === 'cutoff' && amount > 0,
    )
    .reduce((octaves, { amount }) => octaves + amount, 0)

/** Little passes above its cutoff. */
const bounds = (filter: UnitReading): boolean =>
  filter.type === 'ladder' || (filter.type === 'svf' && ['lowpass', 'bandpass'].includes(filter.word('mode')))

function brightness(sound: SoundReading, filter: UnitReading | undefined): SoundFact[] {
  const { units } = sound
  const string = units.find(({ type }) => type === 'string' || type === 'pluck')
  const rich = units.some((unit) => isRich(unit, sound))
  const ceilingHz = filter && bounds(filter) ? filter.number('cutoff') * 2 ** opening(sound, filter) : Infinity
  if (string) {
    const brightness = string.type === 'pluck' ? 1 - string.number('damping') : string.number('brightness')
    if (brightness >= STRING_BRIGHT && ceilingHz > WARM_BELOW_HZ) return [{ phrase: 'bright' }]
    if (brightness <= STRING_MELLOW) return [{ phrase: 'mellow' }, { phrase: 'warm' }]
  }
  if (ceilingHz < DARK_BELOW_HZ) return [{ phrase: 'dark' }, { phrase: 'mellow' }]
  const facts: SoundFact[] = []
  if (filter?.type === 'svf' && filter.word('mode') === 'highpass' && filter.number('cutoff') > THIN_ABOVE_HZ)
    facts.push({ phrase: 'thin' })
  if (ceilingHz < WARM_BELOW_HZ) return [...facts, { phrase: 'warm' }]
  if (rich && ceilingHz > BRIGHT_ABOVE_HZ) return [...facts, { phrase: 'bright' }]
  return isPure(sound) ? [...facts, { phrase: 'pure' }] : facts
}
