// How reverbs are measured: octave bands, decay times, echo density. Pure; Node.
import { rms } from './signals.ts'

/** Octave-wide band-pass (three RBJ sections, Q 1). */
export function band(x: Float32Array, frequency: number, sampleRate: number): Float64Array {
  let y = Float64Array.from(x)
  const w = (2 * Math.PI * frequency) / sampleRate
  const a = Math.sin(w) / 2
  for (let pass = 0; pass < 3; pass++) {
    let [x1, x2, y1, y2] = [0, 0, 0, 0]
    y = y.map((v) => {
      const out = (a * (v - x2) + 2 * Math.cos(w) * y1 - (1 - a) * y2) / (1 + a)
      ;[x2, x1, y2, y1] = [x1, v, y1, out]
      return out
    })
  }
  return y
}

/** T60 from the slope of the backward-integrated energy between -5 and -35 dB (ISO 3382, T30). */
export function decayTime(h: Float64Array, sampleRate: number): number {
  const energy = new Float64Array(h.length)
  for (let n = h.length - 1, sum = 0; n >= 0; n--) energy[n] = sum += h[n] ** 2
  let [count, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
  for (let n = 0; n < h.length; n += 16) {
    const level = 10 * Math.log10(energy[n] / energy[0])
    if (level > -5) continue
    if (level < -35) break
    const t = n / sampleRate
    count++
    sx += t
    sy += level
    sxx += t * t
    sxy += t * level
  }
  return (-60 * (count * sxx - sx * sx)) / (count * sxy - sx * sy)
}

/** Share of samples beyond one standard deviation in the 20 ms from `at`, 1 = Gaussian (Abel and Huang 2006). */
export function echoDensity(h: Float32Array, at: number, sampleRate = 48_000): number {
  const x = h.subarray(at, at + 0.02 * sampleRate)
  const sigma = rms(x)
  return x.filter((v) => Math.abs(v) > sigma).length / x.length / 0.3173
}
