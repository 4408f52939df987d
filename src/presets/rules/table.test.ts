// Tests of the normalising rules: every row of the table has an example here (Node).
import { expect, test } from 'vitest'
import { JsonDocument } from '../json/node.ts'
import { InstrumentContext } from '../normalise/context.ts'
import { readSection, Slots } from '../normalise/section.ts'
import type { Section } from './rule.ts'
import { RULES } from './table.ts'

/** `[rule id, key as a file writes it, value as a file writes it, what is used, the causes remarked]`. */
type Example = readonly [rule: string, key: string, value: unknown, used: unknown, causes?: readonly string[]]

const RANGE = 'range'
const bare = (section: string): string => `bare/${section}`

const EXAMPLES: readonly Example[] = [
  ['oscillator.types', 'types', ['sawtooth', 'Karplus-Strong', 'pinkNoise'], ['saw', 'string', 'pink']],
  ['oscillator.types', 'waveform', 'theremin', ['?theremin']],
  ['oscillator.mix', 'mix_ratios', [0.6, 0.4], [0.6, 0.4]],
  ['oscillator.mix', 'mixRatios', [0.6, 'loud', 3], [0.6, 1], ['oscillator.mix/limit', 'oscillator.mix/word']],
  ['oscillator.level', 'level', '50%', 0.5],
  ['oscillator.detune', 'detune', 0.02, 0.02, [bare('oscillator')]],
  ['oscillator.detune', 'detune_cents', 12, 0.12],
  ['oscillator.detune', 'detune', '7 cents', 0.07],
  ['oscillator.tune', 'transpose', -12, -12],
  ['oscillator.octave', 'octave', -1, -12],
  ['oscillator.width', 'pulseWidth', 0.25, 0.25],
  ['oscillator.voices', 'unison', 5, 5],
  ['oscillator.harmonics', 'harmonics', [1, 3, 5], [1, 3, 5]],
  ['oscillator.index', 'modulation_index', 5, 5],
  ['oscillator.carrier', 'carrier_ratio', 2, 2],
  ['oscillator.ratio', 'modRatio', '3.5x', 3.5],
  ['oscillator.feedback', 'feedback', 0.99, 0.85, ['oscillator.feedback/limit']],
  ['oscillator.morph', 'morph_rate', '0.2Hz', 0.2],
  ['oscillator.density', 'grain_density', '80/s', 80],
  ['oscillator.grain', 'grain_size', '30ms', 0.03],
  ['oscillator.table', 'table_index', 'growl', 'growl', ['oscillator.table']],
  ['oscillator.blend', 'blend_mode', 'ring', 'ring', ['oscillator.blend']],
  ['oscillator.pluck', 'pluck_position', 'middle', ['0.5']],
  ['envelope.type', 'type', 'DAHDSR', ['eahdsr']],
  ['envelope.delay', 'delay', 40, 0.04, [bare('envelope')]],
  ['envelope.attack', 'attack', '600ms', 0.6],
  ['envelope.attack', 'attack', '3s', 3],
  ['envelope.attack', 'attackMs', 15, 0.015],
  ['envelope.attack', 'attack', [50, 100], 0.075, [bare('envelope'), RANGE]],
  ['envelope.attack', 'attack', 'slow', 0.6, ['envelope.attack/word']],
  ['envelope.attack', 'attack', '300 Hz', 0.6, ['envelope.attack/word']],
  ['envelope.hold', 'hold', ['20 ms', '0.04 s'], 0.03, [RANGE]],
  ['envelope.decay', 'decay', 'sustain', 0.5, ['envelope.decay/word']],
  ['envelope.sustain', 'sustain', 1.4, 1, ['envelope.sustain/limit']],
  ['envelope.release', 'release_time', '1.5 sec', 1.5],
  ['envelope.curve', 'curve', 'nonlinear', ['exponential']],
  ['envelope.velocity', 'velocity', '80 %', 0.8],
  ['filter.type', 'type', 'Low-Pass', ['lowpass']],
  ['filter.type', 'type', 'moog_ladder', ['ladder']],
  ['filter.cutoff', 'cutoff', '1.2 kHz', 1200],
  ['filter.cutoff', 'cutoff', 90_000, 20_000, ['filter.cutoff/limit']],
  ['filter.cutoff', 'cutoff', 'automated', 900, ['filter.cutoff/word']],
  ['filter.cutoff', 'cutoff', { from: 20 }, 900, ['filter.cutoff/word']],
  ['filter.cutoff', 'cutoff', null, 900, ['filter.cutoff/word']],
  ['filter.cutoff', 'cutoff_khz', 2, 2000],
  ['filter.resonance', 'resonance', 1, 0.9, ['filter.resonance/limit']],
  ['filter.q', 'Q', 4, 0.5],
  ['filter.amount', 'envelope_amount', 0.5, 2],
  ['filter.amount', 'envelopeAmount', [0.2, 0.5], 1.4, [RANGE]],
  ['filter.slope', 'slope', '24dB/oct', 24],
  ['filter.slope', 'slope', '4-pole', 24],
  ['filter.drive', 'drive', 0.5, 6],
  ['strings.detune', 'detune_range', [0.002, 0.008], 0.005, [bare('strings'), RANGE]],
  ['strings.decay', 'decay', '4s', 4],
  ['strings.count', 'num_strings', 6, 6],
  ['strings.tuning', 'tuning', ['E2', 'A2'], '', ['strings.tuning']],
  ['strings.material', 'material', 'Nylon', ['nylon']],
  ['strings.gauge', 'gauge', 'heavy', ['heavy']],
  ['strings.tension', 'tension', 'high', ['high']],
  ['harmonics.vibe', 'vibe_set', [1, 0.5], [1, 0.5]],
  ['harmonics.decay', 'decay_rate', [0.8, 1.2], 6.907755, [RANGE]],
  ['sympathetic.volume', 'volume', [0.1, 0.15], 0.125, [RANGE]],
  ['sympathetic.shape', 'num_layers', 2, '', ['sympathetic.shape']],
  ['noise.enabled', 'enabled', true, ['on']],
  ['noise.intensity', 'intensity', [0.2, 0.4], 0.3, [RANGE]],
  ['noise.burst', 'burst_length', [0.005, 0.01], 0.0075, [bare('noise'), RANGE]],
  ['noise.type', 'noise_type', 'pink', ['pink']],
  ['pick.position', 'position', 0.7, 0.7],
  ['pick.stiffness', 'stiffness', 'hard', ['0.1']],
  ['pick.chance', 'noiseProbability', 0.15, 0.15],
  ['pick.noise', 'noise_intensity', 0.2, 0.2],
  ['vibrato.rate', 'vibrato_hz', [4, 6], 5, [RANGE]],
  ['vibrato.depth', 'depth_cents', [10, 20], 0.15, [RANGE]],
  ['vibrato.delay', 'delay', '200ms', 0.2],
  ['vibrato.range', 'freq_range', [82, 1000], '', ['vibrato.range']],
  ['body.file', 'ir_file', 'wood.wav', 'wood.wav', ['body.file']],
  ['body.mix', 'mix', [0.4, 0.6], 0.5, [RANGE]],
  ['voice.max', 'polyphony', 8, 8],
  ['voice.glide', 'glide', '50ms', 0.05],
  ['fx.mix', 'mix', 0.3, 0.3],
  ['fx.wet', 'wet', 0.4, 0.4],
  ['fx.feedback', 'feedback', 1.2, 0.85, ['fx.feedback/limit']],
  ['fx.rate', 'rate', '0.3Hz', 0.3],
  ['fx.rate', 'rate', 'random', 0.4, ['fx.rate/word']],
  ['fx.depth', 'depth', 0.7, 0.7],
  ['fx.tone', 'tone', '3k', 3000],
  ['fx.delay.time', 'time', '250ms', 0.25],
  ['fx.delay.time', 'time', '1/8', 0.25, ['tempo']],
  ['fx.delay.time', 'time', '1/4d', 0.75, ['tempo']],
  ['fx.delay.time', 'time', '1/8t', 0.1666667, ['tempo']],
  ['fx.delay.time', 'time', 375, 0.375, [bare('fx.delay')]],
  ['fx.delay.time', 'time', 0.5, 0.5, [bare('fx.delay')]],
  ['fx.reverb.decay', 'decay', [2, 4], 3, [bare('fx.plate'), RANGE]],
  ['fx.reverb.predelay', 'pre_delay', 20, 0.02, [bare('fx.plate')]],
  ['fx.reverb.damping', 'damping', '4kHz', 4000],
  ['fx.ring.frequency', 'frequency', 'random', 110, ['fx.ring.frequency/word']],
  ['fx.distortion.gain', 'gain', 0.5, 6],
  ['fx.distortion.gain', 'gain', '30dB', 12, ['fx.distortion.gain/limit']],
  ['fx.saturation.amount', 'amount', 0.25, 3],
  ['fx.compressor.threshold', 'threshold', [-20, -10], -15, [RANGE]],
  ['fx.compressor.ratio', 'ratio', [4, 8], 6, [RANGE]],
  ['fx.compressor.knee', 'knee', '6dB', 6],
  ['fx.compressor.makeup', 'makeup', 3, 3],
  ['fx.compressor.attack', 'attack', '10ms', 0.01],
  ['fx.compressor.release', 'release', '80ms', 0.08],
  ['fx.limiter.ceiling', 'ceiling', '-1dB', -1],
  ['fx.eq.low', 'bass', '3dB', 3],
  ['fx.eq.mid', 'mid', -2, -2],
  ['fx.eq.mid.frequency', 'midFreq', '800 Hz', 800],
  ['fx.eq.high', 'treble_db', 1.5, 1.5],
  ['fx.glitch.density', 'density', 0.25, 8],
]

