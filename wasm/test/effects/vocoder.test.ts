// Vocoder: whose spectrum, whose pitch; formants, hiss, times, clean saws.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Values } from './rig.ts'
import { db, noise, peak, rms, sine, spectrum } from './signals.ts'

const N = 16384
const START = 16000
/** Partials of `f` up to `top`, 1/k. */
function rich(f: number, frames: number, top = 11000) {
  const x = new Float32Array(frames)
  for (let k = 1; k * f < top; k++) {
    const turn = (2 * Math.PI * k * f) / 48000
    // A rotating pointer, in f64: its error after a second stays below -200 dB.
    let [c, q] = [Math.cos(k * k), Math.sin(k * k)]
    const [dc, dq] = [Math.cos(turn), Math.sin(turn)]
    for (let i = 0; i < frames; i++) {
      x[i] += (0.3 / k) * q
      ;[c, q] = [c * dc - q * dq, q * dc + c * dq]
    }
  }
  return x
}
/** Spectrum of what a modulator in the side chain makes of a carrier on the track. */
function side(values: Values, track: Float32Array, modulator: Float32Array) {
  const rig = new Rig('vocoder', { unvoiced: 0, mix: 1, ...values })
  const { left } = rig.process(track, track, 32, { left: modulator, right: modulator })
  rig.free()
  return left.subarray(START, START + N)
}
/** Level between two frequencies. */
const between = (x: Float32Array, from: number, to: number) => {
  const s = spectrum(x)
  let sum = 0
  for (let k = Math.ceil((from * N) / 48000); k < (to * N) / 48000; k++) sum += s[k] ** 2
  return db(Math.sqrt(sum))
}

describe('vocoder', () => {
  it('gives the carrier the spectrum of the side chain', () => {
    const track = rich(110, START + N, 15000)
    for (const f of [300, 1000, 4000]) {
      const out = side({ bands: 32 }, track, sine(f, START + N, 48000, 0.5))
      const inside = between(out, f / 1.3, f * 1.3)
      expect(inside - between(out, 60, f / 2)).toBeGreaterThan(30)
      expect(inside - between(out, f * 2, 16000)).toBeGreaterThan(30)
    }
  })

  it('keeps the pitch of the carrier: nothing between its partials', () => {
    const f = (48000 / N) * 100
    const out = spectrum(side({ release: 0.5, attack: 0.1 }, rich(f, START + N), rich(f / 2, START + N)))
    const gap = out.slice(130, 171).reduce((a, b) => Math.max(a, b))
    expect(db(gap / out.reduce((a, b) => Math.max(a, b)))).toBeLessThan(-40)
  })

  it('is silent while the side chain is, and without one talks by itself', () => {
    const voice = rich(150, START + N, 5000)
    expect(peak(side({}, voice, new Float32Array(START + N)))).toBe(0)
    const { left, right } = render('vocoder', { unvoiced: 0 }, voice)
    expect(Math.abs(db(rms(left.subarray(START)) / rms(voice)))).toBeLessThan(8)
    expect(db(rms(left.map((v, i) => v - right[i])) / rms(left))).toBeGreaterThan(-12) // detuned saws: wide
  })

  it('moves the formants of the carrier by semitones', () => {
    const track = noise(START + N, 3, 0.5)
    const modulator = sine(1000, START + N, 48000, 0.5)
    for (const formant of [-12, 7, 12]) {
      const f = 1000 * 2 ** (formant / 12)
      const out = side({ formant, bands: 32 }, track, modulator)
      expect(between(out, f / 1.2, f * 1.2) - between(out, 60, f / 1.5)).toBeGreaterThan(15)
      expect(between(out, f / 1.2, f * 1.2) - between(out, f * 1.5, 16000)).toBeGreaterThan(15)
    }
  })

  it('passes a flat modulator flat: bands meet without holes, at any number of them', () => {
    for (const bands of [8, 17, 40]) {
      // Carrier swept band by band against a steady, dense modulator.
      const modulator = noise(32000, 5)
      const levels = Array.from({ length: 9 }, (_, i) => 500 * 2 ** (i / 8)).map((f) => {
        const rig = new Rig('vocoder', { bands, unvoiced: 0, attack: 0.2, release: 2 })
        const { left } = rig.process(sine(f, 32000), undefined, 32, { left: modulator, right: modulator })
        rig.free()
        return db(rms(left.subarray(16000)))
      })
      // White noise rises by 3 dB over the octave of log-spaced bands; its levels waver.
      expect(Math.max(...levels) - Math.min(...levels), `${bands} bands`).toBeLessThan(6.5)
    }
  })

  it('closes with its release: 60 dB in 6.9 of them within 15 %', () => {
    for (const release of [0.05, 0.2]) {
      const modulator = sine(1000, 96000, 48000, 0.5).map((v, i) => (i < 24000 ? v : 0))
      const rig = new Rig('vocoder', { release, attack: 0.001, unvoiced: 0, bands: 16 })
      const track = rich(100, 96000, 3000)
      const { left } = rig.process(track, track, 32, { left: modulator, right: modulator })
      rig.free()
      const level = (frame: number) => db(rms(left.subarray(frame, frame + 960)))
      const later = Math.round(release * 4 * 48000)
      const fall = level(26400) - level(26400 + later)
      expect(Math.abs(fall / (8.686 * 4) - 1), `${release} s`).toBeLessThan(0.15)
    }
  })

  it('hisses where the modulator does', () => {
    const hiss = noise(START + N, 4, 0.5)
    const bright = hiss.map((v, i) => v - (hiss[i - 1] ?? 0))
    const track = rich((48000 / N) * 200, START + N, 15000)
    const betweenPartials = (unvoiced: number, modulator: Float32Array) => {
      const s = spectrum(side({ unvoiced }, track, modulator))
      let sum = 0
      for (let k = 2000; k < 4000; k++) if (Math.abs((k % 200) - 100) < 40) sum += s[k] ** 2
      return db(Math.sqrt(sum))
    }
    expect(betweenPartials(1, bright)).toBeGreaterThan(betweenPartials(0, bright) + 15)
    const vowel = rich(120, START + N, 2500)
    expect(Math.abs(betweenPartials(1, vowel) - betweenPartials(0, vowel))).toBeLessThan(1)
  })
})
