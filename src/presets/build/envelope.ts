// The amplitude envelope of an imported sound: stages that its type does not have are off (import worker).
import type { InstrumentContext, Reading } from '../normalise/context.ts'
import type { SoundReading } from '../normalise/sound.ts'
import type { PatchDraft } from './draft.ts'
import { connectStereo, throughUnit } from './stereo.ts'

/** Stage -> its letter in ENVELOPES. */
const STAGES = { delay: 'e', attack: 'a', hold: 'h', decay: 'd', sustain: 's', release: 'r' } as const

/** Adds `env` and `amp` after `input`; returns what to place in the stereo image. */
export function addAmplifier(
  draft: PatchDraft,
  context: InstrumentContext,
  sound: SoundReading,
  input: readonly string[],
): readonly string[] {
  const { slots } = sound
  // A keyboard should answer to the touch even where the file does not speak of velocity.
  draft.unit('env', 'env', 'Amp envelope', { velocity: 0.5 })
  const type = slots.word('env.type')
  for (const [stage, letter] of Object.entries(STAGES)) {
    const slot = `env.${stage}`
    const reading = slots.scalars.get(slot)
    const has =
      type === undefined
        ? reading !== undefined || letter === 'a' || letter === 'd' || letter === 's' || letter === 'r'
        : type.includes(letter)
    if (has) draft.read(slot, reading, 'env', stage)
    if (has && !reading) draft.put('env', stage, context.roleValue(slot) ?? 0)
    if (!has) switchOff(draft, context, sound, stage, reading)
  }
  draft.word('env.curve', slots.word('env.curve'), slots.words.get('env.curve')?.found, 'env', 'curve')
  draft.read('env.velocity', slots.scalars.get('env.velocity'), 'env', 'velocity')
  draft.unit('amp', 'gain', 'Output')
  connectStereo(draft, 'amp', input)
  draft.connect('amp', 'mod', ['env'])
  return throughUnit('amp', input)
}

/** What a missing stage means: no delay, hold or attack; without sustain the sound falls to nothing; without release it ends with its decay. */
function switchOff(
  draft: PatchDraft,
  context: InstrumentContext,
  sound: SoundReading,
  stage: string,
  reading: Reading | undefined,
): void {
  const { slots } = sound
  const type = slots.word('env.type') ?? ''
  if (stage === 'sustain') draft.put('env', 'sustain', type.includes('d') ? 0 : 1)
  else if (stage === 'release')
    draft.put('env', 'release', slots.value('env.decay') ?? context.roleValue('env.decay') ?? 0.2)
  else draft.put('env', stage, 0)
  if (reading && sound.envelope) {
    const node =
      sound.envelope.entries().find((entry) => entry.node.pointer() === reading.found.pointer)?.node ?? sound.envelope
    context.remark({
      kind: 'dropped',
      severity: 'note',
      cause: 'envelope.stage',
      node,
      found: reading.found.text,
      used: '',
      why: `an envelope of type ${(slots.words.get('env.type')?.found.text ?? '').toUpperCase()} has no ${stage} stage`,
    })
  }
}
