// What a tile draws of a sound (render worker): amplitude and brightness over the render, one pair for each thread.
import { CENTROID_FRAMES, spectralCentroidHz } from './spectrum.ts'

export const FINGERPRINT_SLICES = 64
const DARK_HZ = 60
const BRIGHT_HZ = 12_000

export interface Fingerprint {
  /** Peak of each slice, 1 = the loudest slice; all 0 when silent. */
  readonly amplitude: Float32Array<ArrayBuffer>
  /** Spectral centroid of each slice, log scale 60 Hz = 0 to 12 kHz = 1; 0 where the slice is silent. */
  readonly brightness: Float32Array<ArrayBuffer>
  /** Highest absolute sample, linear. */
  readonly peak: number
}

/** Channels are left and right, equally long. The end is cut where the sound has fallen below -60 dB of its peak. */
export function fingerprint(
  left: Float32Array,
  right: Float32Array,
  sampleRate: number,
): Fingerprint & { seconds: number } {
  const mono = Float32Array.from(left, (sample, i) => 0.5 * (sample + (right[i] ?? 0)))
  let peak = 0
  for (let i = 0; i < left.length; i++) peak = Math.max(peak, Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0))
  let end = left.length
  while (end > 1 && Math.abs(left[end - 1] ?? 0) <= peak * 1e-3 && Math.abs(right[end - 1] ?? 0) <= peak * 1e-3) end--
  const amplitude = new Float32Array(FINGERPRINT_SLICES)
  const brightness = new Float32Array(FINGERPRINT_SLICES)
  const length = end / FINGERPRINT_SLICES
  for (let slice = 0; slice < FINGERPRINT_SLICES && peak > 0; slice++) {
    const from = Math.floor(slice * length)
    const to = Math.max(from + 1, Math.floor((slice + 1) * length))
    let high = 0
    for (let i = from; i < to; i++) high = Math.max(high, Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0))
    amplitude[slice] = high / peak
    const centre = Math.max(0, Math.round((from + to - CENTROID_FRAMES) / 2))
    const hz = spectralCentroidHz(mono, centre, sampleRate)
    brightness[slice] = hz > 0 ? Math.min(1, Math.max(0, Math.log(hz / DARK_HZ) / Math.log(BRIGHT_HZ / DARK_HZ))) : 0
  }
  return { amplitude, brightness, peak, seconds: end / sampleRate }
}
