// Sound sources of a patch: each word for a source becomes units; what is not built gets a stand-in and says so (import worker).
import type { JsonNode } from '../json/node.ts'
import type { InstrumentContext } from '../normalise/context.ts'
import type { Slots } from '../normalise/section.ts'
import { round } from '../rules/quantity.ts'
import type { PatchDraft } from './draft.ts'

/** One source to build. `detune` is the offset of this source in semitones; `alone`: it is the only one of its section. */
export interface SourceRequest {
  readonly word: string
  /** Where the file asks for it. */
  readonly node: JsonNode
  readonly name: string
  readonly label: string
  readonly slots: Slots
  readonly detune: number
  readonly alone: boolean
}

type Build = (draft: PatchDraft, request: SourceRequest, context: InstrumentContext) => readonly string[]

const WAVE_UNITS: readonly string[] = ['saw', 'square', 'triangle', 'sine', 'pulse']
const UNISON_WAVES: readonly string[] = ['saw', 'square', 'triangle', 'sine']

/** Sources that follow the note and have `fine`, so that a detune spreads over them. */
export function isTunable(word: string): boolean {
  return word !== 'white' && word !== 'pink' && word !== 'noisemod'
}

/** Adds the units of one source; returns the outputs to mix. */
export function buildSource(draft: PatchDraft, request: SourceRequest, context: InstrumentContext): readonly string[] {
  const { word } = request
  if (WAVE_UNITS.includes(word)) return wave(draft, request)
  return (BUILDERS[word] ?? unknown)(draft, request, context)
}

function wave(draft: PatchDraft, request: SourceRequest): readonly string[] {
  const { word, name, label, slots, alone } = request
  const voices = slots.value('osc.voices') ?? 1
  if (UNISON_WAVES.includes(word) && voices > 1) {
    draft.unit(name, 'unison', label, { wave: word, voices, spread: 0.5 })
    draft.read('osc.voices', slots.scalars.get('osc.voices'), name, 'voices')
    draft.read('osc.detune', slots.scalars.get('osc.detune'), name, 'detune')
    tune(draft, { ...request, detune: 0 })
    return [`${name}.left`, `${name}.right`]
  }
  draft.unit(name, word, label)
  tune(draft, request)
  if (word === 'pulse') {
    draft.put(name, 'width', 0.3)
    draft.read('osc.width', slots.scalars.get('osc.width'), name, 'width')
  }
  const detune = alone ? slots.scalars.get('osc.detune') : undefined
  if (!detune || detune.value === 0) return [name]
  // One oscillator alone cannot beat: a detuned one is doubled, a quarter of a cycle apart.
  const double = draft.unit(`${name}b`, word, label, word === 'pulse' ? { width: slots.value('osc.width') ?? 0.3 } : {})
  draft.read('osc.tune', slots.scalars.get('osc.tune'), double, 'tune')
  draft.read('osc.tune', slots.scalars.get('osc.tune'), name, 'tune')
  draft.put(double, 'phase', 90)
  const [param, factor] = Math.abs(detune.value) <= 2 ? (['fine', 50] as const) : (['tune', 0.5] as const)
  draft.put(name, param, round(detune.value * -factor))
  draft.read('osc.detune', detune, double, param, factor)
  return [name, double]
}

/** Transposition and this source's share of the detune. */
function tune(draft: PatchDraft, { name, slots, detune }: SourceRequest): void {
  draft.read('osc.tune', slots.scalars.get('osc.tune'), name, 'tune')
  if (detune === 0) return
  if (Math.abs(detune) <= 1) draft.put(name, 'fine', round(detune * 100))
  else draft.put(name, 'tune', detune + (slots.value('osc.tune') ?? 0))
}

