// Measuring spectra in tests: Kaiser-windowed FFT in double precision and what to read off it.

/** In-place complex FFT (radix 2). */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      ;[re[i], re[j]] = [re[j]!, re[i]!]
      ;[im[i], im[j]] = [im[j]!, im[i]!]
    }
  }
  const cos = new Float64Array(n / 2)
  const sin = new Float64Array(n / 2)
  for (let k = 0; k < n / 2; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / n)
    sin[k] = -Math.sin((2 * Math.PI * k) / n)
  }
  for (let length = 2; length <= n; length *= 2) {
    const half = length / 2
    const stride = n / length
    for (let start = 0; start < n; start += length) {
      for (let k = 0; k < half; k++) {
        const a = start + k
        const b = a + half
        const wr = cos[k * stride]!
        const wi = sin[k * stride]!
        const br = re[b]! * wr - im[b]! * wi
        const bi = re[b]! * wi + im[b]! * wr
        re[b] = re[a]! - br
        im[b] = im[a]! - bi
        re[a] = re[a]! + br
        im[a] = im[a]! + bi
      }
    }
  }
}

function bessel0(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; k < 200; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
    if (term < 1e-18 * sum) break
  }
  return sum
}

const windows = new Map<string, Float64Array>()
export function kaiser(n: number, beta: number): Float64Array {
  const key = `${n}:${beta}`
  let w = windows.get(key)
  if (!w) {
    w = new Float64Array(n)
    const norm = bessel0(beta)
    for (let i = 0; i < n; i++) w[i] = bessel0(beta * Math.sqrt(Math.max(0, 1 - ((2 * i) / n - 1) ** 2))) / norm
    windows.set(key, w)
  }
  return w
}

/** Magnitudes of bins 0..n/2, scaled so that a sine of amplitude 1 reads 1 at its bin. */
export function magnitudes(signal: ArrayLike<number>, beta = 28): Float64Array {
  const n = signal.length
  const w = kaiser(n, beta)
  const re = new Float64Array(n)
  const im = new Float64Array(n)
  let sum = 0
  for (let i = 0; i < n; i++) {
    re[i] = signal[i]! * w[i]!
    sum += w[i]!
  }
  fft(re, im)
  const out = new Float64Array(n / 2 + 1)
  for (let k = 0; k <= n / 2; k++) out[k] = (2 * Math.hypot(re[k]!, im[k]!)) / sum
  return out
}

/** Amplitude of one frequency by a windowed Fourier sum (exact frequency, no bin grid). */
export function toneAmplitude(signal: ArrayLike<number>, hz: number, sampleRate: number, beta = 28): number {
  const n = signal.length
  const w = kaiser(n, beta)
  let re = 0
  let im = 0
  let sum = 0
  const turn = (2 * Math.PI * hz) / sampleRate
  for (let i = 0; i < n; i++) {
    re += signal[i]! * w[i]! * Math.cos(turn * i)
    im += signal[i]! * w[i]! * Math.sin(turn * i)
    sum += w[i]!
  }
  return (2 * Math.hypot(re, im)) / sum
}

export const decibels = (ratio: number): number => 20 * Math.log10(ratio)
export const noteHz = (note: number): number => 440 * 2 ** ((note - 69) / 12)

export function rms(signal: ArrayLike<number>, from = 0, to = signal.length): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += signal[i]! ** 2
  return Math.sqrt(sum / (to - from))
}

/** Worst component below `limitHz` that is no harmonic of `hz`, in dB relative to the fundamental. */
export function worstAlias(
  signal: ArrayLike<number>,
  hz: number,
  sampleRate: number,
  limitHz = 20000,
): { db: number; atHz: number } {
  const mags = magnitudes(signal)
  const bin = sampleRate / signal.length
  const guard = 12 // half width of the Kaiser main lobe (beta 28) in bins
  const fundamental = toneAmplitude(signal, hz, sampleRate)
  let worst = 0
  let at = 0
  for (let k = guard; k * bin < limitHz; k++) {
    const nearest = Math.round((k * bin) / hz) * hz
    if (Math.abs(k * bin - nearest) < guard * bin) continue
    if (mags[k]! > worst) {
      worst = mags[k]!
      at = k * bin
    }
  }
  return { db: decibels(worst / fundamental), atHz: at }
}

/** Frequency of a steady tone near `nearHz`, from the phase between the two halves of the signal. */
export function exactHz(signal: Float32Array, nearHz: number, sampleRate: number): number {
  const half = signal.length >> 1
  const w = kaiser(half, 14)
  let hz = nearHz
  for (let round = 0; round < 3; round++) {
    const turn = (2 * Math.PI * hz) / sampleRate
    const phase = [0, half].map((from) => {
      let re = 0
      let im = 0
      for (let i = 0; i < half; i++) {
        re += signal[from + i]! * w[i]! * Math.cos(turn * (from + i))
        im -= signal[from + i]! * w[i]! * Math.sin(turn * (from + i))
      }
      return Math.atan2(im, re)
    }) as [number, number]
    let step = phase[1] - phase[0]
    step -= 2 * Math.PI * Math.round(step / (2 * Math.PI))
    hz += (step / (2 * Math.PI) / half) * sampleRate
  }
  return hz
}
