// Limiter: true peaks, transparency, latency, distortion, release.
import { describe, expect, it } from 'vitest'
import { nasty } from '../../report/limiter.ts'
import { render, Rig } from './rig.ts'
import { db, noise, rms, sine, truePeak } from './signals.ts'

describe('limiter', () => {
  // VERIFY: an hour of stereo in all, which takes ten minutes. A 16-fold meter of 32 taps, sometimes of other lengths.
  it.each([44100, 48000, 96000])(
    'never lets a true peak pass the ceiling by more than 0.1 dB at %d Hz',
    (sampleRate) => {
      const seconds = process.env.VERIFY ? (sampleRate > 50000 ? 200 : 800) : 3
      for (const ceiling of [-1, -6]) {
        const rig = new Rig('limiter', { ceiling, release: 0.03 }, sampleRate)
        for (let seed = 1; seed <= seconds; seed++) {
          const { left, right } = rig.process(
            nasty(seed, sampleRate, sampleRate),
            nasty(seed + 5000, sampleRate, sampleRate),
          )
          const lengths = process.env.VERIFY && seed % 12 === 0 ? [12, 16, 24, 32, 48, 64, 128] : [32]
          for (const taps of lengths)
            for (const side of [left, right])
              expect(db(truePeak(side, taps)), `seed ${seed}, ${taps} taps`).toBeLessThan(ceiling + 0.1)
        }
        rig.free()
      }
    },
    3600_000,
  )

  it('holds full-band noise and bare squares, whatever the length of the meter', () => {
    const seconds = process.env.VERIFY ? 20 : 1
    const rig = new Rig('limiter', { ceiling: -1, release: 0.03 }, 44100)
    for (let seed = 8; seed < 8 + seconds; seed++) {
      const { left, right } = rig.process(noise(22050, seed, 2), nasty(seed + 5000, 22050, 44100))
      for (const taps of [12, 24, 64, 128])
        for (const side of [left, right])
          expect(db(truePeak(side, taps)), `${taps} taps, seed ${seed}`).toBeLessThan(-0.9)
    }
    rig.free()
  }, 600_000)

  it('holds the true-peak cases of EBU Tech 3341 (15 to 19, and 20 to 23 in kind), 14 dB too loud', () => {
    const N = 9600
    const tones = [
      [4, 0, 0.5],
      [4, 45, 0.5],
      [6, 60, 0.5],
      [8, 67.5, 0.5],
      [4, 45, 1.41],
    ].map(([part, degrees, level]) => sine(48000 / part, N, 48000, 5 * level, (degrees * Math.PI) / 180))
    // One raised cycle of fs / 6 in a softer tone, its peak at four places between two samples.
    const cycles = [0, 0.25, 0.5, 0.75].map((offset) =>
      Float32Array.from({ length: N }, (_, n) => {
        const t = n - N / 2 - offset
        return 5 * (0.5 + 0.5 * Math.exp(-((t / 12) ** 2))) * Math.cos((2 * Math.PI * t) / 6)
      }),
    )
    for (const [index, signal] of [...tones, ...cycles].entries()) {
      const { left } = render('limiter', { ceiling: -1 }, signal)
      for (const taps of [12, 128]) {
        expect(db(truePeak(left, taps)), `case ${15 + index}`).toBeLessThan(-0.9)
        // Not held down for nothing either.
        if (taps === 128) expect(db(truePeak(left, taps)), `case ${15 + index}`).toBeGreaterThan(-1.7)
      }
    }
  })

  it('states its tail: the gain is back when it ends, so that sleep never keeps a sound turned down', () => {
    const rig = new Rig('limiter', { ceiling: -6, release: 0.3 })
    expect(rig.tail).toBe(rig.latency)
    rig.process(noise(4800, 1, 4))
    expect(rig.tail).toBeGreaterThan(0.3 * 48000)
    rig.silence(rig.tail)
    const tone = sine(1000, 4800, 48000, 0.4)
    const late = rig.process(tone).left.subarray(rig.latency)
    expect(Math.max(...late.map((v, n) => Math.abs(v - tone[n])))).toBeLessThan(1e-4)
    rig.free()
  })

  it('leaves everything below the ceiling untouched, bit for bit, 1.5 ms late', () => {
    for (const sampleRate of [44100, 48000, 96000]) {
      const rig = new Rig('limiter', { ceiling: -1 }, sampleRate)
      expect(rig.latency).toBe(Math.round(0.0015 * sampleRate))
      const x = noise(20000, 3, 0.3)
      const y = noise(20000, 4, 0.3)
      const { left, right } = rig.process(x, y)
      expect(left.findIndex((v, n) => n >= rig.latency && v !== x[n - rig.latency])).toBe(-1)
      expect(right.findIndex((v, n) => n >= rig.latency && v !== y[n - rig.latency])).toBe(-1)
      rig.free()
    }
  })

  it('is exactly transparent again after limiting', () => {
    const rig = new Rig('limiter', { ceiling: -6, release: 0.05 })
    rig.process(noise(48000, 2, 4))
    rig.process(noise(96000, 5, 0.1))
    const x = noise(4800, 6, 0.1)
    const { left } = rig.process(x)
    expect(left.findIndex((v, n) => n >= 72 && v !== x[n - 72])).toBe(-1)
    rig.free()
  })

  it('gives back 63 % of the reduction in its release time', () => {
    const release = 0.2
    const input = sine(1000, 96000, 48000, 0.25)
    for (let n = 24000; n < 24480; n++) input[n] *= 8 // 12 dB above the ceiling
    const { left } = render('limiter', { ceiling: -6, release }, input)
    const gainAt = (seconds: number) => {
      const at = Math.round(24480 + (0.012 + seconds) * 48000)
      return rms(left.subarray(at, at + 480)) / rms(input.subarray(90000, 90480))
    }
    const start = gainAt(0)
    expect(start).toBeLessThan(0.3)
    expect((gainAt(release) - start) / (1 - start)).toBeGreaterThan(0.58)
    expect((gainAt(release) - start) / (1 - start)).toBeLessThan(0.68)
  })

  it('links the sides: the image does not move', () => {
    const { left, right } = render('limiter', { ceiling: -6 }, sine(300, 24000, 48000, 2), sine(300, 24000, 48000, 0.1))
    for (let n = 12000; n < 24000; n++) expect(Math.abs(left[n] / 20 - right[n])).toBeLessThan(1e-6)
  })
})
