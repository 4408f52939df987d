// Looper: free and synced loops, overdubs, seams, halves and reverses, nothing left of an old loop.
import { describe, expect, it } from 'vitest'
import { Rig } from './rig.ts'
import { impulse, noise, peak, sine } from './signals.ts'

const silent = new Float32Array(48000)
const minus = (a: Float32Array, b: Float32Array) => a.map((v, n) => v - b[n])

describe('looper', () => {
  it('passes what comes in bit for bit while it holds nothing or stands', () => {
    const rig = new Rig('looper')
    const x = noise(9600, 1)
    for (const mode of ['clear', 'record', 'stop']) {
      rig.set({ mode })
      expect(rig.process(x).left).toEqual(x)
    }
    rig.free()
  })

  it('free: a steady tone loops without a seam', () => {
    const rig = new Rig('looper', { mode: 'record' })
    const x = sine(100, 48000, 48000, 0.5, 1)
    rig.process(x.subarray(0, 24000))
    rig.set({ mode: 'play' })
    rig.process(x.subarray(24000, 25600)) // whole cycles: the tone goes on where the loop begins
    const { left } = rig.process(silent)
    let worst = 0
    for (let n = 2; n < left.length; n++) worst = Math.max(worst, Math.abs(left[n] - 2 * left[n - 1] + left[n - 2]))
    expect(worst).toBeLessThan(1.5 * 0.5 * (2 * Math.PI * (100 / 48000)) ** 2)
    rig.free()
  })

  it('synced: lies on the grid of the song, wherever the recording begins', () => {
    const bpm = 120 // a beat is 24000 frames
    const rig = new Rig('looper', { sync: '1/2', mode: 'record' }).song({ bpm, beat: 0.5 })
    const x = noise(48000, 3, 0.5)
    rig.process(x) // beats 0.5 to 2.5, a whole loop
    rig.set({ mode: 'play' })
    const { left } = rig.process(silent) // beats 2.5 to 4.5 repeat 0.5 to 2.5
    expect(peak(minus(left, x).subarray(480))).toBe(0)
    rig.set({ mode: 'stop' }).silence(3200)
    rig.set({ mode: 'play' }).song({ bpm, beat: 9 })
    const later = rig.process(silent).left // beat 9 is beat 1 of the loop: 12000 frames into the recording
    expect(peak(minus(later.subarray(480, 30000), x.subarray(12480, 42000)))).toBe(0)
    rig.free()
  })

  it('overdub adds, and keeps the stated share of what was there', () => {
    const rig = new Rig('looper', { sync: '1/4', mode: 'record' }).song({ bpm: 120 })
    const x = noise(24000, 4, 0.5)
    const y = noise(24000, 5, 0.5)
    rig.process(x)
    rig.set({ mode: 'overdub', feedback: 0.5 })
    rig.silence(24000) // the parameter settles
    rig.process(y)
    rig.set({ mode: 'play' })
    const { left } = rig.process(silent.subarray(0, 24000))
    const wanted = x.map((v, n) => 0.25 * v + y[n])
    expect(peak(minus(left, wanted).subarray(14400, 23000))).toBeLessThan(1e-6)
    rig.free()
  })

  it('plays backwards and at half speed', () => {
    const rig = new Rig('looper', { sync: '1/4', mode: 'record' }).song({ bpm: 120 })
    const x = sine(200, 24000, 48000, 0.5).map((v, n) => v * (n / 24000))
    rig.process(x)
    rig.set({ mode: 'play' }).silence(960)
    rig.set({ reverse: 1 })
    const back = rig.process(silent.subarray(0, 24000)).left
    for (let n = 100; n < 700; n += 7) expect(back[n]).toBeCloseTo(x[960 - n], 5)
    for (let n = 2000; n < 20000; n += 97) expect(back[n]).toBeCloseTo(x[24960 - n], 5)
    rig.set({ reverse: 0, speed: 'half' })
    const slow = rig.process(silent.subarray(0, 24000)).left // from frame 960 on
    for (let n = 1000; n < 20000; n += 97)
      expect(Math.abs(slow[n] - (x[960 + (n >> 1)] + x[960 + ((n + 1) >> 1)]) / 2)).toBeLessThan(1e-3)
    rig.free()
  })

  it('a new recording holds nothing of the old one', () => {
    const rig = new Rig('looper', { sync: '1/2', mode: 'record' }).song({ bpm: 120 })
    rig.process(noise(48000, 6))
    rig.set({ mode: 'play' }).silence(9600)
    rig.set({ mode: 'record' }).process(impulse(9600, 4800, 0.5))
    rig.set({ mode: 'play' })
    const { left } = rig.process(new Float32Array(96000))
    expect(left.filter((v) => v !== 0).length).toBeLessThanOrEqual(2)
    expect(peak(left)).toBeCloseTo(0.5, 5)
    rig.free()
  })

  it('clears, stops and records anew without a click', () => {
    const rig = new Rig('looper', { sync: '1/2', mode: 'record' }).song({ bpm: 120 })
    rig.process(new Float32Array(48000).fill(0.5))
    for (const mode of ['stop', 'clear', 'record']) {
      rig.set({ mode: 'play' }).silence(4800)
      const before = rig.silence(32).left[31]
      rig.set({ mode })
      const { left } = rig.silence(4800)
      let step = Math.abs(left[0] - before)
      for (let n = 1; n < left.length; n++) step = Math.max(step, Math.abs(left[n] - left[n - 1]))
      expect(step, mode).toBeLessThan(0.5 / 200)
      rig.set({ mode: 'record' }).process(new Float32Array(48000).fill(0.5))
    }
    rig.free()
  })
})
