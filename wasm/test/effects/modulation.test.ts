// Chorus, ensemble, flanger, phaser and ring modulator: notches, cleanness of the moving delays, pitch bend, width.
import { describe, expect, it } from 'vitest'
import { render, Rig, type Stereo, type Values } from './rig.ts'
import { db, impulse, noise, response, rms, sine, spectrum } from './signals.ts'

const N = 65536

describe('flanger', () => {
  it('is as loud at any feedback for noise without the dry signal, within 0.5 dB', () => {
    const input = noise(96000, 5)
    for (const feedback of [-0.85, -0.5, 0.5, 0.85]) {
      const { left } = render('flanger', { feedback, mix: 1, rate: 0.5 }, input)
      expect(Math.abs(db(rms(left.subarray(24000)) / rms(input))), `${feedback}`).toBeLessThan(0.5)
    }
  })
})

describe('chorus', () => {
  it('never bends pitch by more than 35 cents', () => {
    for (const rate of [0.1, 1, 10]) {
      const { left } = render('chorus', { rate, depth: 1, mix: 1, voices: 1 }, sine(1000, 96000))
      const ups: number[] = []
      for (let n = 5000; n < left.length; n++)
        if (left[n - 1] < 0 && left[n] >= 0) ups.push(n - left[n] / (left[n] - left[n - 1]))
      const cents = ups.slice(1).map((at, i) => 1200 * Math.log2(48 / (at - ups[i])))
      expect(Math.max(...cents.map(Math.abs)), `${rate} Hz`).toBeLessThan(35)
    }
  })

  it('keeps the level of noise within 1.5 dB for any number of voices', () => {
    const input = noise(96000, 5)
    for (const voices of [1, 2, 3, 4]) {
      const { left } = render('chorus', { voices, mix: 1 }, input)
      expect(Math.abs(db(rms(left.subarray(24000)) / rms(input))), `${voices}`).toBeLessThan(1.5)
    }
  })
})

describe.each(['chorus', 'ensemble'])('%s', (id) => {
  it('makes a mono input wide', () => {
    const { left, right } = render(id, { mix: 1, depth: 1 }, noise(96000, 7))
    const dot = left.reduce((sum, v, i) => sum + v * right[i], 0) / left.length
    expect(dot / (rms(left) * rms(right))).toBeLessThan(0.5)
  })
})

describe('ensemble', () => {
  it('carries two speeds of drift: sidebands of a 2 kHz tone at the slow and at the fast rate', () => {
    const { left } = render('ensemble', { rate: 0.6, depth: 1, mix: 1 }, sine(2000, N * 2 + 48000))
    // Envelope of the three interfering lines, taken every 10 ms: it must hold both rates.
    const envelope: number[] = []
    for (let n = 48000; n + 480 <= left.length; n += 480) envelope.push(rms(left.subarray(n, n + 480)))
    const mean = envelope.reduce((a, b) => a + b, 0) / envelope.length
    const at = (f: number) => {
      let [re, im] = [0, 0]
      for (const [i, v] of envelope.entries()) {
        const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / envelope.length)
        re += w * (v - mean) * Math.cos(2 * Math.PI * f * i * 0.01)
        im += w * (v - mean) * Math.sin(2 * Math.PI * f * i * 0.01)
      }
      return Math.hypot(re, im) / envelope.length
    }
    const strongest = (from: number, to: number) => {
      let most = 0
      for (let f = from; f <= to; f += 0.1) most = Math.max(most, at(f))
      return most
    }
    expect(strongest(0.5, 5)).toBeGreaterThan(0.01)
    expect(strongest(5.5, 40)).toBeGreaterThan(0.01)
  })
})

describe('phaser', () => {
  it('passes all frequencies alike without the dry signal, at any feedback', () => {
    for (const feedback of [0, 0.85]) {
      const { left } = render('phaser', { depth: 0, feedback, mix: 1 }, impulse(48000))
      for (const gain of response(left, [50, 200, 800, 3000, 10000, 18000])) expect(Math.abs(gain)).toBeLessThan(0.01)
    }
  })

  it('peaks sharper with feedback: unity at the peak, deeper between', () => {
    const width = (feedback: number) => {
      const { left } = render('phaser', { depth: 0, feedback, mix: 0.5, stages: '4', frequency: 1000 }, impulse(48000))
      expect(response(left, [1000])[0]).toBeCloseTo(0, 1)
      const hz = Array.from({ length: 400 }, (_, i) => 500 + 2.5 * i)
      return response(left, hz).filter((gain) => gain > -3).length
    }
    expect(width(0.8)).toBeLessThan(0.5 * width(0))
  })
})

describe('ringmod', () => {
  it('turns a tone into its sum and difference with the carrier, each 6 dB down, and nothing else above -120 dB', () => {
    const bin = (k: number) => (k * 48000) / N
    const { left } = render('ringmod', { frequency: bin(300), mix: 1 }, sine(bin(1400), N))
    const s = spectrum(left)
    expect(db(s[1100])).toBeCloseTo(-6.02, 1)
    expect(db(s[1700])).toBeCloseTo(-6.02, 1)
    let rest = 0
    for (let k = 12; k < s.length; k++)
      if (Math.min(Math.abs(k - 1100), Math.abs(k - 1700)) > 14) rest = Math.max(rest, s[k])
    expect(db(rest)).toBeLessThan(-120)
  })
})

describe.each(['chorus', 'ensemble', 'flanger', 'phaser'])('%s in time', (id) => {
  const settings: Values = { sync: '1/4T', mix: 0.5, depth: 1 }
  const at = (beat: number, values: Values = {}) => {
    const rig = new Rig(id, { ...settings, ...values }).song({ bpm: 96, beat })
    const out = rig.process(noise(24000, 4, 0.5))
    rig.free()
    return out
  }
  it('stands at the same point of its sweep at the same beat', () => {
    const [a, b, c] = [at(4), at(6), at(6.3)] // two quarters are three triplet quarters
    const apart = (x: Stereo, y: Stereo) => db(rms(x.left.map((v, i) => v - y.left[i]).subarray(4800)))
    expect(apart(a, b)).toBeLessThan(-80)
    expect(apart(a, c)).toBeGreaterThan(-50)
  })
  it('slides to the song after a seek without a jump', () => {
    const rig = new Rig(id, settings).song({ bpm: 96, beat: 0 })
    const x = sine(200, 48000, 48000, 0.5)
    const swing = (y: Float32Array) =>
      y.reduce((m, v, i) => (i > 1 ? Math.max(m, Math.abs(v - 2 * y[i - 1] + y[i - 2])) : m), 0)
    const before = swing(rig.process(x).left.subarray(9600))
    const after = swing(rig.song({ bpm: 96, beat: 50.3 }).process(x).left)
    expect(after).toBeLessThan(4 * before + 1e-4)
    rig.free()
  })
  it('at width 0 moves both sides alike and loses nothing in mono', () => {
    const { left, right } = at(0, { width: 0 })
    expect(db(rms(left.map((v, i) => v - right[i])))).toBeLessThan(-120)
  })
})
