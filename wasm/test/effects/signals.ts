// Test signals and measurements: sines, noise, levels, spectra. Pure; Node.

export const db = (x: number) => 20 * Math.log10(Math.max(Math.abs(x), 1e-30))

export function sine(frequency: number, frames: number, sampleRate = 48000, amplitude = 1, phase = 0): Float32Array {
  return Float32Array.from({ length: frames }, (_, n) => {
    const turns = (frequency * n) / sampleRate
    return amplitude * Math.sin(2 * Math.PI * (turns - Math.floor(turns)) + phase)
  })
}

/** Uniform white noise, -1..1 times `amplitude`; the same for the same seed (xorshift32). */
export function noise(frames: number, seed = 1, amplitude = 1): Float32Array {
  let state = (seed * 2654435761) >>> 0 || 1
  return Float32Array.from({ length: frames }, () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return amplitude * (state / 2147483648 - 1)
  })
}

export function impulse(frames: number, at = 0, amplitude = 1): Float32Array {
  const x = new Float32Array(frames)
  x[at] = amplitude
  return x
}

export const peak = (x: Float32Array) => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
export const rms = (x: Float32Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length)
export const finite = (x: Float32Array) => x.every(Number.isFinite)

/** In place, power-of-two length. */
export function fft(re: Float64Array, im: Float64Array) {
  const n = re.length
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      ;[re[i], re[j]] = [re[j], re[i]]
      ;[im[i], im[j]] = [im[j], im[i]]
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2
    for (let k = 0; k < half; k++) {
      const angle = (-2 * Math.PI * k) / size
      const c = Math.cos(angle)
      const s = Math.sin(angle)
      for (let i = k; i < n; i += size) {
        const j = i + half
        const r = re[j] * c - im[j] * s
        const q = re[j] * s + im[j] * c
        re[j] = re[i] - r
        im[j] = im[i] - q
        re[i] += r
        im[i] += q
      }
    }
  }
}

function bessel0(x: number) {
  let term = 1
  let sum = 1
  for (let k = 1; k < 100; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

/** Magnitudes of bins 0..N/2 under a Kaiser window (beta 28: sidelobes below -200 dB), a full-scale sine reads 1. */
export function spectrum(x: Float32Array, beta = 28): Float64Array {
  const n = x.length
  const re = new Float64Array(n)
  const im = new Float64Array(n)
  let sum = 0
  const whole = bessel0(beta)
  for (let i = 0; i < n; i++) {
    const t = (2 * i) / n - 1
    const w = bessel0(beta * Math.sqrt(Math.max(0, 1 - t * t))) / whole
    sum += w
    re[i] = x[i] * w
  }
  fft(re, im)
  return Float64Array.from({ length: n / 2 + 1 }, (_, k) => (2 * Math.hypot(re[k], im[k])) / sum)
}

/** |H| in dB at `frequencies`, from an impulse response, by direct summation. */
export function response(h: Float32Array, frequencies: number[], sampleRate = 48000): number[] {
  return frequencies.map((f) => {
    const w = (2 * Math.PI * f) / sampleRate
    let re = 0
    let im = 0
    for (let n = 0; n < h.length; n++) {
      if (h[n] === 0) continue
      re += h[n] * Math.cos(w * n)
      im -= h[n] * Math.sin(w * n)
    }
    return db(Math.hypot(re, im))
  })
}

/** Worst bin of `magnitudes` below `limit` Hz that is not within `width` bins of a multiple of `fundamental` (Hz), in dB of the strongest. */
export function worstAlias(
  magnitudes: Float64Array,
  fundamental: number,
  limit: number,
  sampleRate = 48000,
  width = 12,
) {
  const hz = sampleRate / (2 * (magnitudes.length - 1))
  const strongest = magnitudes.reduce((a, b) => Math.max(a, b), 0)
  let worst = 0
  for (let k = width; k * hz < limit; k++) {
    const f = k * hz
    const nearest = Math.round(f / fundamental) * fundamental
    if (Math.abs(f - nearest) > width * hz) worst = Math.max(worst, magnitudes[k])
  }
  return db(worst / strongest)
}

/** Highest value between the samples on a 16x grid; `taps` of a Kaiser sinc (BS.1770-5 itself takes 12 on a 4x grid). */
export function truePeak(x: Float32Array, taps: number): number {
  const beta = 5 + taps / 32
  const bessel = (v: number) => {
    let [term, sum] = [1, 1]
    for (let k = 1; k < 40; k++) sum += term *= (v / (2 * k)) ** 2
    return sum
  }
  const kernels = Array.from({ length: 16 }, (_, p) => {
    const h = Float64Array.from({ length: taps }, (_, k) => {
      const t = k - (taps / 2 - 1) - p / 16
      const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t)
      return sinc * bessel(beta * Math.sqrt(Math.max(0, 1 - (t / (taps / 2)) ** 2)))
    })
    const sum = h.reduce((a, b) => a + b)
    return h.map((v) => v / sum)
  })
  let most = 0
  for (let n = 0; n + taps <= x.length; n++) {
    const near = Math.max(Math.abs(x[n + taps / 2 - 1]), Math.abs(x[n + taps / 2]))
    if (near < 0.3 * most) continue // far from any peak
    for (const h of kernels) {
      let sum = 0
      for (let k = 0; k < taps; k++) sum += h[k] * x[n + k]
      most = Math.max(most, Math.abs(sum))
    }
  }
  return most
}
