// Plate: decay time by band, loudness, damping, echo density, pre-delay, stereo.
import { describe, expect, it } from 'vitest'
import { band, decayTime, echoDensity } from './decay.ts'
import { render } from './rig.ts'
import { impulse, noise, peak, rms } from './signals.ts'

const wet = { mix: 1, predelay: 0 }

describe('plate', () => {
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
})
