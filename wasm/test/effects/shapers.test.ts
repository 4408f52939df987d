// Drawn curve, tube and folder: aliases below 20 kHz, the curve that was meant, no DC, level.
import { describe, expect, it } from 'vitest'
import { render } from './rig.ts'
import { db, sine, spectrum, worstAlias } from './signals.ts'

const N = 65536
const open = { mix: 1, tone: 20000 }
const points = (curve: (x: number) => number) =>
  Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`point${i + 1}`, curve(-1 + i / 8)]))

/** Worst alias below 20 kHz of a shaped full-scale sine near `frequency`, in dB of its strongest partial. */
function alias(id: string, values: Record<string, number | string>, frequency: number) {
  const f = Math.round((frequency * N) / 48000) * (48000 / N)
  const { left } = render(id, { ...open, ...values }, sine(f, N + 9600))
  return worstAlias(spectrum(left.subarray(9600)), f, 20000)
}
const harmonic = (id: string, values: Record<string, number | string>, which: number, amplitude = 0.5) => {
  const s = spectrum(
    render(id, { ...open, ...values }, sine(937.5, 16384 + 9600, 48000, amplitude)).left.subarray(9600),
  )
  return db(s[320 * which] / s[320])
}
/** What a trapezoidal one-pole low-pass at `hz` makes of `x`. */
function lowpass(x: number[], hz: number) {
  const g = Math.tan((Math.PI * hz) / 48000)
  let state = 0
  return x.map((v) => {
    const step = ((v - state) * g) / (1 + g)
    const y = step + state
    state = y + step
    return y
  })
}
/** Greatest distance of the output for a slow sine from `curve` of it behind the tone and DC filters; peak of the latter. */
function distance(
  id: string,
  values: Record<string, number | string>,
  amplitude: number,
  curve: (x: number) => number,
) {
  const input = sine(60, 60000, 48000, amplitude)
  const { left, latency } = render(id, { ...open, ...values }, input)
  const rest = curve(0)
  const toned = lowpass(
    Array.from(input, (x) => curve(x) - rest),
    20000,
  )
  const slow = lowpass(toned, 5)
  const wanted = toned.map((v, i) => v - slow[i]).slice(0, 50000)
  return {
    worst: wanted.reduce((most, v, i) => Math.max(most, Math.abs(v - left[i + latency])), 0),
    peak: wanted.reduce((most, v) => Math.max(most, Math.abs(v)), 0),
  }
}
const dc = (x: Float32Array) => Math.abs(x.subarray(48000).reduce((a, b) => a + b, 0) / (x.length - 48000))

describe('waveshaper', () => {
  it('passes through its points and follows straight lines between them', () => {
    const y = [-0.9, -0.2, -1, 0.4, 0.1, -0.6, -0.1, 0.3, 0, 0.5, -0.5, 0.8, 0.7, 0.2, 1, -0.3, 0.6]
    const drawn = points((x) => y[Math.round((x + 1) * 8)])
    const line = (x: number) => {
      const u = Math.min(Math.max((x + 1) * 8, 0), 15.999999)
      return y[Math.floor(u)] + (u % 1) * (y[Math.floor(u) + 1] - y[Math.floor(u)])
    }
    // Corners are rounded by the band limit: 60 Hz crosses eight pieces in a quarter of a cycle.
    const { worst } = distance('waveshaper', { ...drawn, curve: 'straight', drive: 0, output: 0 }, 1, line)
    expect(worst).toBeLessThan(0.02)
    const { worst: beyond } = distance(
      'waveshaper',
      { ...drawn, curve: 'straight', drive: 6.0206, output: 0 },
      1,
      (x) => line(2 * x),
    )
    expect(beyond).toBeLessThan(0.04)
  })

  it('follows a smooth curve through smooth points within 0.2 %', () => {
    const drawn = points((x) => Math.sin((Math.PI / 2) * x))
    const { worst } = distance('waveshaper', { ...drawn, drive: 0, output: 0 }, 0.9, (x) => Math.sin((Math.PI / 2) * x))
    expect(worst).toBeLessThan(2e-3)
  })

  it('is a wire when the curve is straight', () => {
    const { worst } = distance('waveshaper', { ...points((x) => x), drive: 0, output: 0 }, 0.9, (x) => x)
    expect(db(worst)).toBeLessThan(-90)
  })

  it('leaves no DC behind a lopsided curve, nor what the curve gives at rest', () => {
    const { left } = render('waveshaper', { ...open, ...points((x) => x * x - 0.5) }, sine(300, 96000, 48000, 0.5))
    expect(dc(left)).toBeLessThan(1e-4)
  })
})

