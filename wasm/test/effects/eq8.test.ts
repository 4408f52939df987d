// Eight-band equaliser: every type against its analogue prototype, exactness when flat, switching without a click.
import { describe, expect, it } from 'vitest'
import { analogueBand, eq8Band } from '../../report/equalisers.ts'
import { render, Rig, type Values } from './rig.ts'
import { db, impulse, noise, response, rms, sine } from './signals.ts'

describe('eq8', () => {
  it('keeps its precision at 20 Hz and Q 12', () => {
    const { left } = render('eq8', eq8Band('bell', 20, 18, 12), impulse(1 << 19))
    for (const f of [10, 19, 20, 21, 40, 1000])
      expect(Math.abs(response(left, [f])[0] - analogueBand('bell', f, 20, 18, 12)), `${f} Hz`).toBeLessThan(0.05)
  })

  it('is the input, bit for bit, as it is dropped in, and again after a gain has come and gone', () => {
    const x = noise(20000, 3)
    const rig = new Rig('eq8', {})
    const same = (y: Float32Array, input: Float32Array) => y.findIndex((v, i) => v !== input[i])
    expect(same(rig.process(x).left, x)).toBe(-1)
    rig.set({ band4Gain: 9, output: -3 }).process(x)
    rig.set({ band4Gain: 0, output: 0 }).process(x)
    rig.silence(48000)
    expect(same(rig.process(x).left, x)).toBe(-1)
    rig.free()
  })

  it('silences its notch and keeps the peak of a band-pass at 0 dB', () => {
    const level = (type: 'notch' | 'bandPass', f: number) => {
      const { left } = render('eq8', eq8Band(type, f, 0, 4), sine(f, 96000))
      return db(rms(left.subarray(48000)) / Math.SQRT1_2)
    }
    for (const f of [100, 5000, 15000]) {
      expect(level('notch', f)).toBeLessThan(-90)
      expect(Math.abs(level('bandPass', f))).toBeLessThan(0.1)
    }
  })

  it('switches bands and types without a click', () => {
    const x = sine(100, 48000, 48000, 0.5)
    const rig = new Rig('eq8', eq8Band('lowCut', 400, 0, 0.7))
    rig.process(x)
    let worst = 0
    for (const values of [
      { band4Type: 'highCut' },
      { band4On: 0 },
      { band4On: 1 },
      { band4Type: 'bandPass' },
    ] as Values[]) {
      const { left } = rig.set(values).process(x)
      for (let n = 2; n < left.length; n++) worst = Math.max(worst, Math.abs(left[n] - 2 * left[n - 1] + left[n - 2]))
    }
    expect(worst).toBeLessThan(0.005)
    rig.free()
  })
})
