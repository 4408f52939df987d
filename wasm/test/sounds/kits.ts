// Renders the pads of a kit one after another and measures each: level, loudness, length, spectrum (Node).
import type { Patch, Preset } from '../../../src/presets/model.ts'
import { integratedLoudness } from '../../../src/workers/render/loudness.ts'
import { bootEngine, peakOf, type Stereo } from '../engine.ts'
import { fft } from '../units/spectrum.ts'
import { SAMPLE_RATE, soundOf } from './measure.ts'

export const padsOf = (preset: Preset) => (preset.patch as Patch).pads ?? []

/** Every pad struck at velocity 0.8 for a twentieth of a second, as a drum machine does, and left to ring for `seconds`. */
export function renderPads(preset: Preset, seconds = 1): Map<number, Stereo> {
  const engine = bootEngine(SAMPLE_RATE, 1)
  engine.install(soundOf(preset))
  return new Map(
    padsOf(preset).map(({ low }) => {
      engine.noteOn(low, low, 0.8)
      const frames = Math.round(seconds * SAMPLE_RATE)
      engine.noteOff(low, engine.now() + 2400)
      const sound = engine.render(frames)
      engine.commands.at(null).reset(1)
      return [low, sound]
    }),
  )
}

/** LUFS of the first 0.4 s, where a drum is judged; -Infinity for silence. */
export const strokeLoudness = ({ left, right }: Stereo): number =>
  integratedLoudness([left.subarray(0, 0.4 * SAMPLE_RATE), right.subarray(0, 0.4 * SAMPLE_RATE)], SAMPLE_RATE) ??
  Number.NEGATIVE_INFINITY

export interface Stroke {
  readonly loudness: number
  readonly peakDb: number
  /** Of the power, in Hz. */
  readonly centroidHz: number
  /** Until the level of 10 ms stays 40 dB below its highest. */
  readonly decaySeconds: number
  /** Power in octave bands from 31 Hz, in dB of the whole. */
  readonly bands: readonly number[]
}

const SIZE = 16384

export function measureStroke(sound: Stereo): Stroke {
  const mid = sound.left.map((value, at) => 0.5 * (value + sound.right[at]!))
  const re = new Float64Array(SIZE)
  const im = new Float64Array(SIZE)
  re.set(mid.subarray(0, SIZE))
  fft(re, im)
  const bands = new Float64Array(10)
  let power = 0
  let moment = 0
  for (let bin = 1; bin < SIZE / 2; bin++) {
    const energy = re[bin]! ** 2 + im[bin]! ** 2
    const hertz = (bin * SAMPLE_RATE) / SIZE
    power += energy
    moment += energy * hertz
    const band = Math.floor(Math.log2(hertz / 22))
    if (band >= 0 && band < bands.length) bands[band]! += energy
  }
  const step = 480
  const levels: number[] = []
  for (let at = 0; at + step <= mid.length; at += step) levels.push(peakOf(mid, at, at + step))
  const least = Math.max(...levels) / 100
  return {
    loudness: strokeLoudness(sound),
    peakDb: 20 * Math.log10(Math.max(peakOf(sound.left), peakOf(sound.right))),
    centroidHz: moment / power,
    decaySeconds: (levels.findLastIndex((level) => level > least) + 1) * (step / SAMPLE_RATE),
    bands: [...bands].map((energy) => 10 * Math.log10(energy / power + 1e-6)),
  }
}

/** Loudness that each pad is brought to, LUFS over its first 0.4 s: drums carry, metal lies above them, small things colour. */
export const strokeTarget = (note: number): number => TARGETS[note] ?? -23

/** No stroke goes higher, so that the limiter has nothing to do while one drum plays. */
export const MOST_PEAK_DB = -3

const TARGETS: Readonly<Record<number, number>> = {
  35: -17,
  36: -17,
  37: -24,
  38: -18.5,
  39: -20,
  40: -18.5,
  41: -18.5,
  42: -26,
  43: -18.5,
  44: -28,
  45: -18.5,
  46: -23,
  47: -18.5,
  48: -18.5,
  49: -20,
  50: -18.5,
  51: -24,
  52: -21,
  55: -21,
  57: -20,
  59: -24,
  62: -26,
  65: -21,
  66: -21,
  69: -26,
  70: -27,
  71: -23,
  72: -23,
  80: -26,
}
