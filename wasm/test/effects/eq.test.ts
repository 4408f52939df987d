// Equaliser: its curve against the analogue prototype, exactness when flat, noise of the f64 states.
import { describe, expect, it } from 'vitest'
import { analogueBend, type Bend } from './reference.ts'
import { render } from './rig.ts'
import { db, fft, impulse, noise, response } from './signals.ts'

const GRID = Array.from({ length: 60 }, (_, i) => 30 * (20000 / 30) ** (i / 59))

/** Largest distance in dB to the prototype up to 20 kHz. */
function error(kind: Bend, corner: number, gainDb: number, q: number, sampleRate: number): number {
  const values =
    kind === 'bell'
      ? { bell1Frequency: corner, bell1Gain: gainDb, bell1Q: q }
      : { [`${kind}Frequency`]: corner, [`${kind}Gain`]: gainDb }
  const N = 1 << 14
  const { left } = render('eq', values, impulse(N), undefined, sampleRate)
  const [re, im] = [Float64Array.from(left), new Float64Array(N)]
  fft(re, im)
  return GRID.reduce((worst, f) => {
    const bin = Math.round((f * N) / sampleRate)
    const gain = db(Math.hypot(re[bin], im[bin]))
    return Math.max(worst, Math.abs(gain - analogueBend(kind, (bin * sampleRate) / N, corner, gainDb, q)))
  }, 0)
}

describe('eq', () => {
  it('follows analogue bells to 20 kHz within 0.1 dB, to ±18 dB, Q 0.3 to 4, up to 16 kHz', () => {
    for (const sampleRate of [48000, 96000])
      for (const gain of [-18, -12, -6, 6, 12, 18])
        for (const q of [0.3, 0.707, 1.5, 4])
          for (const f of [200, 1000, 4000, 7000, 10000, 16000])
            expect(error('bell', f, gain, q, sampleRate), `${f} Hz ${gain} dB Q ${q} at ${sampleRate}`).toBeLessThan(
              sampleRate === 96000 ? 0.01 : 0.1,
            )
  })

  it('follows analogue shelves within 0.1 dB to 20 kHz', () => {
    for (const sampleRate of [48000, 96000])
      for (const gain of [-18, -12, -6, 6, 12, 18]) {
        for (const f of [50, 200, 1000, 2000]) expect(error('low', f, gain, Math.SQRT1_2, sampleRate)).toBeLessThan(0.1)
        for (const f of [2000, 6000, 12000, 16000])
          expect(error('high', f, gain, Math.SQRT1_2, sampleRate), `${f} Hz ${gain} dB`).toBeLessThan(0.1)
      }
  })

  it('is the input, bit for bit, when all gains are 0', () => {
    const x = noise(20000, 3)
    const { left } = render('eq', {}, x)
    expect(left.findIndex((v, i) => v !== x[i])).toBe(-1)
  })

  it('cuts exactly what it boosts: a boost and the same cut null below -120 dB', () => {
    const x = noise(20000, 3)
    const band = { bell1Frequency: 300, bell1Q: 3, bell2Frequency: 300, bell2Q: 3 }
    const { left } = render('eq', { ...band, bell1Gain: 15, bell2Gain: -15 }, x)
    const worst = left.reduce((most, v, i) => Math.max(most, Math.abs(v - x[i])), 0)
    expect(db(worst)).toBeLessThan(-120)
  })

  it('keeps its precision at 20 Hz and Q 8: the curve holds within 0.05 dB', () => {
    const { left } = render('eq', { bell1Frequency: 20, bell1Gain: 18, bell1Q: 8 }, impulse(1 << 19))
    for (const f of [10, 18, 20, 22, 40, 1000])
      expect(Math.abs(response(left, [f])[0] - analogueBend('bell', f, 20, 18, 8)), `${f} Hz`).toBeLessThan(0.05)
  })
})
