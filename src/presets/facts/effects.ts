// What the effects add (any thread).
import { formatValue } from '../../params/format.ts'
import { effectSpec, paramSpec } from '../spec.ts'
import { inTempo, type EffectReading, type SoundFact, type SoundReading } from './reading.ts'

const LONG_REVERB_SECONDS = 3
const SHORT_REVERB_SECONDS = 1.2
const WET_MIX = 0.4
const STRONG_DRIVE_DB = 18

/** What is said of an effect that is heard, and the parameter that belongs to it. */
const SAID: Readonly<Record<string, { readonly phrases: readonly string[]; readonly param?: string }>> = {
  plate: { phrases: ['reverb', 'plate'], param: 'decay' },
  reverb: { phrases: ['reverb'], param: 'decay' },
  convolution: { phrases: ['reverb', 'convolution'] },
  delay: { phrases: ['delay', 'echo'], param: 'time' },
  pingpong: { phrases: ['delay', 'echo', 'ping pong delay'], param: 'time' },
  tape: { phrases: ['delay', 'echo', 'tape delay'], param: 'time' },
  multitap: { phrases: ['delay', 'echo', 'multi-tap delay'], param: 'time' },
  binaural: { phrases: ['binaural'] },
  looper: { phrases: ['looper'] },
  chorus: { phrases: ['chorus'] },
  ensemble: { phrases: ['ensemble', 'chorus'] },
  flanger: { phrases: ['flanger'] },
  phaser: { phrases: ['phaser'] },
  ringmod: { phrases: ['ring modulation'], param: 'frequency' },
  saturation: { phrases: ['saturation'], param: 'drive' },
  distortion: { phrases: ['distortion', 'distorted'], param: 'drive' },
  tube: { phrases: ['tube', 'saturation'], param: 'drive' },
  waveshaper: { phrases: ['waveshaper', 'distortion', 'distorted'], param: 'drive' },
  wavefolder: { phrases: ['wavefolder', 'folded'], param: 'folds' },
  bitcrush: { phrases: ['bitcrushed', 'bitcrusher', 'lo-fi'], param: 'bits' },
  rotary: { phrases: ['rotary speaker', 'rotary'] },
  tremolo: { phrases: ['tremolo'], param: 'rate' },
  vibrato: { phrases: ['vibrato'], param: 'rate' },
  panner: { phrases: ['auto pan'] },
  frequencyshift: { phrases: ['frequency shifter'] },
  pitchshift: { phrases: ['pitch shifter'], param: 'semitones' },
  granulator: { phrases: ['granulator', 'grains'] },
  resonator: { phrases: ['resonator', 'sympathetic strings'], param: 'decay' },
  vocoder: { phrases: ['vocoder', 'robot'] },
  filter: { phrases: ['filter effect'], param: 'cutoff' },
  compressor: { phrases: ['compressed'], param: 'threshold' },
  lookaheadCompressor: { phrases: ['compressed'], param: 'threshold' },
  multiband: { phrases: ['compressed', 'multiband compressor'] },
  gate: { phrases: ['gated'], param: 'threshold' },
  expander: { phrases: ['expander'] },
  deesser: { phrases: ['de-esser'] },
  transient: { phrases: ['transient shaper'] },
  eq: { phrases: ['equaliser'] },
  eq8: { phrases: ['equaliser'] },
  limiter: { phrases: ['limiter'] },
  // A rack is what its branches are.
  width: { phrases: [] },
  midside: { phrases: [] },
  branch: { phrases: [] },
  rack: { phrases: [] },
}

const ROOMY: ReadonlySet<string> = new Set(['plate', 'reverb', 'convolution', 'delay', 'pingpong', 'tape', 'multitap'])

const DRIVES: ReadonlySet<string> = new Set(['distortion', 'saturation', 'tube', 'waveshaper'])

export function effectFacts({ effects, units }: SoundReading): SoundFact[] {
  const facts = effects.flatMap(factsOf)
  const roomy = effects.some(({ type }) => ROOMY.has(type))
  return roomy || units.length === 0 ? facts : [...facts, { phrase: 'dry' }]
}

function factsOf(effect: EffectReading): SoundFact[] {
  const { type, number, word } = effect
  const said = SAID[type]
  if (!said) return [{ phrase: type }]
  const scale = said.param === undefined ? undefined : paramSpec(effectSpec(type), said.param)
  const synced = said.param === 'time' || said.param === 'rate' ? inTempo(word('sync')) : null
  const detail = synced ?? (scale && said.param ? formatValue(scale, number(said.param)) : undefined)
  const facts: SoundFact[] = said.phrases.map((phrase, index) => ({
    phrase,
    ...(index === 0 && detail ? { detail } : {}),
  }))
  if (type === 'plate' || type === 'reverb') {
    if (number('decay') >= LONG_REVERB_SECONDS) facts.push({ phrase: 'long reverb', ...(detail ? { detail } : {}) })
    if (number('decay') <= SHORT_REVERB_SECONDS) facts.push({ phrase: 'short reverb', ...(detail ? { detail } : {}) })
    if (number('mix') >= WET_MIX) facts.push({ phrase: 'wet' })
  }
  if (DRIVES.has(type) && number('drive') >= STRONG_DRIVE_DB) facts.push({ phrase: 'driven' })
  return facts
}
