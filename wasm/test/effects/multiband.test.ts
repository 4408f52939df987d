// Multiband compressor and de-esser: flat sums, phases against a reference, bands apart, listening.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, response, rms, sine } from './signals.ts'
const IDLE = Object.fromEntries([1, 2, 3, 4].map((k) => [`band${k}Ratio`, 1]))
const settled = (x: Float32Array) => rms(x.subarray(x.length >> 1))

describe('multiband', () => {
  it('compresses each band by its own level, as its curve says, and leaves the others', () => {
    const wide = { lowCrossover: 60, midCrossover: 800, highCrossover: 9000 }
    const tone = (f: number, values: Values) =>
      db(
        settled(render('multiband', { ...IDLE, ...wide, knee: 0, ...values }, sine(f, 48000, 48000, 1)).left) /
          Math.SQRT1_2,
      )
    for (const [k, f] of [
      [1, 15],
      [2, 220],
      [3, 2800],
      [4, 18000],
    ]) {
      const hard = { [`band${k}Ratio`]: 2, [`band${k}Threshold`]: -10 }
      expect(Math.abs(tone(f, hard) + 5), `band ${k}`).toBeLessThan(0.4) // the neighbours leak -40 dB
      for (const other of [15, 220, 2800, 18000])
        if (other !== f) expect(Math.abs(tone(other, hard)), `${other} Hz`).toBeLessThan(0.25)
    }
    expect(tone(18000, { bands: '3', band3Ratio: 2, band3Threshold: -20 })).toBeCloseTo(-10, 1)
  })

  it('solos, and changes the number of bands, without a click', () => {
    const x = sine(200, 48000, 48000, 0.5)
    expect(db(settled(render('multiband', { ...IDLE, band4Solo: 1 }, x).left))).toBeLessThan(-90)
    const rig = new Rig('multiband', { ...IDLE, band4Gain: 12, band3Gain: 3 })
    rig.process(x)
    let worst = 0
    const steps: Values[] = [{ bands: '3' }, { band2Solo: 1 }, { bands: '4' }, { band2Solo: 0 }]
    for (const values of steps) {
      const { left } = rig.set(values).process(x)
      for (let n = 2; n < left.length; n++) worst = Math.max(worst, Math.abs(left[n] - 2 * left[n - 1] + left[n - 2]))
    }
    expect(worst).toBeLessThan(0.01)
    rig.free()
  })
})

describe('deesser', () => {
  it('turns down what lies above its frequency, as far as it may, and only that', () => {
    const both = (mode: string) => {
      const low = sine(500, 48000, 48000, 0.3)
      const input = sine(14000, 48000, 48000, 0.5).map((v, n) => v + low[n])
      const { left } = render('deesser', { threshold: -40, ratio: 20, range: -8, mode }, input)
      const at = (f: number) => response(left.subarray(24000), [f])[0] - response(input.subarray(24000), [f])[0]
      return [at(500), at(14000)]
    }
    const [low, high] = both('split')
    expect(low).toBeCloseTo(0, 1)
    expect(Math.abs(high + 8)).toBeLessThan(0.2)
    for (const gain of both('wide')) expect(Math.abs(gain + 8)).toBeLessThan(0.2)
  })

  it('leaves a loud vowel alone, and lets one listen to its band', () => {
    const vowel = sine(400, 24000, 48000, 0.7)
    expect(db(settled(render('deesser', {}, vowel).left) / settled(vowel))).toBeCloseTo(0, 2)
    expect(db(settled(render('deesser', { listen: 1 }, vowel).left))).toBeLessThan(-80)
    const ess = sine(11000, 24000, 48000, 0.01)
    expect(db(settled(render('deesser', { listen: 1 }, ess).left) / settled(ess))).toBeGreaterThan(-1.5)
  })
})
