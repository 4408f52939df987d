// Plucked-string parts of an imported sound: decay, brightness, pick, attack noise, vibrato (import worker).
import type { SoundReading } from '../normalise/sound.ts'
import { round } from '../rules/quantity.ts'
import type { PatchDraft } from './draft.ts'

/** Attack noise goes around the amplitude envelope, whose attack would swallow it, 12 dB below its intensity. */
const NOISE_LEVEL_DB = -12

/** Completes the string oscillator at `index` (-1: there is none); returns further outputs for the output stage. */
export function addStringParts(draft: PatchDraft, sound: SoundReading, index: number): readonly string[] {
  const { slots } = sound
  if (index >= 0) {
    const name = `osc${String(index + 1)}`
    draft.read('string.decay', slots.scalars.get('string.decay'), name, 'decay')
    draft.read('string.position', slots.scalars.get('string.position'), name, 'position')
    const vibe = slots.lists.get('string.vibe')
    const pick = slots.words.get('pick.stiffness')
    if (vibe || pick) {
      const brightness = (vibe ? brightnessOf(vibe.values) : 0.5) + Number(pick?.words[0] ?? 0)
      draft.put(name, 'brightness', round(Math.min(1, Math.max(0, brightness))), vibe?.found ?? pick?.found)
    }
    const colour = slots.words.get('noise.type')
    draft.word('noise.colour', colour?.words[0], colour?.found, name, 'noise')
    const spread = slots.value('string.spread')
    if (spread !== undefined) draft.mod('random', 'voice.pitch', spread)
  }
  return addAttackNoise(draft, sound)
}

/** 0 for a sine, 1 for a mean harmonic number of 3 and more. */
function brightnessOf(amplitudes: readonly number[]): number {
  const sum = amplitudes.reduce((a, b) => a + b, 0)
  const centroid = amplitudes.reduce((total, amplitude, at) => total + amplitude * (at + 1), 0) / (sum || 1)
  return Math.min(1, Math.max(0, (centroid - 1) / 2))
}

function addAttackNoise(draft: PatchDraft, sound: SoundReading): readonly string[] {
  const { slots } = sound
  const level = slots.scalars.get('noise.level')
  if (!level || slots.word('noise.enabled') === 'off') return []
  draft.unit('noise', slots.word('noise.type') === 'pink' ? 'pink' : 'white', 'Attack noise')
  draft.read('noise.level', level, 'noise', 'level')
  draft.unit('noiseenv', 'env', 'Attack noise', { attack: 0, sustain: 0 })
  draft.read('noiseenv.decay', slots.scalars.get('noiseenv.decay'), 'noiseenv', 'decay')
  draft.unit('noiseamp', 'gain', 'Attack noise', { level: NOISE_LEVEL_DB })
  draft.connect('noiseamp', 'in', ['noise'])
  draft.connect('noiseamp', 'mod', ['noiseenv'])
  return ['noiseamp']
}

/** Vibrato: an LFO on the pitch of the voice. */
export function addVibrato(draft: PatchDraft, sound: SoundReading): void {
  const { slots } = sound
  const depth = slots.value('vibrato.depth')
  if (depth === undefined || depth === 0) return
  draft.unit('vibrato', 'lfo', 'Vibrato', { shape: 'sine', rate: 5 })
  draft.read('vibrato.rate', slots.scalars.get('vibrato.rate'), 'vibrato', 'rate')
  draft.read('vibrato.delay', slots.scalars.get('vibrato.delay'), 'vibrato', 'delay')
  draft.mod('vibrato', 'voice.pitch', depth)
}
