// Sound sources of a patch: each word for a source becomes units; what a file does not hold gets a stand-in and says so (import worker).
import type { InstrumentContext } from '../normalise/context.ts'
import type { Slots } from '../normalise/section.ts'
import { round } from '../rules/quantity.ts'
import type { PatchDraft } from './draft.ts'
import { blown, bowed, struck, struckBy, tune } from './physical.ts'
import type { SourceRequest } from './request.ts'

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

  /** A string alone: bodies, hands and strings that sound along come with what the file says of them (strings.ts). */
  string(draft, request) {
    const { name, label, slots } = request
    draft.unit(name, 'pluck', label, { release: 30, noise: 0.1, body: 'none', sympathy: 0 })
    draft.word('string.position', placeOf(slots), slots.words.get('string.position')?.found, name, 'position')
    tune(draft, request)
    return [name]
  },

  modal: (draft, request, context) => struck(draft, request, struckBy(context.role)),
  marimba: (draft, request) => struck(draft, request, 'marimba'),
  membrane: (draft, request) => struck(draft, request, 'membrane'),
  gong: (draft, request) => struck(draft, request, 'gong'),
  bow: (draft, request, context) => bowed(draft, request, context.role === 'BASS' ? 'cello' : 'violin'),
  cello: (draft, request) => bowed(draft, request, 'cello'),
  clarinet: blown,
  saxophone: blown,
  flute: blown,
  brass: blown,

  wavetable(draft, request) {
    const { name, label, slots } = request
    const table = slots.words.get('osc.table')
    const written = table?.words[0] ?? ''
    const { position, sweep, strays, values } = TABLES.find(({ words }) => words.test(written)) ?? ANY_TABLE
    draft.unit(name, 'wavetable', label, { ...values })
    draft.put(name, 'position', position, table?.found)
    const detune = slots.scalars.get('osc.detune')
    if (detune && detune.value !== 0) {
      draft.put(name, 'voices', slots.value('osc.voices') ?? 3)
      draft.read('osc.detune', detune, name, 'detune')
    }
    tune(draft, { ...request, detune: 0 })
    const lfo = draft.unit(`${name}lfo`, 'lfo', 'Scan', { shape: 'triangle', rate: 0.3 })
    draft.read('osc.morph', slots.scalars.get('osc.morph'), lfo, 'rate')
    draft.mod(lfo, `${name}.position`, sweep)
    draft.mod('random', `${name}.position`, strays)
    if (values) draft.mod(lfo, `${name}.amount`, 0.4)
    return [name, `${name}.right`]
  },

  granular(draft, request, context) {
    const { name, label, slots } = request
    draft.unit(name, 'granular', label, { spray: 0.4, jitter: 0.6, scan: 0.1, spread: 0.8 })
    draft.asset(name, `builtin:${GRAINS[context.role] ?? 'choir'}`)
    draft.read('osc.density', slots.scalars.get('osc.density'), name, 'density')
    draft.read('osc.grain', slots.scalars.get('osc.grain'), name, 'size')
    draft.read('osc.detune', slots.scalars.get('osc.detune'), name, 'pitchSpread')
    tune(draft, { ...request, detune: 0 })
    return [name, `${name}.right`]
  },

  /** Feedback FM whose depth and pitch a strange attractor throws about. */
  chaos(draft, request) {
    const { name, label } = request
    draft.unit(name, 'fm', label, { ratio: 1.4, index: 3, feedback: 0.6 })
    tune(draft, request)
    const drift = draft.unit(`${name}chaos`, 'chaos', 'Chaos', { rate: 3, wildness: 0.8 })
    draft.read('osc.morph', request.slots.scalars.get('osc.morph'), drift, 'rate')
    draft.mod(drift, `${name}.index`, 2)
    draft.mod(drift, `${name}.fine`, 40)
    return [name]
  },

  /** Noise whose level steps at random. */
  noisemod(draft, request) {
    const { name, label, slots } = request
    draft.unit(name, 'pink', label, { level: 0.6 })
    const lfo = draft.unit(`${name}lfo`, 'lfo', 'Motion', { shape: 'random', rate: 8 })
    draft.read('osc.morph', slots.scalars.get('osc.morph'), lfo, 'rate')
    draft.mod(lfo, `${name}.level`, 0.3)
    return [name]
  },

  hybrid(draft, request, context) {
    context.approximate('a neural model: a wavetable that scans through all its spectra plays', request.node)
    const { name, label } = request
    draft.unit(name, 'wavetable', label, {
      position: 0.5,
      warp: 'asymmetry',
      amount: 0.4,
      voices: 3,
      detune: 0.12,
      scatter: 1,
    })
    tune(draft, request)
    const lfo = draft.unit(`${name}lfo`, 'lfo', 'Morph', { shape: 'sine', rate: 0.15 })
    draft.read('osc.morph', request.slots.scalars.get('osc.morph'), lfo, 'rate')
    draft.mod(lfo, `${name}.position`, 0.5)
    draft.mod(lfo, `${name}.amount`, 0.3)
    return [name, `${name}.right`]
  },

  sample(draft, request, context) {
    const { name, label } = request
    const recording = GRAINS[context.role] ?? 'choir'
    context.approximate(
      `the recording is not in the file: built-in ${recording} plays until you drop it here`,
      request.node,
    )
    draft.unit(name, 'sampler', label)
    draft.asset(name, `builtin:${recording}`)
    tune(draft, request)
    return [name, `${name}.right`]
  },

  /** The vowels at the end of the built-in wavetable. */
  vocal(draft, request) {
    const { name, label, slots } = request
    draft.unit(name, 'wavetable', label, { position: 0.93, scatter: 1 })
    tune(draft, request)
    const lfo = draft.unit(`${name}lfo`, 'lfo', 'Vowel', { shape: 'triangle', rate: 0.3 })
    draft.read('osc.morph', slots.scalars.get('osc.morph'), lfo, 'rate')
    draft.mod(lfo, `${name}.position`, 0.07)
    return [name, `${name}.right`]
  },
}

/** A recording that the engine makes itself, by role. */
const GRAINS: Readonly<Record<string, string>> = { BELL: 'glass', FX: 'breath', TEXTURE: 'breath', ARP: 'glass' }

/** Where in the built-in wavetable a table of that name is looked for. */
interface Table {
  readonly words: RegExp
  readonly position: number
  /** How far the scan goes, and how far notes stray. */
  readonly sweep: number
  readonly strays: number
  /** Warps, which move with the scan. */
  readonly values?: Readonly<Record<string, number | string>>
}
const TABLES: readonly Table[] = [
  {
    words: /growl|dirty|aggress|reese|dub/i,
    position: 0.72,
    sweep: 0.22,
    strays: 0,
    values: { warp: 'sync', amount: 0.45 },
  },
  { words: /vowel|voc|formant|voice|choir/i, position: 0.93, sweep: 0.07, strays: 0 },
  { words: /digital|glass|crystal|bell/i, position: 0.6, sweep: 0.2, strays: 0, values: { warp: 'bend', amount: 0.4 } },
  { words: /random|any|auto/i, position: 0.5, sweep: 0.35, strays: 0.02 },
]
const ANY_TABLE: Table = { words: /(?:)/, position: 0.45, sweep: 0.35, strays: 0 }

const unknown: Build = (draft, request, context) => {
  context.approximate(`source "${request.word.replace('?', '')}" is not known: a saw plays`, request.node)
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
