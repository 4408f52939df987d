// The filter of an imported sound and its envelope (import worker).
import type { InstrumentContext } from '../normalise/context.ts'
import type { SoundReading } from '../normalise/sound.ts'
import { round } from '../rules/quantity.ts'
import type { PatchDraft } from './draft.ts'
import { connectStereo, throughUnit } from './stereo.ts'

const SVF_MODES: Readonly<Record<string, string>> = {
  lowpass: 'lowpass',
  highpass: 'highpass',
  bandpass: 'bandpass',
  notch: 'notch',
  ensemble: 'lowpass',
  adaptive: 'lowpass',
  chaotic: 'lowpass',
}

/** The octaves by which a filter that adapts opens with the level, and by which a chaotic one strays. */
const ADAPTS = 2
const STRAYS = 1
/** Where the formants of the neutral vowel are centred. */
const FORMANT_HZ = 900

/** Adds `filter` after `input` when the file has one; returns what to amplify. */
export function addFilter(
  draft: PatchDraft,
  context: InstrumentContext,
  sound: SoundReading,
  input: readonly string[],
): readonly string[] {
  if (!sound.filter) return input
  const { slots } = sound
  const written = slots.words.get('filter.type')
  const word = written?.words[0] ?? 'lowpass'
  if (word === 'formant') return addFormants(draft, sound, input)
  const type = word === 'ladder' || word === 'comb' ? word : 'svf'
  draft.unit('filter', type, 'Filter')
  connectStereo(draft, 'filter', input)
  if (type === 'svf') draft.word('filter.type', SVF_MODES[word], written?.found, 'filter', 'mode')
  const cutoff = slots.scalars.get('filter.cutoff')
  draft.read('filter.cutoff', cutoff, 'filter', 'cutoff')
  if (!cutoff) draft.put('filter', 'cutoff', context.roleValue('filter.cutoff') ?? 2000)
  draft.read(
    'filter.resonance',
    slots.scalars.get('filter.resonance'),
    'filter',
    type === 'comb' ? 'feedback' : 'resonance',
  )
  if (type === 'comb') draft.put('filter', 'feedback', Math.min(0.85, slots.value('filter.resonance') ?? 0.5))
  if (type === 'ladder') draft.read('filter.drive', slots.scalars.get('filter.drive'), 'filter', 'drive')
  addSlope(draft, context, sound, type)
  addEnvelope(draft, context, sound, word)
  if (word === 'adaptive') addFollower(draft, input)
  if (word === 'chaotic') {
    draft.unit('drift', 'chaos', 'Filter', { model: 'roessler', rate: 1.5, wildness: 0.8 })
    draft.mod('drift', 'filter.cutoff', STRAYS)
  }
  return throughUnit('filter', input)
}

/** An envelope opens the filter: it lifts the cutoff, but lowers that of a high-pass, which would thin the note out instead. */
function addEnvelope(
  draft: PatchDraft,
  context: InstrumentContext,
  { slots, filter }: SoundReading,
  word: string,
): void {
  const amount = slots.scalars.get('filter.amount')
  if (!amount) return
  const opensDown = word === 'highpass' && amount.value > 0
  draft.mod('env', 'filter.cutoff', opensDown ? -amount.value : amount.value)
  const node = filter?.entries().find((entry) => entry.node.pointer() === amount.found.pointer)?.node
  if (!opensDown || !node) return
  context.remark({
    kind: 'changed',
    severity: 'note',
    cause: 'filter.amount/highpass',
    node,
    found: amount.found.text,
    used: `-${String(round(amount.value))} octaves`,
    why: 'an envelope opens a high-pass downwards',
  })
}

/** A filter that adapts opens with the level of what it filters. */
function addFollower(draft: PatchDraft, input: readonly string[]): void {
  draft.unit('follower', 'follower', 'Filter', { mode: 'rms', attack: 0.03, release: 0.3 })
  connectStereo(draft, 'follower', input)
  draft.mod('follower', 'filter.cutoff', ADAPTS)
}

/** A cutoff moves all formants, resonance makes them narrow, the envelope goes from one vowel towards the next. */
function addFormants(draft: PatchDraft, { slots }: SoundReading, input: readonly string[]): readonly string[] {
  draft.unit('filter', 'formant', 'Filter')
  connectStereo(draft, 'filter', input)
  const cutoff = slots.scalars.get('filter.cutoff')
  if (cutoff) {
    const shift = Math.min(24, Math.max(-24, 12 * Math.log2(cutoff.value / FORMANT_HZ)))
    draft.put('filter', 'shift', round(shift), cutoff.found)
  }
  const resonance = slots.scalars.get('filter.resonance')
  if (resonance) draft.put('filter', 'sharpness', round(2 ** (3 * resonance.value - 2)), resonance.found)
  draft.put('filter', 'vowel', 1)
  draft.mod('env', 'filter.vowel', Math.min(3, Math.max(-1, slots.value('filter.amount') ?? 0)))
  return throughUnit('filter', input)
}

/** 12 or 24 dB per octave for the state-variable filter; the ladder has 24 only, the comb none. */
function addSlope(draft: PatchDraft, context: InstrumentContext, sound: SoundReading, type: string): void {
  const slope = sound.slots.scalars.get('filter.slope')
  if (!slope) return
  const used = type === 'ladder' ? 24 : slope.value < 18 ? 12 : 24
  if (type === 'svf') draft.word('filter.slope', String(used), slope.found, 'filter', 'slope')
  if (used === slope.value && type !== 'comb') return
  const node = sound.filter?.entries().find((entry) => entry.node.pointer() === slope.found.pointer)?.node
  if (!node) return
  const why =
    type === 'comb'
      ? 'a comb filter has no slope'
      : type === 'ladder'
        ? 'the ladder falls by 24 dB per octave'
        : 'slopes are 12 or 24 dB per octave'
  const kind = type === 'comb' ? 'dropped' : 'changed'
  context.remark({
    kind,
    severity: 'note',
    cause: 'filter.slope/limit',
    node,
    found: slope.found.text,
    used: type === 'comb' ? '' : `${String(used)} dB/oct`,
    why,
  })
}
