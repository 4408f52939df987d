// Renders a sound as a musician would hear it and measures it: loudness, peak, pitch (Node).
import type { Preset } from '../../../src/presets/model.ts'
import { integratedLoudness } from '../../../src/workers/render/loudness.ts'
import { fft } from '../units/spectrum.ts'
import { bootEngine, type Sound, type Stereo } from '../engine.ts'

export const SAMPLE_RATE = 48000

/** The sound of a preset whose patch is inline. */
export function soundOf(preset: Preset): Sound {
  if (typeof preset.patch === 'string') throw new Error(`${preset.name}: the patch is not inline`)
  return { patch: preset.patch, values: preset.values, effects: preset.effects }
}

/** Notes struck at frame 0, let go after `seconds`, then `tail` seconds more; through the effects and the master limiter. */
export function play(sound: Sound, notes: readonly number[], seconds = 2, tail = 1, seed = 0): Stereo {
  const engine = bootEngine(SAMPLE_RATE, seed)
  engine.install(sound)
  notes.forEach((note, index) => engine.noteOn(index + 1, note, 0.8))
  const held = engine.render(Math.round(seconds * SAMPLE_RATE))
  notes.forEach((_, index) => engine.noteOff(index + 1))
  const after = engine.render(Math.round(tail * SAMPLE_RATE))
  const joined = (a: Float32Array, b: Float32Array): Float32Array => {
    const all = new Float32Array(a.length + b.length)
    all.set(a)
    all.set(b, a.length)
    return all
  }
  return { left: joined(held.left, after.left), right: joined(held.right, after.right) }
}

/** C major from C3. */
export const CHORD = [48, 52, 55] as const

/** Integrated loudness of a 2 s C3 chord in LUFS; -Infinity for silence. */
export function chordLoudness(sound: Sound): number {
  const { left, right } = play(sound, CHORD)
  return integratedLoudness([left, right], SAMPLE_RATE) ?? Number.NEGATIVE_INFINITY
}

const PITCH_FRAMES = 2 ** 17
const ATTACK_FRAMES = 0.2 * SAMPLE_RATE
/** Detuned voices and vibrato lie evenly around the pitch that is heard: all power this near a partial counts. */
const PITCH_RANGE_CENTS = 45

/**
 * Deviation in cents from the note: the centre of the power around the strongest of the partials 1/4, 1/2, 1, 2 and 4 times its
 * frequency, over 2.7 s after the attack (0.2 s).
 */
export function tuningCents(samples: Float32Array, note: number): number {
  const re = new Float64Array(PITCH_FRAMES)
  const im = new Float64Array(PITCH_FRAMES)
  for (let i = 0; i < PITCH_FRAMES; i++) {
    re[i] = (samples[ATTACK_FRAMES + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / PITCH_FRAMES))
  }
  fft(re, im)
  const base = 440 * 2 ** ((note - 69) / 12)
  let best = { power: 0, cents: Number.NaN }
  for (const partial of [0.25, 0.5, 1, 2, 4]) {
    const bin = (base * partial * PITCH_FRAMES) / SAMPLE_RATE
    const reach = Math.max(4, bin * (2 ** (PITCH_RANGE_CENTS / 1200) - 1))
    let power = 0
    let moment = 0
    for (let at = Math.ceil(bin - reach); at <= bin + reach; at++) {
      const energy = (re[at] ?? 0) ** 2 + (im[at] ?? 0) ** 2
      power += energy
      moment += energy * (at - bin)
    }
    if (power > best.power) best = { power, cents: 1200 * Math.log2(1 + moment / power / bin) }
  }
  return best.cents
}
