// Spectral centroid of a short frame (render worker): a plain radix-2 FFT, enough for fingerprints.

const SIZE = 2048
const bitReversed = Uint16Array.from({ length: SIZE }, (_, i) => {
  let reversed = 0
  for (let bit = 0; bit < 11; bit++) reversed |= ((i >> bit) & 1) << (10 - bit)
  return reversed
})
const cosine = Float64Array.from({ length: SIZE / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / SIZE))
const sine = Float64Array.from({ length: SIZE / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / SIZE))
const hann = Float64Array.from({ length: SIZE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / SIZE))
const re = new Float64Array(SIZE)
const im = new Float64Array(SIZE)

/** Frames that one centroid looks at. */
export const CENTROID_FRAMES = SIZE

/** Magnitude-weighted mean frequency in Hz of 2048 frames from `start` (zeros past the end); 0 when silent. */
export function spectralCentroidHz(samples: Float32Array, start: number, sampleRate: number): number {
  for (let i = 0; i < SIZE; i++) {
    const at = bitReversed[i] ?? 0
    re[at] = (samples[start + i] ?? 0) * (hann[i] ?? 0)
    im[at] = 0
  }
  transform()
  let weighted = 0
  let total = 0
  for (let bin = 1; bin < SIZE / 2; bin++) {
    const magnitude = Math.hypot(re[bin] ?? 0, im[bin] ?? 0)
    weighted += magnitude * bin
    total += magnitude
  }
  return total > 1e-9 ? (weighted / total) * (sampleRate / SIZE) : 0
}

function transform(): void {
  for (let half = 1; half < SIZE; half *= 2) {
    const stride = SIZE / (2 * half)
    for (let block = 0; block < SIZE; block += 2 * half) {
      for (let k = 0; k < half; k++) {
        const c = cosine[k * stride] ?? 0
        const s = sine[k * stride] ?? 0
        const low = block + k
        const high = low + half
        const hr = (re[high] ?? 0) * c + (im[high] ?? 0) * s
        const hi = (im[high] ?? 0) * c - (re[high] ?? 0) * s
        re[high] = (re[low] ?? 0) - hr
        im[high] = (im[low] ?? 0) - hi
        re[low] = (re[low] ?? 0) + hr
        im[low] = (im[low] ?? 0) + hi
      }
    }
  }
}
