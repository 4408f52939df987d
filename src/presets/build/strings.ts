// Plucked-string parts of an imported sound: decay, brightness, pick, attack noise, vibrato (import worker).
import type { SoundReading } from '../normalise/sound.ts'
import { round } from '../rules/quantity.ts'
import type { PatchDraft } from './draft.ts'

/** Attack noise goes around the amplitude envelope, whose attack would swallow it, 12 dB below its intensity. */
const NOISE_LEVEL_DB = -12

/** What a string is made of: how soon its high harmonics fall silent, how stiff it is. */
const MADE_OF: Readonly<Record<string, { damping: number; stiffness: number }>> = {
  steel: { damping: 0.35, stiffness: 0.12 },
  bronze: { damping: 0.4, stiffness: 0.14 },
  nickel: { damping: 0.42, stiffness: 0.16 },
  nylon: { damping: 0.62, stiffness: 0.05 },
  gut: { damping: 0.66, stiffness: 0.06 },
}
const GAUGE: Readonly<Record<string, number>> = { light: -0.04, heavy: 0.1 }
const TENSION: Readonly<Record<string, number>> = { low: 0.06, high: -0.06 }

/** Whose body a file of its impulse response names. */
const BODIES: readonly (readonly [RegExp, string])[] = [
  [/classic|nylon|spanish|flamenco/i, 'classical'],
  [/bass/i, 'bass'],
  [/strat|tele|les.?paul|electric|solid/i, 'electric'],
  [/banjo/i, 'banjo'],
  [/violin|viola|fiddle/i, 'violin'],
  [/cello/i, 'cello'],
]
/** A file's noises of the fingers are levels beside the note; full scale would be louder than it. */
const SCRAPE = 0.5
/** Bodies that are heard through a pickup, and where it is. */
const PICKUPS: Readonly<Record<string, number>> = { electric: 0.14, bass: 0.2 }
/** A file's `volume` of strings that sound along is the level of their harmonics; full scale is strong. */
const SYMPATHY = 2

/** Completes the string oscillator at `index` (-1: there is none); returns further outputs for the output stage. */
export function addStringParts(draft: PatchDraft, sound: SoundReading, index: number): readonly string[] {
  const { slots } = sound
  if (index >= 0) {
    const name = `osc${String(index + 1)}`
    draft.read('string.decay', slots.scalars.get('string.decay'), name, 'decay')
    draft.read('string.position', slots.scalars.get('string.position'), name, 'position')
    addMaterial(draft, sound, name)
    addPick(draft, sound, name)
    addBody(draft, sound, name)
    const spread = slots.value('string.spread')
    if (spread !== undefined) draft.mod('random', 'voice.pitch', spread)
  }
  return addAttackNoise(draft, sound)
}

function addMaterial(draft: PatchDraft, { slots }: SoundReading, name: string): void {
  const material = slots.words.get('string.material')
  const made = MADE_OF[material?.words[0] ?? ''] ?? { damping: 0.45, stiffness: 0.1 }
  const vibe = slots.lists.get('string.vibe')
  const dull = vibe ? 0.25 * (0.5 - brightnessOf(vibe.values)) : 0
  const damping = made.damping + dull + (TENSION[slots.word('string.tension') ?? ''] ?? 0)
  const stiffness = made.stiffness + (GAUGE[slots.word('string.gauge') ?? ''] ?? 0)
  draft.put(name, 'damping', round(Math.min(1, Math.max(0, damping))), vibe?.found ?? material?.found)
  draft.put(name, 'stiffness', round(stiffness), slots.words.get('string.gauge')?.found ?? material?.found)
}

function addPick(draft: PatchDraft, { slots }: SoundReading, name: string): void {
  const pick = slots.words.get('pick.stiffness')
  const vibe = slots.lists.get('string.vibe')
  if (pick || vibe) {
    const bright = vibe ? 0.4 * (brightnessOf(vibe.values) - 0.5) : 0
    const hardness = 0.75 + 2 * Number(pick?.words[0] ?? 0) + bright
    draft.put(name, 'hardness', round(Math.min(1, Math.max(0, hardness))), pick?.found ?? vibe?.found)
  }
  const colour = slots.words.get('noise.type')
  draft.word('noise.colour', colour?.words[0], colour?.found, name, 'colour')
  const slides = slots.scalars.get('pick.noise')
  draft.read('pick.noise', slides, name, 'scrape', SCRAPE)
  draft.read('pick.chance', slots.scalars.get('pick.chance'), name, 'chance')
}

function addBody(draft: PatchDraft, { slots }: SoundReading, name: string): void {
  const file = slots.words.get('body.file')
  const mix = slots.scalars.get('body.mix')
  const body = BODIES.find(([words]) => words.test(file?.words[0] ?? ''))?.[1] ?? 'acoustic'
  if (file || mix) {
    draft.put(name, 'body', body, file?.found)
    draft.read('body.mix', mix, name, 'bodyMix')
    if (PICKUPS[body] !== undefined) draft.put(name, 'pickup', PICKUPS[body])
  }
  const tuning = slots.words.get('strings.tuning')?.found
  const lowest = tuning ? lowestNote(tuning.text) : undefined
  const isBass = lowest === undefined ? body === 'bass' : lowest < LOWEST_OF_GUITARS
  if (isBass) draft.put(name, 'strings', 'bass', tuning)
  draft.read('string.sympathy', slots.scalars.get('string.sympathy'), name, 'sympathy', SYMPATHY)
}

/** A1, the seventh string of a dropped tuning: what is strung lower is a bass. */
const LOWEST_OF_GUITARS = 33

/** MIDI number of the lowest of the notes that are named, as `E2` or `F#-1`; undefined: none is. */
function lowestNote(text: string): number | undefined {
  const notes = [...text.matchAll(/\b([A-Ga-g])([#b♯♭]?)(-?\d)\b/g)].map(([, letter = '', sign = '', octave = '']) => {
    const semitone = [9, 11, 0, 2, 4, 5, 7]['abcdefg'.indexOf(letter.toLowerCase())]!
    return 12 * (Number(octave) + 1) + semitone + ('#♯'.includes(sign) && sign ? 1 : sign ? -1 : 0)
  })
  return notes.length > 0 ? Math.min(...notes) : undefined
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
