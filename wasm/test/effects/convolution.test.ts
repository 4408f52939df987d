// Convolution: null against the direct sum, routes, rates, decay, even without a file.
import { describe, expect, it } from 'vitest'
import { convolved } from './reference.ts'
import { ASSET_CHANNELS, Rig, withAsset, type Stereo, type Values } from './rig.ts'
import { db, impulse, noise, peak, rms } from './signals.ts'

const wet = { mix: 1 }
const decaying = (frames: number, seed: number) => {
  const x = noise(frames, seed)
  return x.map((v, n) => v * Math.exp((-5 * n) / frames))
}
const sum = (a: Float64Array, b: Float64Array) => a.map((v, n) => v + b[n])
function energy(x: Float32Array | Float64Array): number {
  let sum = 0
  for (const v of x) sum += v * v
  return sum
}
/** Level of the difference in dB of the wanted signal, after the effect's own gain is taken off. */
function nullDb(out: Float32Array, wanted: Float64Array, gain: number): number {
  let error = 0
  for (let n = 0; n < out.length; n++) error += (out[n] - gain * wanted[n]) ** 2
  return 10 * Math.log10(error / (gain * gain * energy(wanted)))
}
function play(channels: Float32Array[], input: Stereo, values: Values = {}, split = 32) {
  const rig = withAsset('impulse', channels, 48000, () => new Rig('convolution', { ...wet, ...values }))
  const out = rig.process(input.left, input.right, split)
  const { latency, tail } = rig
  rig.free()
  return { ...out, latency, tail }
}
const input = { left: noise(60000, 1), right: noise(60000, 2) }

