// The filter of an imported sound and its envelope (import worker).
import type { InstrumentContext } from '../normalise/context.ts'
import type { SoundReading } from '../normalise/sound.ts'
import type { PatchDraft } from './draft.ts'
import { connectStereo, throughUnit } from './stereo.ts'

const SVF_MODES: Readonly<Record<string, string>> = {
  lowpass: 'lowpass',
  highpass: 'highpass',
  bandpass: 'bandpass',
  notch: 'notch',
  formant: 'bandpass',
  ensemble: 'lowpass',
  adaptive: 'lowpass',
}

const STAND_INS: Readonly<Record<string, string>> = {
  formant: 'formant filter played as a band-pass',
  adaptive: 'adaptive filter played as a low-pass',
}

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
  const reason = STAND_INS[word]
  if (reason) context.approximate(reason, sound.filter.get('type') ?? sound.filter)
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
  draft.mod('env', 'filter.cutoff', slots.value('filter.amount') ?? 0)
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
