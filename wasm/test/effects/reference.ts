// What processors are measured against: formulas of the literature in double precision. Pure; tests and the report.
import { fft } from './signals.ts'

export type Bend = 'low' | 'bell' | 'high'
/** Analogue prototypes of the RBJ cookbook, in dB. */
export function analogueBend(kind: Bend, f: number, corner: number, gainDb: number, q: number): number {
  const a = 10 ** (gainDb / 40)
  const x = f / corner
  const r = Math.sqrt(a) / q
  const abs2 = (re: number, im: number) => re * re + im * im
  const [num, den] =
    kind === 'bell'
      ? [abs2(1 - x * x, (x * a) / q), abs2(1 - x * x, x / (a * q))]
      : kind === 'low'
        ? [a * a * abs2(a - x * x, x * r), abs2(1 - a * x * x, x * r)]
        : [a * a * abs2(1 - a * x * x, x * r), abs2(a - x * x, x * r)]
  return 10 * Math.log10(num / den)
}

/** Static curve of a compressor in dB of gain; Giannoulis, Massberg and Reiss 2012. */
export function compressorGain(level: number, threshold: number, ratio: number, knee: number): number {
  const over = level - threshold
  if (2 * over <= -knee) return 0
  if (2 * Math.abs(over) < knee) return ((1 / ratio - 1) * (over + knee / 2) ** 2) / (2 * knee)
  return (1 / ratio - 1) * over
}

/** Convolution in f64, cut to the length of `x`. */
export function convolved(x: Float32Array, h: Float32Array): Float64Array {
  let size = 1
  while (size < x.length + h.length) size *= 2
  const [re, im, hr, hi] = [0, 0, 0, 0].map(() => new Float64Array(size))
  re.set(x)
  hr.set(h)
  fft(re, im)
  fft(hr, hi)
  for (let k = 0; k < size; k++) {
    // Conjugated, so that the forward transform goes back.
    ;[re[k], im[k]] = [re[k] * hr[k] - im[k] * hi[k], -(re[k] * hi[k] + im[k] * hr[k])]
  }
  fft(re, im)
  return re.subarray(0, x.length).map((v) => v / size)
}

/** Metres and metres per second. */
export const [HEAD_RADIUS, SOUND_SPEED] = [0.0875, 343]

/** Pressure at a point of the sphere, `incidence` rad from the source; Duda and Martens 1998, eq. 6, for infinite distance. [re, im] at e^(+jwt). */
export function spherePressure(hz: number, incidence: number): [number, number] {
  const mu = (2 * Math.PI * hz * HEAD_RADIUS) / SOUND_SPEED
  const x = Math.cos(incidence)
  let [j0, j1] = [Math.sin(mu) / mu, Math.sin(mu) / mu ** 2 - Math.cos(mu) / mu]
  let [y0, y1] = [-Math.cos(mu) / mu, -Math.cos(mu) / mu ** 2 - Math.sin(mu) / mu]
  let [p0, p1] = [1, x]
  // m = 0: h'_0 = -h_1; the factor i (-i)^m turns.
  const add = (m: number, p: number, dj: number, dy: number) => {
    const [tr, ti] = [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ][m % 4]
    const size = dj * dj + dy * dy
    re += ((2 * m + 1) * p * (tr * dj + ti * dy)) / size
    im += ((2 * m + 1) * p * (ti * dj - tr * dy)) / size
  }
  let [re, im] = [0, 0]
  add(0, 1, -j1, -y1)
  for (let m = 1; m < mu + 25; m++) {
    add(m, p1, j0 - ((m + 1) / mu) * j1, y0 - ((m + 1) / mu) * y1)
    ;[j0, j1] = [j1, ((2 * m + 1) / mu) * j1 - j0]
    ;[y0, y1] = [y1, ((2 * m + 1) / mu) * y1 - y0]
    ;[p0, p1] = [p1, ((2 * m + 1) * x * p1 - m * p0) / (m + 1)]
  }
  return [re / mu ** 2, -im / mu ** 2]
}

/** Bessel function of the first kind, order n. */
export function bessel(n: number, x: number): number {
  // J_n by its integral; the trapezoidal rule converges exponentially on a full period
  const steps = 256
  let sum = 0
  for (let k = 0; k < steps; k++) {
    const t = (2 * Math.PI * k) / steps
    sum += Math.cos(n * t - x * Math.sin(t))
  }
  return sum / steps
}