function readOne(section: Section, key: string, value: unknown): { slots: Slots; causes: string[] } {
  const { root } = new JsonDocument(JSON.stringify({ [key]: value }))
  const context = new InstrumentContext('imp-0', 'Pad', 'PAD')
  const slots = new Slots()
  if (root) readSection(context, section, root, slots)
  return { slots, causes: context.remarks.map((remark) => remark.cause).sort() }
}

for (const [id, key, value, used, causes = []] of EXAMPLES) {
  test(`${id}: ${key} = ${JSON.stringify(value)} is used as ${JSON.stringify(used)}`, () => {
    const rule = RULES.find((row) => row.id === id)
    if (!rule) throw new Error(`no rule ${id}`)
    const result = readOne(rule.section === 'fx.*' ? 'fx.delay' : rule.section, key, value)
    expect(result.causes).toEqual([...causes].sort())
    const { scalars, lists, words } = result.slots
    if (rule.shape === 'scalar') expect(scalars.get(rule.slot)?.value).toBeCloseTo(used as number, 6)
    else if (rule.shape === 'list') expect(lists.get(rule.slot)?.values).toEqual(used)
    else if (rule.shape === 'info') expect(words.get(rule.slot)?.words).toEqual([used])
    else expect(words.get(rule.slot)?.words).toEqual(used)
  })
}

