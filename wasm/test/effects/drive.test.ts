// Saturation and distortion: aliasing, flatness, level law, harmonics.
import { describe, expect, it } from 'vitest'
import { render } from './rig.ts'
import { db, impulse, noise, peak, response, rms, sine, spectrum } from './signals.ts'

const N = 65536

describe('distortion', () => {
  it('has odd harmonics from soft and hard, and even ones too from tube', () => {
    const second = (shape: string) => {
      const f = (4800 / N) * 48000 // a bin
      const s = spectrum(
        render('distortion', { drive: 12, shape, mix: 1 }, sine(f / 4, N + 9600, 48000, 0.5)).left.subarray(9600),
      )
      return db(s[2400] / s[1200])
    }
    expect(second('soft')).toBeLessThan(-100)
    expect(second('hard')).toBeLessThan(-100)
    expect(second('tube')).toBeGreaterThan(-30)
  })

  it('leaves no DC behind, in any shape', () => {
    for (const shape of ['soft', 'hard', 'tube']) {
      const { left } = render('distortion', { drive: 30, shape, mix: 1 }, sine(300, 96000, 48000, 0.5))
      const mean = left.subarray(48000).reduce((a, b) => a + b, 0) / 48000
      expect(Math.abs(mean), shape).toBeLessThan(1e-4)
    }
  })

  it('darkens with its tone: -3 dB at the stated frequency', () => {
    const gain = (tone: number, f: number) =>
      response(render('distortion', { drive: 0, tone, mix: 1 }, impulse(8000, 0, 1e-3)).left, [f])[0]
    expect(gain(2000, 2000) - gain(20000, 200)).toBeCloseTo(-3.01, 1)
  })
})

describe('saturation', () => {
  it.each([44100, 48000, 96000])(
    'arrives exactly at its stated latency at %d Hz, so dry and wet do not comb',
    (sampleRate) => {
      const { left, latency } = render('saturation', { drive: 0 }, impulse(1000, 0, 1e-3), undefined, sampleRate)
      const h = left.map((v) => v * 1000)
      expect(Math.abs(h[latency])).toBe(peak(h))
      for (let k = 1; k < latency; k++) expect(Math.abs(h[latency - k] - h[latency + k])).toBeLessThan(2e-4)
      const half = render('saturation', { drive: 0, mix: 0.5 }, impulse(1000, 0, 1e-3), undefined, sampleRate).left
      for (const gain of response(half, [1000, 5000, 10000, 15000, 20000], sampleRate))
        expect(Math.abs(gain + 60)).toBeLessThan(0.15)
    },
  )

  it('keeps the level of a -12 dBFS sine within 1.5 dB from 0 to 18 dB of drive', () => {
    for (const drive of [0, 6, 12, 18]) {
      const input = sine(500, 48000, 48000, 0.25)
      const { left } = render('saturation', { drive }, input)
      expect(Math.abs(db(rms(left.subarray(24000)) / rms(input))), `${drive} dB`).toBeLessThan(1.5)
    }
  })

  it('gives a side the same bits whether the other one is its twin, was or becomes it', () => {
    const side = noise(9600, 3, 0.5)
    const other = side.map((x, n) => (n > 2000 && n < 4000 ? -0.5 * x : x)) // alike, apart, alike again
    const strange = noise(9600, 4, 0.5)
    for (const id of ['saturation', 'tube', 'wavefolder']) {
      const { right } = render(id, {}, side, other)
      expect(right, id).toEqual(render(id, {}, other, strange).left)
    }
  })
})
