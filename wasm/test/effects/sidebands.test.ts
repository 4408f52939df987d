// Frequency shifter and ring modulator: sidebands, images, feedback, folding.
import { describe, expect, it } from 'vitest'
import { render, Rig } from './rig.ts'
import { db, impulse, peak, sine, spectrum } from './signals.ts'

const N = 32768
const near = (s: Float64Array, bin: number) => {
  const at = Math.abs(Math.round(bin))
  return db(s.subarray(Math.max(0, at - 3), at + 4).reduce((a, b) => Math.max(a, b)))
}
/** Spectrum of a shifted sine; frequencies in bins. */
function shifted(f: number, shift: number, sampleRate = 48000, values = {}) {
  const hz = sampleRate / N
  const rig = new Rig('frequencyshift', { fine: 0, mix: 1, shift: shift * hz, ...values }, sampleRate)
  const { left, right } = rig.process(sine(f * hz, N + 24000, sampleRate))
  rig.free()
  return { left: spectrum(left.subarray(24000)), right: spectrum(right.subarray(24000)) }
}

describe('frequencyshift', () => {
  it('has nothing else in it: below -120 dB', () => {
    const { left } = shifted(700, 2000)
    const rest = left.filter((_, k) => k > 20 && Math.abs(k - 2700) > 12 && Math.abs(k - 1300) > 12)
    expect(db(rest.reduce((a, b) => Math.max(a, b)))).toBeLessThan(-120)
  })

  it('goes up left and down right, or both ways at once', () => {
    const opposite = shifted(4000, 1000, 48000, { direction: 'opposite' })
    expect(near(opposite.left, 5000)).toBeCloseTo(0, 1)
    expect(near(opposite.left, 3000)).toBeLessThan(-80)
    expect(near(opposite.right, 3000)).toBeCloseTo(0, 1)
    expect(near(opposite.right, 5000)).toBeLessThan(-80)
    const both = shifted(4000, 1000, 48000, { direction: 'both' }).left
    expect(near(both, 5000)).toBeCloseTo(-6.02, 1)
    expect(near(both, 3000)).toBeCloseTo(-6.02, 1)
  })

  it('shifts once more on every trip of the feedback, at the stated delay', () => {
    const rig = new Rig('frequencyshift', { shift: 1000, fine: 0, mix: 1, feedback: 0.5, time: 0.25, tone: 20000 })
    const burst = sine(2000, 4096, 48000, 0.5)
    const input = new Float32Array(48000)
    input.set(burst)
    const { left } = rig.process(input)
    for (const [trip, f] of [3000, 4000, 5000].entries()) {
      const s = spectrum(left.subarray(trip * 12000, trip * 12000 + 4096), 8)
      const loudest = s.reduce((best, v, k) => (v > s[best] ? k : best), 0)
      expect(Math.abs((loudest * 48000) / 4096 - f), `trip ${trip}`).toBeLessThan(15)
      expect(Math.abs(db(s[loudest]) - (db(0.5) + trip * db(0.5)))).toBeLessThan(1.5)
    }
    rig.free()
  })

  it('keeps its delay in time with the song', () => {
    const rig = new Rig('frequencyshift', { shift: 0, fine: 0, mix: 1, feedback: 0.5, time: 0.001, sync: '1/8' })
    rig.song({ bpm: 100 })
    const { left } = rig.process(impulse(24000))
    const second = left.subarray(7200, 21600)
    const at = 7200 + second.reduce((best, v, k) => (Math.abs(v) > Math.abs(second[best]) ? k : best), 0)
    expect(Math.abs(at - 14400)).toBeLessThan(48) // 0.3 s
    rig.free()
  })
})

describe('ringmod', () => {
  const folded = (quality: string, sampleRate: number) => {
    const hz = sampleRate / N
    const [f, carrier] = [Math.round(20000 / hz), Math.round(5000 / hz)]
    const values = { frequency: carrier * hz, quality, mix: 1 }
    const { left } = render('ringmod', values, sine(f * hz, N + 9600, sampleRate), undefined, sampleRate)
    const s = spectrum(left.subarray(9600))
    return { difference: near(s, f - carrier), alias: near(s, N - f - carrier) }
  }

  it('folds the sum of 20 kHz and 5 kHz at 44.1 kHz back to 19.1 kHz, and not when clean: below -100 dB', () => {
    expect(folded('standard', 44100).alias).toBeCloseTo(-6.02, 1)
    expect(folded('clean', 44100).alias).toBeLessThan(-100)
    for (const quality of ['standard', 'clean']) expect(folded(quality, 44100).difference).toBeCloseTo(-6.02, 1)
  })

  it('sounds the same in both qualities where nothing folds', () => {
    for (const quality of ['standard', 'clean']) {
      const s = spectrum(
        render('ringmod', { frequency: 375, quality, mix: 1 }, sine(3000, N + 9600)).left.subarray(9600),
      )
      expect(near(s, (3375 / 48000) * N)).toBeCloseTo(-6.02, 2)
      expect(near(s, (2625 / 48000) * N)).toBeCloseTo(-6.02, 2)
    }
  })

  it('changes its quality without a click', () => {
    const rig = new Rig('ringmod', { frequency: 100, mix: 1 })
    rig.process(sine(200, 48000, 48000, 0.5))
    rig.set({ quality: 'clean' })
    const { left } = rig.process(sine(200, 4800, 48000, 0.5))
    const bend = left.subarray(2).map((v, n) => v - 2 * left[n + 1] + left[n])
    expect(peak(bend)).toBeLessThan(2 * 0.5 * (2 * Math.PI * (300 / 48000)) ** 2)
    rig.free()
  })
})
