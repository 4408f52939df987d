// Plate: decay time by band, loudness, damping, echo density, pre-delay, stereo.
import { describe, expect, it } from 'vitest'
import { band, decayTime, echoDensity } from './decay.ts'
import { render } from './rig.ts'
import { db, impulse, noise, peak, rms } from './signals.ts'
import { RATES } from '../turn.ts'

const wet = { mix: 1, predelay: 0 }

/** Dattorro 1997, figure 1 and table 1, plainly, in f64: one line per element, every line with its share of the loss. */
function reference(input: Float32Array, sampleRate: number, decay: number, dampingHz: number): Float64Array {
  const scale = sampleRate / 29761
  const frames = (n: number) => Math.round(n * scale)
  const loss = (n: number) => 10 ** ((-3 * frames(n)) / (decay * sampleRate))
  const line = (n: number) => ({ n, past: new Float64Array(frames(n) + 64), at: 0 })
  type Line = ReturnType<typeof line>
  const write = (l: Line, x: number) => (l.past[l.at++ % l.past.length] = x)
  const tap = (l: Line, k: number) => (l.at - k < 0 ? 0 : l.past[(l.at - k) % l.past.length])
  /** Reads `k` (not whole) frames back by a cubic through the four neighbours. */
  const between = (l: Line, k: number) => {
    const t = k - Math.floor(k)
    const [a, b, c, d] = [-1, 0, 1, 2].map((o) => tap(l, Math.floor(k) + o))
    return (
      (-a * t * (t - 1) * (t - 2)) / 6 +
      (b * (t + 1) * (t - 1) * (t - 2)) / 2 -
      (c * (t + 1) * t * (t - 2)) / 2 +
      (d * (t + 1) * t * (t - 1)) / 6
    )
  }
  const allpass = (l: Line, x: number, g: number, read = tap(l, frames(l.n))) => {
    const delayed = read * loss(l.n)
    const v = x - g * delayed
    write(l, v)
    return delayed + g * v
  }
  const half = (lengths: number[]) => ({
    diffusers: [142, 107, 379, 277].map(line),
    moving: line(lengths[0]),
    first: line(lengths[1]),
    second: line(lengths[2]),
    last: line(lengths[3]),
    damped: 0,
    pole: pole(lengths),
  })
  const pole = (lengths: number[]) => {
    const total = lengths.reduce((sum, n) => sum + frames(n), 0)
    const power = Math.max(10 ** ((-6 * total) / (decay * sampleRate)), 0.5)
    const [p, q] = [1 - power, 1 - power * Math.cos((2 * Math.PI * dampingHz) / sampleRate)]
    return (q - Math.sqrt(q * q - p * p)) / p
  }
  const [left, right] = [half([672, 4453, 1800, 3720]), half([908, 4217, 2656, 3163])]
  const turn = [0.87, 0.69].map((hz) => Math.floor((hz * 2 ** 32) / sampleRate))
  let phases = [0, 0x60000000]
  const level = 1.06 / Math.sqrt(decay * (1 - Math.exp(-decay / 0.45)))
  return Float64Array.from(input, (x) => {
    phases = phases.map((phase, side) => (phase + turn[side]) % 2 ** 32)
    const crossed = [right, left].map((side) => tap(side.last, frames(side.last.n)) * loss(side.last.n))
    for (const [index, side] of [left, right].entries()) {
      let y = x
      for (const [k, l] of side.diffusers.entries()) y = allpass(l, y, k < 2 ? 0.75 : 0.625)
      const sweep = 8 * scale * Math.sin((2 * Math.PI * phases[index]) / 2 ** 32)
      y = allpass(side.moving, y + crossed[index], -0.7, between(side.moving, frames(side.moving.n) + sweep))
      const held = tap(side.first, frames(side.first.n)) * loss(side.first.n)
      write(side.first, y)
      side.damped = held * (1 - side.pole) + side.damped * side.pole
      write(side.last, allpass(side.second, side.damped, 0.5))
    }
    // Output taps of table 2, left side; tap 0 is what was just written.
    const out = (l: Line, k: number) => tap(l, frames(k) + 1) * loss(k)
    return (
      level *
      (out(right.first, 266) +
        out(right.first, 2974) -
        out(right.second, 1913) +
        out(right.last, 1996) -
        out(left.first, 1990) -
        out(left.second, 187) -
        out(left.last, 1066))
    )
  })
}