const BUILDERS: Readonly<Record<string, Build>> = {
  supersaw(draft, request) {
    const { name, label, slots } = request
    draft.unit(name, 'supersaw', label)
    draft.read('osc.detune', slots.scalars.get('osc.detune'), name, 'detune')
    tune(draft, { ...request, detune: 0 })
    return [`${name}.left`, `${name}.right`]
  },

  unison: (draft, request) => stack(draft, request, 'saw', 4),

  white: (draft, { name, label }) => [draft.unit(name, 'white', label)],
  pink: (draft, { name, label }) => [draft.unit(name, 'pink', label)],

  fm(draft, request) {
    const { name, label, slots } = request
    draft.unit(name, 'fm', label, { ratio: 1 })
    for (const param of ['index', 'ratio', 'carrier', 'feedback'])
      draft.read(`osc.${param}`, slots.scalars.get(`osc.${param}`), name, param)
    tune(draft, request)
    return [name]
  },

  additive(draft, request) {
    const { name, label, slots } = request
    draft.unit(name, 'additive', label)
    draft.harmonics(name, harmonicPairs(slots))
    tune(draft, request)
    return [name]
  },

  string(draft, { name, label, slots, detune }) {
    draft.unit(name, 'string', label)
    draft.word('string.position', placeOf(slots), slots.words.get('string.position')?.found, name, 'position')
    if (detune !== 0) draft.put(name, 'fine', detune * 100)
    return [name]
  },

  wavetable(draft, request, context) {
    const { name, slots } = request
    const table = (slots.words.get('osc.table')?.words[0] ?? '').toLowerCase()
    context.approximate(
      table.includes('growl') ? 'growl wavetable played as moving FM' : 'wavetable played as a pulse of moving width',
      request.node,
    )
    if (table.includes('growl'))
      return moving(draft, request, 'fm', { ratio: 1, index: 3, feedback: 0.4 }, 'index', 2.5)
    return moving(draft, { ...request, name }, 'pulse', { width: 0.5 }, 'width', 0.4)
  },

  granular(draft, request, context) {
    context.approximate('granular source played as a moving unison', request.node)
    const outputs = stack(draft, request, 'saw', 8)
    const density = request.slots.scalars.get('osc.density')
    const lfo = `${request.name}lfo`
    draft.unit(lfo, 'lfo', 'Grain motion', { shape: 'random', rate: 20 })
    draft.read('osc.density', density, lfo, 'rate')
    draft.mod(lfo, `${request.name}.level`, 0.3)
    draft.put(request.name, 'level', 0.7)
    return outputs
  },

  chaos(draft, request, context) {
    context.approximate('chaos oscillator played as FM with feedback and random motion', request.node)
    return moving(draft, request, 'fm', { ratio: 1.4, index: 4, feedback: 0.7 }, 'index', 3, 'random', 6)
  },

  noisemod(draft, request, context) {
    context.approximate('modulated noise played as noise of moving level', request.node)
    return moving(draft, request, 'pink', { level: 0.6 }, 'level', 0.3, 'random', 8)
  },

  hybrid(draft, request, context) {
    context.approximate('hybrid source played as a wide unison', request.node)
    return stack(draft, request, 'saw', 5)
  },

  sample(draft, request, context) {
    context.approximate('sample is not in the file: played as a triangle', request.node)
    draft.unit(request.name, 'triangle', request.label)
    tune(draft, request)
    return [request.name]
  },

  vocal(draft, request, context) {
    context.approximate('vocal source played as a narrow pulse', request.node)
    return moving(draft, request, 'pulse', { width: 0.2 }, 'width', 0.08)
  },
}

const unknown: Build = (draft, request, context) => {
  context.approximate(`source "${request.word.replace('?', '')}" is not known: played as a saw`, request.node)
  draft.unit(request.name, 'saw', request.label)
  tune(draft, request)
  return [request.name]
}

/** Several detuned voices of one wave. */
function stack(draft: PatchDraft, request: SourceRequest, waveform: string, voices: number): readonly string[] {
  const { name, label, slots } = request
  draft.unit(name, 'unison', label, { wave: waveform, voices, spread: 0.8 })
  draft.put(name, 'detune', 0.15)
  draft.read('osc.detune', slots.scalars.get('osc.detune'), name, 'detune')
  draft.read('osc.voices', slots.scalars.get('osc.voices'), name, 'voices')
  tune(draft, { ...request, detune: 0 })
  return [`${name}.left`, `${name}.right`]
}

/** A source with one parameter moved by an LFO at the file's morph rate. */
function moving(
  draft: PatchDraft,
  request: SourceRequest,
  type: string,
  values: Record<string, number>,
  param: string,
  amount: number,
  shape = 'triangle',
  rate = 0.3,
): readonly string[] {
  const { name, label, slots } = request
  draft.unit(name, type, label, values)
  if (isTunable(type)) tune(draft, request)
  const lfo = draft.unit(`${name}lfo`, 'lfo', 'Motion', { shape, rate })
  draft.read('osc.morph', slots.scalars.get('osc.morph'), lfo, 'rate')
  draft.mod(lfo, `${name}.${param}`, amount)
  return [name]
}

/** `[harmonic, amplitude]` pairs: numbers from `harmonics`, amplitudes from `mix_ratios`, missing ones 1/n. */
function harmonicPairs(slots: Slots): (readonly [number, number])[] {
  const numbers = slots.lists.get('osc.harmonics')?.values ?? [1, 2, 3, 4, 5, 6, 7, 8]
  const amplitudes = slots.lists.get('osc.mix')?.values ?? []
  return numbers.map((number, index) => [Math.round(number), amplitudes[index] ?? 1 / (index + 1)] as const)
}

function placeOf(slots: Slots): number | undefined {
  const word = slots.word('string.position')
  return word === undefined ? undefined : Number(word)
}
