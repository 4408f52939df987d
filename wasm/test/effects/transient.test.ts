// Transient shaper: steady sounds pass, hits are shaped by as much at any level, the ringing apart from them.
import { describe, expect, it } from 'vitest'
import { render, type Values } from './rig.ts'
import { db, rms, sine } from './signals.ts'

/** A hit of 800 Hz every half second: 1 ms up, decaying with 80 ms. */
const hits = (level: number) =>
  sine(800, 48000, 48000, level).map((v, n) => v * Math.min((n % 24000) / 48, 1) * Math.exp(-(n % 24000) / 3840))
const part = (x: Float32Array, from: number, to: number) => rms(x.subarray(24000 + from * 48, 24000 + to * 48))
/** Gains in dB of the first 8 ms of the second hit and of what rings from 100 to 200 ms after it. */
function gains(values: Values, level = 0.5): [hit: number, ringing: number] {
  const input = hits(level)
  const { left } = render('transient', values, input)
  return [db(part(left, 1, 8) / part(input, 1, 8)), db(part(left, 100, 200) / part(input, 100, 200))]
}

describe('transient', () => {
  it('passes a steady tone unchanged at any setting', () => {
    for (const frequency of [50, 1000, 9000]) {
      const tone = sine(frequency, 192000, 48000, 0.3)
      const { left } = render('transient', { attack: 1, sustain: -1 }, tone)
      expect(Math.abs(db(rms(left.subarray(168000)) / rms(tone.subarray(168000)))), `${frequency} Hz`).toBeLessThan(
        0.05,
      )
    }
  })

  it('is the input at 0, bit for bit', () => {
    const input = hits(0.5)
    const { left } = render('transient', { attack: 0, sustain: 0 }, input)
    expect(left.findIndex((v, n) => v !== input[n])).toBe(-1)
  })

  it('sharpens and softens hits, and leaves what rings', () => {
    const [sharp, after] = gains({ attack: 1, sustain: 0 })
    const [soft, afterSoft] = gains({ attack: -1, sustain: 0 })
    expect(sharp).toBeGreaterThan(4)
    expect(soft).toBeLessThan(-4)
    expect(Math.abs(after)).toBeLessThan(0.7)
    expect(Math.abs(afterSoft)).toBeLessThan(0.7)
  })

  it('lengthens and shortens what rings, and leaves the hit', () => {
    const [hit, long] = gains({ attack: 0, sustain: 1 })
    const [hitToo, short] = gains({ attack: 0, sustain: -1 })
    expect(long).toBeGreaterThan(4)
    expect(short).toBeLessThan(-4)
    expect(Math.abs(hit)).toBeLessThan(1)
    expect(Math.abs(hitToo)).toBeLessThan(1)
  })

  it('shapes a hit 24 dB softer by as much', () => {
    const [loud] = gains({ attack: 0.7 }, 0.9)
    const [quiet] = gains({ attack: 0.7 }, 0.9 / 16)
    expect(Math.abs(loud - quiet)).toBeLessThan(0.5)
  })
})