describe('convolution', () => {
  it.each(
    process.env.VERIFY ? [1, 20, 32, 33, 1000, 1024, 1025, 16384, 16385, 30000, 60000] : [1, 33, 1025, 16385, 50000],
  )('is the direct convolution within -120 dB, without delay: %i taps, two channels', (taps) => {
    const h = [decaying(taps, 3), decaying(taps, 4)]
    const out = play(h, input)
    const gain = 1 / Math.sqrt((energy(h[0]) + energy(h[1])) / 2)
    expect(out.latency).toBe(0)
    expect(nullDb(out.left, convolved(input.left, h[0]), gain)).toBeLessThan(-120)
    expect(nullDb(out.right, convolved(input.right, h[1]), gain)).toBeLessThan(-120)
  })

  it('takes one channel for both sides', () => {
    const h = decaying(20000, 3)
    const out = play([h], input)
    const gain = 1 / Math.sqrt(energy(h))
    expect(nullDb(out.left, convolved(input.left, h), gain)).toBeLessThan(-120)
    expect(nullDb(out.right, convolved(input.right, h), gain)).toBeLessThan(-120)
  })

  it.runIf(ASSET_CHANNELS >= 4)('takes four channels as true stereo: LL, LR, RL, RR', () => {
    const h = [3, 4, 5, 6].map((seed) => decaying(20000, seed))
    const out = play(h, input)
    const gain = 1 / Math.sqrt(h.reduce((s, x) => s + energy(x), 0) / 2)
    const left = sum(convolved(input.left, h[0]), convolved(input.right, h[2]))
    const right = sum(convolved(input.left, h[1]), convolved(input.right, h[3]))
    expect(nullDb(out.left, left, gain)).toBeLessThan(-120)
    expect(nullDb(out.right, right, gain)).toBeLessThan(-120)
  })

  it('is the same however the input is cut, and after a reset', () => {
    const h = [decaying(20000, 3), decaying(20000, 4)]
    const rig = withAsset('impulse', h, 48000, () => new Rig('convolution', wet))
    const whole = rig.process(input.left, input.right)
    const cut = rig.reset().process(input.left, input.right, 7)
    expect(cut.left).toEqual(whole.left)
    expect(cut.right).toEqual(whole.right)
    rig.free()
  })

  it.each([
    [44100, 48000],
    [48000, 44100],
    [96000, 48000],
    [48000, 96000],
  ])('plays a file of %i Hz at %i Hz with the same time and response', (fileRate, sampleRate) => {
    // A band-limited click 10 ms into the file: a Gaussian, -170 dB at 20 kHz.
    const click = (rate: number) =>
      Float32Array.from({ length: 0.03 * rate }, (_, n) => Math.exp(-((20000 * (n / rate - 0.01)) ** 2) / 2))
    const make = () => new Rig('convolution', wet, sampleRate)
    const rig = withAsset('impulse', [click(fileRate)], fileRate, make)
    const { left } = rig.process(impulse(0.03 * sampleRate))
    const wanted = click(sampleRate)
    const gain = 1 / Math.sqrt(energy(wanted))
    expect(nullDb(left, Float64Array.from(wanted), gain)).toBeLessThan(-85)
    rig.free()
  })

  it('takes at most 10 s of a file', () => {
    const h = new Float32Array(11 * 8000)
    h[0] = 1
    h[9.9 * 8000] = 0.5
    h[10.5 * 8000] = 0.5
    const rig = withAsset('impulse', [h], 8000, () => new Rig('convolution', wet, 8000))
    const { left } = rig.process(impulse(11 * 8000))
    expect(left[9.9 * 8000] / left[0]).toBeCloseTo(0.5, 4)
    expect(peak(left.subarray(10 * 8000))).toBeLessThan(1e-7)
    rig.free()
  })

  it('decays in the stated share of its own time', () => {
    const t60 = 1.2
    const h = noise(2 * 48000, 5).map((v, n) => v * 10 ** ((-3 * n) / (t60 * 48000)))
    const rig = withAsset('impulse', [h], 48000, () => new Rig('convolution', wet))
    for (const decay of [1, 0.5, 0.25]) {
      rig.reset().set({ decay })
      const { left } = rig.process(impulse(48000))
      // Level between 20 and 60 % of the time to -60 dB.
      const level = (share: number) => {
        const at = Math.round(share * decay * t60 * 48000)
        return db(rms(left.subarray(at, at + 2000)))
      }
      expect((level(0.2) - level(0.6)) / 24, `${decay}`).toBeGreaterThan(0.9)
      expect((level(0.2) - level(0.6)) / 24, `${decay}`).toBeLessThan(1.1)
    }
    rig.free()
  })

  // Shorter than 4 s its fades are slopes, longer ones are steps.
  it.each([2.5, 4.5])('under the governor a tail of %s s ends where what is left is 40 dB down, then 30', (seconds) => {
    const t60 = 0.8 * seconds
    const h = [5, 6].map((seed) => noise(seconds * 48000, seed).map((v, n) => v * 10 ** ((-3 * n) / (t60 * 48000))))
    const rig = withAsset('impulse', h, 48000, () => new Rig('convolution', wet))
    const [full, at40, at30] = [0, 2, 4].map(
      (level) =>
        rig
          .reset()
          .govern(level)
          .process(impulse(5 * 48000)).left,
    )
    for (const [short, decibels] of [
      [at40, 40],
      [at30, 30],
    ] as const) {
      const kept = (decibels / 60) * t60 * 48000
      const lost = short.map((v, n) => v - full[n])
      expect(peak(lost.subarray(0, kept - 8192))).toBe(0)
      // In whole partitions of 8192, one of which fades.
      expect(peak(short.subarray(kept + 2 * 8192))).toBeLessThan(1e-7)
      expect(db(energy(lost) / energy(full)) / 2).toBeLessThan(-decibels)
    }
    rig.free()
  })

  it.each([2.5, 4.5])('a tail of %s s is shortened and whole again without a click', (seconds) => {
    const h = noise(seconds * 48000, 5).map((v, n) => v * 10 ** ((-3 * n) / (0.8 * seconds * 48000)))
    const rig = withAsset('impulse', [h], 48000, () => new Rig('convolution', wet))
    const tone = Float32Array.from({ length: 48000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 250 * n) / 48000))
    const play = (levels: readonly number[]) => {
      rig.reset()
      return levels.map((level) => rig.govern(level).process(tone).left)
    }
    const levels = [0, 0, 0, 0, 0, 4, 4, 0, 0]
    const full = play(levels.map(() => 0))
    const lost = play(levels).map((part, k) => part.map((v, n) => v - full[k][n]))
    const step = (x: Float32Array) =>
      x.reduce((most, v, n) => (n > 0 ? Math.max(most, Math.abs(v - x[n - 1])) : most), 0)
    expect(lost.slice(0, 5).map((x) => peak(x))).toEqual([0, 0, 0, 0, 0])
    const steady = step(lost[6])
    expect(steady).toBeGreaterThan(1e-5)
    expect(step(lost[5])).toBeLessThan(1.2 * steady)
    expect(step(lost[7])).toBeLessThan(1.2 * steady)
    expect(peak(lost[8])).toBe(0)
    rig.free()
  })

  it('without a file is a hall of its own: 2 s, spread, as loud as its input', () => {
    const rig = new Rig('convolution', wet)
    const { left, right } = rig.process(impulse(3 * 48000))
    expect(Math.abs(10 * Math.log10((energy(left) + energy(right)) / 2))).toBeLessThan(0.01)
    expect(Math.abs(10 * Math.log10(energy(left) / energy(right)))).toBeLessThan(1)
    const part = (x: Float32Array, from: number, to: number) => x.subarray(from * 48000, to * 48000)
    expect(peak(part(left, 0, 0.007))).toBeLessThan(1e-7)
    const late = db(rms(part(left, 1.2, 1.3))) - db(rms(part(left, 0.2, 0.3)))
    expect(late).toBeGreaterThan(-45)
    expect(late).toBeLessThan(-30)
    expect(peak(part(left, 2, 3))).toBeLessThan(1e-7)
    const dot = left.reduce((s, v, n) => s + v * right[n], 0)
    expect(Math.abs(dot / Math.sqrt(energy(left) * energy(right)))).toBeLessThan(0.3)
    rig.free()
  })

  it('waits for the pre-delay, also a synced one', () => {
    const first = (values: Values, bpm = 120) => {
      const rig = withAsset('impulse', [impulse(32)], 48000, () => new Rig('convolution', { ...wet, ...values }))
      const { left } = rig.song({ bpm }).process(impulse(24000))
      rig.free()
      return left.findIndex((v) => Math.abs(v) > 0.5)
    }
    expect(first({ predelay: 0 })).toBe(0)
    expect(first({ predelay: 0.1 })).toBe(4800)
    expect(first({ sync: '1/16' }, 150)).toBe(4800)
  })

  it('is mono at width 0 and wider at 2', () => {
    const side = (width: number) => {
      const rig = new Rig('convolution', { ...wet, width })
      const { left, right } = rig.process(noise(24000, 3))
      rig.free()
      return rms(left.map((v, n) => v - right[n])) / rms(left.map((v, n) => v + right[n]))
    }
    expect(side(0)).toBeLessThan(1e-6)
    expect(side(2) / side(1)).toBeCloseTo(2, 3)
  })
})
