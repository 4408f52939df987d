// Pitch shifter: exact pitch and level, attacks in place, the null at 0, formants, image, latency.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, impulse, noise, peak, rms, sine, spectrum } from './signals.ts'

const N = 32768
const shifted = (values: Values, x: Float32Array, right = x) => render('pitchshift', values, x, right)

describe('pitchshift', () => {
  it('adds nothing to a sine above -60 dB', () => {
    for (const [f, semitones] of [
      [1000, 7],
      [700, -5],
      [3000, 3.3],
    ] as const) {
      const to = f * 2 ** (semitones / 12)
      const s = spectrum(shifted({ semitones }, sine(f, N + 8192)).left.subarray(8192), 20)
      let [most, rest] = [0, 0]
      for (let k = 8; k < s.length; k++) {
        if (Math.abs((k * 48000) / N - to) < 20) most = Math.max(most, s[k]!)
        else rest = Math.max(rest, s[k]!)
      }
      expect(db(rest / most), `${f} Hz by ${semitones}`).toBeLessThan(-60)
    }
  })

  it('keeps attacks where they are and sharp: rise at most 1.5 times the source, from -5 to +4 semitones', () => {
    const burst = (frames: number, at: number) => {
      const x = noise(frames, 9, 0.5)
      return x.map((v, n) => (n < at ? 0 : v * Math.exp(-(n - at) / 2400)))
    }
    /** Frames from 10 % to 90 % of the highest energy of 64 frames, and where half of it is reached. */
    const rise = (x: Float32Array) => {
      const e = Array.from({ length: x.length - 128 }, (_, n) => rms(x.subarray(n, n + 128)))
      const most = Math.max(...e)
      const first = (part: number) => e.findIndex((v) => v > part * most)
      return { frames: first(0.8) - first(0.1), at: first(0.5) }
    }
    const x = burst(12000, 5000)
    const before = rise(x)
    for (const semitones of [-5, 4]) {
      const out = shifted({ semitones }, x)
      const after = rise(out.left)
      expect(after.frames, `${semitones}`).toBeLessThan(1.5 * before.frames)
      expect(Math.abs(after.at - out.latency - before.at), `${semitones}`).toBeLessThan(64)
    }
    const clicked = shifted({ semitones: 4 }, impulse(8000, 4000))
    const most = clicked.left.reduce((best, v, i) => (Math.abs(v) > Math.abs(clicked.left[best]!) ? i : best), 0)
    expect(Math.abs(most - clicked.latency - 4000)).toBeLessThan(48)
  })

  it('keeps the formants of a voice where they are, or takes them along', () => {
    // Pulses at 140 Hz through resonances at 700 and 2400 Hz.
    const voice = new Float32Array(24000)
    for (const f of [700, 2400]) {
      let [y1, y2] = [0, 0]
      const r = Math.exp((-Math.PI * 90) / 48000)
      for (let n = 0; n < voice.length; n++) {
        const y = (n % 343 === 0 ? 1 : 0) + 2 * r * Math.cos((2 * Math.PI * f) / 48000) * y1 - r * r * y2
        ;[y2, y1] = [y1, y]
        voice[n] += 0.02 * y
      }
    }
    /** Centre of the energy between 300 and 1400 Hz. */
    const centre = (x: Float32Array) => {
      const s = spectrum(x.subarray(x.length - 8192), 10)
      let [sum, weighted] = [0, 0]
      for (let k = Math.round(300 / 5.86); k < 1400 / 5.86; k++) {
        sum += s[k]! ** 2
        weighted += s[k]! ** 2 * k * 5.86
      }
      return weighted / sum
    }
    const own = centre(voice)
    for (const semitones of [-6, 6]) {
      const moved = centre(shifted({ semitones }, voice).left) / own
      const kept = centre(shifted({ semitones, formant: 1 }, voice).left) / own
      expect(Math.abs(moved / 2 ** (semitones / 12) - 1), `${semitones}`).toBeLessThan(0.12)
      expect(Math.abs(kept - 1), `${semitones}`).toBeLessThan(0.08)
    }
  })

  it('keeps the image: a sound on one side stays there, one in the middle stays mono', () => {
    const x = noise(24000, 5, 0.5)
    const one = shifted({ semitones: 5 }, x, new Float32Array(24000))
    expect(db(peak(one.right) / rms(one.left))).toBeLessThan(-80)
    const mono = shifted({ semitones: 5 }, x)
    expect(db(peak(mono.left.map((v, i) => v - mono.right[i]!)) / rms(mono.left))).toBeLessThan(-80)
  })

  it('keeps the level of noise within 2 dB', () => {
    const x = noise(48000, 5, 0.5)
    for (const semitones of [-12, -5, 5]) {
      const { left } = shifted({ semitones }, x)
      const lost = db(rms(left.subarray(9600)) / rms(x))
      // Upwards what leaves at the top is gone.
      expect(lost, `${semitones}`).toBeGreaterThan(semitones > 0 ? -3.5 : -2)
      expect(lost, `${semitones}`).toBeLessThan(2)
    }
  })

  it('is as late at every rate as its frame says', () => {
    for (const [rate, latency] of [
      [44100, 2304],
      [48000, 2304],
      [96000, 4608],
    ]) {
      const rig = new Rig('pitchshift', { semitones: 12 }, rate)
      expect(rig.latency).toBe(latency)
      rig.free()
    }
  })
})
