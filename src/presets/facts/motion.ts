// What moves while a note is held (any thread).
import { formatValue } from '../../params/format.ts'
import { paramSpec, unitSpec } from '../spec.ts'
import { inTempo, type ModReading, type SoundFact, type SoundReading } from './reading.ts'

const SLOW_HZ = 0.6
const VIBRATO_HZ = [3, 9] as const
/** Semitones. */
const VIBRATO_DEPTH = 0.8
const GLIDE_SEMITONES = 3
const OPENS_AFTER_SECONDS = 0.8
const WOBBLE_OCTAVES = 0.7

export function motionFacts({ mods, units }: SoundReading): SoundFact[] {
  const filters = new Set(units.filter(({ type }) => type === 'svf' || type === 'ladder').map(({ name }) => name))
  const facts = mods.flatMap((mod) => factsOf(mod, filters))
  const random = mods.some(
    ({ from }) =>
      from.type === 'chaos' ||
      from.type === 'hold' ||
      (from.type === 'lfo' && ['random', 'wander'].includes(from.word('shape'))),
  )
  const drawn = mods.some(({ from }) => from.type === 'mseg' && from.word('loop') !== 'off')
  return [
    ...facts,
    ...(random ? [{ phrase: 'random motion' }] : []),
    ...(mods.some(({ from }) => from.type === 'chaos') ? [{ phrase: 'chaotic' }] : []),
    ...(drawn ? [{ phrase: 'rhythmic' }, { phrase: 'moving' }] : []),
  ]
}

function factsOf({ from, to, param, amount }: ModReading, filters: ReadonlySet<string>): SoundFact[] {
  const pitch = to === 'voice' && param === 'pitch'
  if (from.type === 'env') {
    if (pitch && Math.abs(amount) >= GLIDE_SEMITONES) {
      // What the envelope reaches late it moves towards; what it reaches at once it falls from.
      const rises = amount > 0 === from.number('attack') >= OPENS_AFTER_SECONDS
      return [{ phrase: rises ? 'pitch rise' : 'pitch drop' }]
    }
    const opens = filters.has(to) && param === 'cutoff' && amount > 0 && from.number('attack') >= OPENS_AFTER_SECONDS
    return opens ? [{ phrase: 'opens slowly' }, { phrase: 'evolving' }] : []
  }
  if (from.type !== 'lfo') return []
  if (inTempo(from.word('sync')) !== null) return [{ phrase: param === 'cutoff' ? 'wobble' : 'moving' }]
  const rate = from.number('rate')
  const scale = paramSpec(unitSpec('lfo'), 'rate')
  const detail = scale ? { detail: formatValue(scale, rate) } : {}
  if (pitch) {
    const vibrato = rate >= VIBRATO_HZ[0] && rate <= VIBRATO_HZ[1] && Math.abs(amount) <= VIBRATO_DEPTH
    return vibrato ? [{ phrase: 'vibrato', ...detail }] : []
  }
  if (rate <= SLOW_HZ) return [{ phrase: 'evolving' }, { phrase: 'moving' }]
  if (param === 'level') return [{ phrase: 'tremolo', ...detail }]
  if (param === 'pan') return [{ phrase: 'auto pan', ...detail }]
  if (filters.has(to) && param === 'cutoff' && Math.abs(amount) >= WOBBLE_OCTAVES)
    return [{ phrase: 'wobble', ...detail }]
  return [{ phrase: 'moving' }]
}
