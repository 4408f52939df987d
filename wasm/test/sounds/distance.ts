// How different two renders sound: distance of log-mel spectrograms after matching their loudness (Node).
import { integratedLoudness } from '../../../src/workers/render/loudness.ts'
import type { Stereo } from '../engine.ts'
import { fft } from '../units/spectrum.ts'
import { SAMPLE_RATE } from './measure.ts'

const SIZE = 4096
const HOP = 2048
const BANDS = 48
/** Frames that are averaged in power: noise differs from seed to seed, its level in a band does not. */
const AVERAGED = 6
const FLOOR_DB = -70

const melOf = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700)
const hertzOf = (mel: number): number => 700 * (10 ** (mel / 2595) - 1)
/** First FFT bin of each band, 40 Hz to 16 kHz, and the end of the last. */
const EDGES = Array.from({ length: BANDS + 1 }, (_, band) => {
  const mel = melOf(40) + ((melOf(16_000) - melOf(40)) * band) / BANDS
  return Math.round((hertzOf(mel) * SIZE) / SAMPLE_RATE)
})

/** Rows of BANDS values in dB, about 0.26 s each, of the render at -20 LUFS. */
export function logMel({ left, right }: Stereo): Float32Array[] {
  const loudness = integratedLoudness([left, right], SAMPLE_RATE) ?? -70
  const gain = 10 ** ((-20 - loudness) / 20)
  const rows: Float32Array[] = []
  let sums = new Float64Array(BANDS)
  let count = 0
  for (let start = 0; start + SIZE <= left.length; start += HOP) {
    for (const channel of [left, right]) addPowers(channel, start, gain, sums)
    if (++count < AVERAGED) continue
    rows.push(Float32Array.from(sums, (power) => Math.max(FLOOR_DB, 10 * Math.log10(power / count + 1e-12))))
    sums = new Float64Array(BANDS)
    count = 0
  }
  return rows
}

/** Root mean square of the differences in dB. */
export function melDistance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let sum = 0
  let count = 0
  for (let row = 0; row < Math.min(a.length, b.length); row++) {
    for (let band = 0; band < BANDS; band++) {
      sum += ((a[row]?.[band] ?? 0) - (b[row]?.[band] ?? 0)) ** 2
      count += 1
    }
  }
  return Math.sqrt(sum / count)
}

const re = new Float64Array(SIZE)
const im = new Float64Array(SIZE)

function addPowers(channel: Float32Array, start: number, gain: number, sums: Float64Array): void {
  for (let i = 0; i < SIZE; i++) {
    re[i] = (channel[start + i] ?? 0) * gain * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / SIZE))
    im[i] = 0
  }
  fft(re, im)
  for (let band = 0; band < BANDS; band++) {
    const end = Math.max((EDGES[band] ?? 0) + 1, EDGES[band + 1] ?? 0)
    for (let bin = EDGES[band] ?? 0; bin < end; bin++) {
      sums[band] = (sums[band] ?? 0) + ((re[bin] ?? 0) ** 2 + (im[bin] ?? 0) ** 2) / SIZE ** 2
    }
  }
}
