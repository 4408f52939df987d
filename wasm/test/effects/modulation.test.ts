// Chorus, ensemble and flanger: notches, cleanness of the moving delays, pitch bend, width.
import { describe, expect, it } from 'vitest'
import { render, type Values } from './rig.ts'
import { db, impulse, noise, response, rms, sine, spectrum } from './signals.ts'

const N = 65536

/** Everything further than `reach` Hz from a pure tone, in dB of it: what a moving delay adds besides its own sweep. */
function dirt(id: string, values: Values, f: number, reach: number) {
  const s = spectrum(render(id, values, sine(f, N + 48000)).left.subarray(48000), 20)
  const hz = 48000 / N
  let tone = 0
  let rest = 0
  for (let k = 20; k < s.length; k++) {
    const away = Math.abs(k * hz - f)
    if (away < reach) tone = Math.max(tone, s[k])
    else rest = Math.max(rest, s[k])
  }
  return db(rest / tone)
}

describe('flanger', () => {
  it('cuts notches deeper than 40 dB below 10 kHz at mix 50 %', () => {
    // At rest (depth 0) the delay is 0.25 ms: notches at 2, 6 and 10 kHz.
    const { left } = render('flanger', { depth: 0, feedback: 0, mix: 0.5 }, impulse(4000))
    for (const gain of response(left, [2000, 6000, 10000])) expect(gain).toBeLessThan(-40)
    expect(response(left, [4000])[0]).toBeCloseTo(0, 1)
  })

  it('sweeps without zipper noise: nothing above -100 dB beside the swept tone', () => {
    for (const f of [1000, 5000])
      expect(dirt('flanger', { rate: 1, depth: 1, feedback: 0, mix: 1 }, f, 300), `${f} Hz`).toBeLessThan(-100)
  })

  it('is as loud at any feedback for noise, within 1.5 dB', () => {
    const input = noise(96000, 5)
    for (const feedback of [-0.85, -0.5, 0.5, 0.85]) {
      const { left } = render('flanger', { feedback, mix: 1, rate: 0.5 }, input)
      expect(Math.abs(db(rms(left.subarray(24000)) / rms(input))), `${feedback}`).toBeLessThan(1.5)
    }
  })
})

describe('chorus', () => {
  it('moves without zipper noise: nothing above -100 dB beside the tone', () => {
    for (const f of [1000, 5000])
      expect(dirt('chorus', { rate: 2, depth: 1, mix: 1, voices: 3 }, f, 400), `${f} Hz`).toBeLessThan(-100)
  })

  it('never bends pitch by more than 35 cents', () => {
    for (const rate of [0.1, 1, 10]) {
      const { left } = render('chorus', { rate, depth: 1, mix: 1, voices: 1 }, sine(1000, 96000))
      const ups: number[] = []
      for (let n = 5000; n < left.length; n++)
        if (left[n - 1] < 0 && left[n] >= 0) ups.push(n - left[n] / (left[n] - left[n - 1]))
      const cents = ups.slice(1).map((at, i) => 1200 * Math.log2(48 / (at - ups[i])))
      expect(Math.max(...cents.map(Math.abs)), `${rate} Hz`).toBeLessThan(35)
    }
  })

  it('keeps the level of noise within 1.5 dB for any number of voices', () => {
    const input = noise(96000, 5)
    for (const voices of [1, 2, 3, 4]) {
      const { left } = render('chorus', { voices, mix: 1 }, input)
      expect(Math.abs(db(rms(left.subarray(24000)) / rms(input))), `${voices}`).toBeLessThan(1.5)
    }
  })
})

describe.each(['chorus', 'ensemble'])('%s', (id) => {
  it('makes a mono input wide', () => {
    const { left, right } = render(id, { mix: 1, depth: 1 }, noise(96000, 7))
    const dot = left.reduce((sum, v, i) => sum + v * right[i], 0) / left.length
    expect(dot / (rms(left) * rms(right))).toBeLessThan(0.5)
  })
})

describe('ensemble', () => {
  it('moves without zipper noise: nothing above -100 dB beside the tone', () => {
    for (const f of [1000, 5000])
      expect(dirt('ensemble', { rate: 0.6, depth: 1, mix: 1 }, f, 500), `${f} Hz`).toBeLessThan(-100)
  })

  it('carries two speeds of drift: sidebands of a 2 kHz tone at the slow and at the fast rate', () => {
    const { left } = render('ensemble', { rate: 0.6, depth: 1, mix: 1 }, sine(2000, N * 2 + 48000))
    // Envelope of the three interfering lines, taken every 10 ms: it must hold both rates.
    const envelope: number[] = []
    for (let n = 48000; n + 480 <= left.length; n += 480) envelope.push(rms(left.subarray(n, n + 480)))
    const mean = envelope.reduce((a, b) => a + b, 0) / envelope.length
    const at = (f: number) => {
      let [re, im] = [0, 0]
      for (const [i, v] of envelope.entries()) {
        const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / envelope.length)
        re += w * (v - mean) * Math.cos(2 * Math.PI * f * i * 0.01)
        im += w * (v - mean) * Math.sin(2 * Math.PI * f * i * 0.01)
      }
      return Math.hypot(re, im) / envelope.length
    }
    const strongest = (from: number, to: number) => {
      let most = 0
      for (let f = from; f <= to; f += 0.1) most = Math.max(most, at(f))
      return most
    }
    expect(strongest(0.5, 5)).toBeGreaterThan(0.01)
    expect(strongest(5.5, 40)).toBeGreaterThan(0.01)
  })
})