test('every rule has an example', () => {
  const shown = new Set(EXAMPLES.map(([id]) => id))
  expect(RULES.map((rule) => rule.id).filter((id) => !shown.has(id))).toEqual([])
})

test('no two rules of a section read the same key, and ids are unique', () => {
  const keys = RULES.flatMap((rule) => rule.keys.map((key) => `${rule.section} ${key}`))
  expect(keys.length).toBe(new Set(keys).size)
  expect(RULES.length).toBe(new Set(RULES.map((rule) => rule.id)).size)
})

test('mix beats wet in either order', () => {
  for (const text of ['{"mix": 0.3, "wet": 0.9}', '{"wet": 0.9, "mix": 0.3}']) {
    const { root } = new JsonDocument(text)
    const context = new InstrumentContext('imp-0', 'Pad', 'PAD')
    const slots = new Slots()
    if (root) readSection(context, 'fx.chorus', root, slots, 'fx1.')
    expect(slots.value('fx1.mix')).toBe(0.3)
    expect(context.remarks.map((remark) => remark.cause)).toEqual(['wet-and-mix'])
  }
})

test('a range keeps its ends in engine units', () => {
  expect(readOne('filter', 'cutoff', [800, 1200]).slots.scalars.get('filter.cutoff')?.range).toEqual([800, 1200])
  expect(readOne('envelope', 'attack', [100, 50]).slots.scalars.get('env.attack')?.range).toEqual([0.05, 0.1])
})