/** The valve of Koren 1996 on its load line, solved again here. */
function plate(input: number) {
  const soft = (x: number) => (x > 40 ? x : Math.log1p(Math.exp(x)))
  const grid = input - (68 / 70) * 0.12 * soft((input - 0.1) / 0.12)
  let [low, high] = [0, 300]
  for (let k = 0; k < 60; k++) {
    const v = (low + high) / 2
    const e = (v / 600) * soft(600 * (1 / 100 + grid / Math.sqrt(300 + v * v)))
    if (300 - (1e5 * 2 * e ** 1.4) / 1060 > v) low = v
    else high = v
  }
  return (low + high) / 2
}

describe('tube', () => {
  it.each([{ bias: -1 }, { bias: 0 }, { bias: 1 }])(
    'follows the plate swing of the triode within 0.1 % at bias $bias',
    ({ bias }) => {
      const rest = -1.5 + 1.1 * bias
      const known = new Map<string, number>()
      const swing = (x: number) => {
        const key = x.toFixed(6)
        const value = known.get(key) ?? plate(rest) - plate(rest + 4 * x)
        known.set(key, value)
        return value
      }
      const level = 0.25 / ((swing(0.25) - swing(-0.25)) / 2)
      const { worst, peak } = distance('tube', { drive: 12.0412, bias }, 1, (x) => level * swing(x))
      expect(worst / peak).toBeLessThan(1e-3)
    },
  )

  it('has even harmonics that the bias moves, no DC, and the level of a -12 dBFS sine', () => {
    const seconds = [-1, 0, 1].map((bias) => harmonic('tube', { drive: 12, bias }, 2))
    expect(Math.max(...seconds)).toBeGreaterThan(-20)
    expect(Math.max(...seconds) - Math.min(...seconds)).toBeGreaterThan(6)
    for (const drive of [0, 12, 24, 42]) {
      const { left } = render('tube', { ...open, drive }, sine(300, 96000, 48000, 0.25))
      expect(dc(left)).toBeLessThan(1e-4)
      const settled = left.subarray(48000)
      const swing = settled.reduce((a, b) => Math.max(a, b)) - settled.reduce((a, b) => Math.min(a, b))
      expect(Math.abs(db(swing / 0.5)), `${drive} dB`).toBeLessThan(1)
    }
  })
})

describe('wavefolder', () => {
  // Corners have partials without end: 18 dB per octave are left of them after the antiderivative.
  it('keeps aliases of two sharp folds below -80 dB at 1.2 kHz and -60 dB at 5 kHz', () => {
    for (const symmetry of [0, 0.5]) {
      expect(alias('wavefolder', { folds: 2, symmetry, shape: 'triangle' }, 1244)).toBeLessThan(-80)
      expect(alias('wavefolder', { folds: 2, symmetry, shape: 'triangle' }, 4978)).toBeLessThan(-60)
    }
  })

  it('is the sine or the triangle of its input', () => {
    for (const symmetry of [0, 0.4]) {
      const turns = (x: number) => 0.25 * 4 * x + 0.25 * symmetry
      const fold = distance('wavefolder', { folds: 3, symmetry }, 1, (x) => 0.25 * Math.sin(2 * Math.PI * turns(x)))
      expect(db(fold.worst / fold.peak)).toBeLessThan(-80)
      const sharp = distance('wavefolder', { folds: 3, symmetry, shape: 'triangle' }, 1, (x) => {
        const r = 4 * (turns(x) - Math.floor(turns(x) + 0.25))
        return 0.25 * (r < 1 ? r : 2 - r)
      })
      expect(db(sharp.worst / sharp.peak)).toBeLessThan(-35) // the band limit rounds the corners
    }
  })

  it('has odd harmonics when symmetric and even ones when not', () => {
    for (const shape of ['sine', 'triangle']) {
      expect(harmonic('wavefolder', { folds: 3, shape }, 2)).toBeLessThan(-100)
      expect(harmonic('wavefolder', { folds: 3, shape, symmetry: 0.5 }, 2)).toBeGreaterThan(-20)
    }
  })
})