describe('plate', () => {
  it("is Dattorro's tank: within -80 dB of a plain f64 reference over the first second", () => {
    const input = impulse(48000)
    input[300] = -0.5 // a second one, so that nothing cancels by chance
    const { left } = render('plate', { ...wet, decay: 2, damping: 7000 }, input)
    // What the tank gets: the shortest pre-delay (17 frames) and the 25 Hz low cut.
    const g = Math.tan((Math.PI * 25) / 48000) / (1 + Math.tan((Math.PI * 25) / 48000))
    let state = 0
    const fed = Float32Array.from(input, (_, n) => {
      const x = n < 17 ? 0 : input[n - 17]
      const step = (x - state) * g
      const low = state + step
      state = low + step
      return x - low
    })
    const wanted = reference(fed, 48000, 2, 7000)
    let worst = 0
    let most = 0
    for (let n = 0; n < 48000; n++) {
      worst = Math.max(worst, Math.abs(left[n] - wanted[n]))
      most = Math.max(most, Math.abs(wanted[n]))
    }
    expect(db(worst / most)).toBeLessThan(-80) // f32 against f64
  })

  it.each([...RATES])('decays by 60 dB in the stated time within 5 %, 250 Hz to 1 kHz, at %d Hz', (sampleRate) => {
    for (const decay of process.env.VERIFY ? [1, 1.5, 2, 3, 5, 10, 20] : [1, 3, 10]) {
      const h = render('plate', { ...wet, decay }, impulse(Math.ceil(1.2 * decay * sampleRate)), undefined, sampleRate)
      for (const side of [h.left, h.right])
        for (const f of [250, 500, 1000])
          expect(
            Math.abs(decayTime(band(side, f, sampleRate), sampleRate) / decay - 1),
            `${decay} s, ${f} Hz`,
          ).toBeLessThan(0.05)
    }
  })

  it('decays in the stated time within 10 % when short, all bands together', () => {
    for (const decay of [0.3, 0.5]) {
      const { left } = render('plate', { ...wet, decay, damping: 20000 }, impulse(48000))
      expect(Math.abs(decayTime(Float64Array.from(left), 48000) / decay - 1)).toBeLessThan(0.1)
    }
  })

  it('dies faster at the damping frequency: 3 dB more per pass, but never more than twice as fast', () => {
    const ratio = (decay: number) => {
      const { left } = render('plate', { ...wet, decay, damping: 4000 }, impulse(48000 * 1.2 * decay))
      return decayTime(band(left, 4000, 48000), 48000) / decayTime(band(left, 500, 48000), 48000)
    }
    expect(ratio(10)).toBeGreaterThan(0.4)
    expect(ratio(10)).toBeLessThan(0.65)
    const pass = (60 * 0.3626) / 2 // a half of the tank takes 0.36 s
    expect(Math.abs(ratio(2) / (pass / (pass + 3)) - 1)).toBeLessThan(0.12)
  })

  it('is as loud as its input for noise, at any decay', () => {
    for (const decay of [0.3, 1, 3, 10]) {
      const { left, right } = render(
        'plate',
        { ...wet, decay, damping: 20000 },
        impulse(48000 * Math.max(1, 1.2 * decay)),
      )
      const energy = (x: Float32Array) => 10 * Math.log10(x.reduce((a, v) => a + v * v, 0))
      expect(Math.abs(energy(left)), `${decay} s`).toBeLessThan(1)
      expect(Math.abs(energy(right)), `${decay} s`).toBeLessThan(1)
    }
  })

  it('is dense: the echo density of noise from half a second on, 70 % of it from 200 ms', () => {
    const { left } = render('plate', { ...wet, decay: 3 }, impulse(96000))
    const density = (at: number) => echoDensity(left, at)
    for (let at = 9600; at < 90000; at += 4800) expect(density(at)).toBeGreaterThan(at < 24000 ? 0.7 : 0.85)
  })

  it('begins after the pre-delay', () => {
    const { left, right } = render('plate', { mix: 1, predelay: 0.1, decay: 2 }, impulse(9600))
    expect(peak(left.subarray(0, 4780)) + peak(right.subarray(0, 4780))).toBe(0)
    expect(peak(left.subarray(4780, 5760))).toBeGreaterThan(0.01)
  })

  it('spreads: the sides are nearly uncorrelated for a mono input', () => {
    const { left, right } = render('plate', { ...wet, decay: 2 }, noise(96000, 3))
    const dot = left.reduce((sum, v, i) => sum + v * right[i], 0) / left.length
    expect(Math.abs(dot / (rms(left) * rms(right)))).toBeLessThan(0.2)
  })

  it('keeps the side of a one-sided input for the first 100 ms', () => {
    const { left, right } = render('plate', { ...wet, decay: 2 }, noise(4800, 3), new Float32Array(4800))
    expect(peak(left) + peak(right)).toBeGreaterThan(0)
  })

  it('has no mode that stands out: late response flat within 6 dB in third octaves, 200 Hz to 4 kHz', () => {
    const { left } = render('plate', { ...wet, decay: 3, damping: 20000 }, impulse(48000 * 3))
    const levels = [200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000].map((f) => {
      const y = band(left, f, 48000).subarray(4800, 48000)
      return db(Math.sqrt(y.reduce((a, v) => a + v * v, 0) / f))
    })
    const mean = levels.reduce((a, b) => a + b, 0) / levels.length
    for (const level of levels) expect(Math.abs(level - mean)).toBeLessThan(6)
  })
})
