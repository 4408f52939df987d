// Renders a sound as a musician would hear it and measures it: loudness, peak, pitch (Node).
import type { Preset } from '../../../src/presets/model.ts'
import { integratedLoudness } from '../../../src/workers/render/loudness.ts'
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

/**
 * Deviation in cents of the strongest of the partials 1/2, 1, 2 and 4 times the note's frequency, by a Hann-windowed DFT searched
 * over +-60 cents and refined by a parabola; `partials` narrows the choice.
 */
export function tuningCents(
  samples: Float32Array,
  note: number,
  partials: readonly number[] = [0.25, 0.5, 1, 2, 4],
): number {
  const base = 440 * 2 ** ((note - 69) / 12)
  let best = { power: 0, cents: Number.NaN }
  for (const partial of partials) {
    const powers: number[] = []
    for (let cents = -60; cents <= 60; cents++) powers.push(powerAt(samples, base * partial * 2 ** (cents / 1200)))
    const top = powers.indexOf(Math.max(...powers))
    const power = powers[top] ?? 0
    if (power <= best.power || top === 0 || top === powers.length - 1) continue
    const [low, high] = [powers[top - 1] ?? 0, powers[top + 1] ?? 0]
    best = { power, cents: top - 60 + (low - high) / (2 * (low - 2 * power + high)) }
  }
  return best.cents
}

function powerAt(samples: Float32Array, hertz: number): number {
  const step = (2 * Math.PI * hertz) / SAMPLE_RATE
  let re = 0
  let im = 0
  for (let i = 0; i < samples.length; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / samples.length)
    const value = (samples[i] ?? 0) * window
    re += value * Math.cos(step * i)
    im += value * Math.sin(step * i)
  }
  return re * re + im * im
}
