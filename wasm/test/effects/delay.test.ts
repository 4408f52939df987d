// Delay and ping-pong: time, level, flatness of a fractional delay, sides, no click on a time change.
import { describe, expect, it } from 'vitest'
import { render, Rig } from './rig.ts'
import { db, impulse, peak, response, sine } from './signals.ts'

const wetOnly = { mix: 1, feedback: 0 }

describe('delay', () => {
  it('delays a sine by the exact fraction: phase error below 0.001 frames', () => {
    const f = 3000
    for (const fraction of [0, 0.25, 0.5, 0.9]) {
      const frames = 100 + fraction
      const { left } = render('delay', { ...wetOnly, time: frames / 48000 }, sine(f, 2000))
      const wanted = sine(f, 2000, 48000, 1, (-2 * Math.PI * f * Math.fround(frames / 48000) * 48000) / 48000)
      let worst = 0
      for (let n = 500; n < 2000; n++) worst = Math.max(worst, Math.abs(left[n] - wanted[n]))
      expect(worst / (2 * Math.PI * (f / 48000)), `${fraction}`).toBeLessThan(0.001)
    }
  })

  it('fades each echo by the feedback and darkens it by the tone', () => {
    const { left } = render('delay', { mix: 1, time: 0.1, feedback: 0.5, tone: 20000 }, impulse(24000))
    const peaks = [1, 2, 3, 4].map((k) =>
      Math.abs(left.subarray(k * 4800 - 50, k * 4800 + 200).reduce((a, b) => a + b, 0)),
    )
    for (const [k, v] of peaks.entries()) expect(v, `echo ${k + 1}`).toBeCloseTo(0.5 ** k, 3)
    const dark = render('delay', { mix: 1, time: 0.1, feedback: 0.5, tone: 1000 }, impulse(24000)).left
    const second = dark.subarray(2 * 4800 - 50, 2 * 4800 + 1000)
    expect(response(second, [1000])[0]).toBeCloseTo(db(0.5) - 3.01, 1)
  })

  it('changes its time without a click', () => {
    const rig = new Rig('delay', { mix: 1, time: 0.1, feedback: 0 })
    const input = sine(100, 48000, 48000, 0.5)
    rig.process(input)
    let worst = 0
    for (const time of [0.2, 0.013, 1.1, 0.5]) {
      rig.set({ time })
      const { left } = rig.process(input)
      for (let n = 2; n < left.length; n++) worst = Math.max(worst, Math.abs(left[n] - 2 * left[n - 1] + left[n - 2]))
    }
    // Second difference of the steady sine, x4: a step would be thousands of times above it.
    expect(worst).toBeLessThan(4 * 0.5 * (2 * Math.PI * (100 / 48000)) ** 2 + 1 / 960 / 2)
    rig.free()
  })

  it('keeps the sides apart', () => {
    const { right } = render('delay', { time: 0.05, feedback: 0.5 }, impulse(9600), new Float32Array(9600))
    expect(peak(right)).toBe(0)
  })
})

describe('pingpong', () => {
  it('alternates left and right, beginning left, each echo at its time', () => {
    const { left, right } = render('pingpong', { mix: 1, time: 0.1, feedback: 0.6, tone: 20000 }, impulse(30000))
    for (let k = 1; k <= 5; k++) {
      const window = (x: Float32Array) => x.subarray(k * 4800 - 40, k * 4800 + 200)
      const [on, off] = k % 2 === 1 ? [left, right] : [right, left]
      expect(Math.abs(window(on).reduce((a, b) => a + b, 0))).toBeCloseTo(0.6 ** (k - 1), 3)
      expect(peak(window(off))).toBeLessThan(1e-6)
    }
  })
})
