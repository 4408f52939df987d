// White and pink noise: flatness, slope, independence of lanes and notes. FM: side bands against Bessel functions.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, fft, noteHz, rms, toneAmplitude, worstAlias } from './spectrum.ts'
import { RATES } from '../turn.ts'

/** Mean power density per third of an octave, in dB. */
function thirds(id: string, sampleRate: number, seconds: number): { hz: number; db: number }[] {
  const n = 1 << 14
  const power = new Float64Array(n / 2)
  const rig = new UnitRig(id, sampleRate).start()
  const window = Float64Array.from({ length: n }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / n))
  rig.render(sampleRate)
  for (let at = 0; at < seconds * sampleRate; at += n) {
    for (const lane of rig.render(n)[0]!) {
      const re = Float64Array.from(lane, (v, i) => v * window[i]!)
      const im = new Float64Array(n)
      fft(re, im)
      for (let k = 0; k < n / 2; k++) power[k] = power[k]! + re[k]! ** 2 + im[k]! ** 2
    }
  }
  const out: { hz: number; db: number }[] = []
  for (let low = 20; low * 2 ** (1 / 3) <= 20000; low *= 2 ** (1 / 3)) {
    const from = Math.ceil((low * n) / sampleRate)
    const to = Math.max(from + 1, Math.ceil((low * 2 ** (1 / 3) * n) / sampleRate))
    let sum = 0
    let hz = 0
    for (let k = from; k < to; k++) {
      sum += power[k]!
      hz += Math.log2(Math.max(k, 1))
    }
    out.push({ hz: (2 ** (hz / (to - from)) * sampleRate) / n, db: 10 * Math.log10(sum / (to - from)) })
  }
  return out
}

function slope(points: { hz: number; db: number }[]): number {
  const x = points.map((p) => Math.log2(p.hz))
  const mx = x.reduce((a, b) => a + b) / x.length
  const my = points.reduce((a, p) => a + p.db, 0) / x.length
  return x.reduce((a, v, i) => a + (v - mx) * (points[i]!.db - my), 0) / x.reduce((a, v) => a + (v - mx) ** 2, 0)
}

const seconds = process.env.VERIFY ? 60 : 12

test('white noise is flat within 0.2 dB above 300 Hz and has no slope', () => {
  const all = thirds('white', 48000, seconds)
  const points = all.filter((p) => p.hz > 300) // below, twelve seconds do not average enough
  const mean = points.reduce((a, p) => a + p.db, 0) / points.length
  expect(Math.max(...points.map((p) => Math.abs(p.db - mean)))).toBeLessThan(process.env.VERIFY ? 0.2 : 0.3)
  expect(Math.abs(slope(all))).toBeLessThan(0.1)
})

describe.each([...RATES])('pink at %i Hz', (sampleRate) => {
  test('falls by 3.01 dB per octave within 0.3 dB', () => {
    const points = thirds('pink', sampleRate, seconds)
    console.log(`pink at ${sampleRate}: ${slope(points).toFixed(3)} dB per octave`)
    expect(Math.abs(slope(points) + 3.0103)).toBeLessThan(0.3)
    for (let i = 12; i + 6 < points.length; i += 3)
      expect(Math.abs(slope(points.slice(i, i + 7)) + 3.0103)).toBeLessThan(0.3)
  })
})

test('lanes and neighbouring seeds are uncorrelated, the same seed repeats, the level is as documented', () => {
  for (const [id, level] of [
    ['white', 1 / Math.sqrt(3)],
    ['pink', 0.35],
  ] as const) {
    const lanes = new UnitRig(id).seed([7, 8, 9, 7]).start().render(96000)[0]!
    expect(lanes[3]).toEqual(lanes[0])
    const [a, b] = [lanes[0]!, lanes[1]!]
    for (let lag = -5; lag <= 5; lag++) {
      let sum = 0
      for (let i = 10; i < 95990; i++) sum += a[i]! * b[i + lag]!
      expect(Math.abs(sum / 96000 / rms(a) / rms(b))).toBeLessThan(id === 'white' ? 0.02 : 0.2)
    }
    expect(Math.abs(decibels(rms(a) / level))).toBeLessThan(id === 'white' ? 0.1 : 1)
  }
})

function bessel(order: number, x: number): number {
  const n = 4000
  let sum = 0
  for (let i = 0; i < n; i++) {
    const t = (Math.PI * (i + 0.5)) / n
    sum += Math.cos(order * t - x * Math.sin(t))
  }
  return sum / n
}

test('FM side bands follow Bessel functions within 0.05 dB up to index 10', () => {
  // modulator at 0.7071 of the carrier, so that no side band falls on another
  const hz = noteHz(84)
  const ratio = Math.fround(0.7071)
  let worst = 0
  for (const index of [0.5, 2, 5, 10]) {
    const signal = new UnitRig('fm')
      .pitch(84)
      .set('ratio', ratio)
      .set('index', index)
      .start()
      .render(1 << 16)[0]![0]!
    for (let order = -4; order <= 10; order++) {
      const at = hz * (1 + order * ratio)
      const want = Math.abs(bessel(order, index))
      if (want < 0.01 || Math.abs(at) > 22000) continue
      worst = Math.max(worst, Math.abs(decibels(toneAmplitude(signal, Math.abs(at), 48000) / want)))
    }
  }
  console.log(`fm: worst side band error ${worst.toFixed(4)} dB`)
  expect(worst).toBeLessThan(0.05)
})

test('FM of ordinary depth folds back below -80 dB, also on high notes', () => {
  for (const [note, ratio, index, feedback] of [
    [84.1, 14, 1, 0],
    [84.1, 3, 6, 0],
    [96.1, 2, 4, 0],
    [84.1, 1, 3, 0.4],
  ] as const) {
    const rig = new UnitRig('fm').pitch(note).set('ratio', ratio).set('index', index).set('feedback', feedback).start()
    const { db } = worstAlias(rig.render(1 << 15)[0]![0]!, noteHz(note), 48000)
    expect(db, `note ${note} ratio ${ratio} index ${index} feedback ${feedback}`).toBeLessThan(-80)
  }
})

test('FM feedback brightens and never runs away', () => {
  const rig = new UnitRig('fm').pitch(45).set('index', 3).set('feedback', [0, 0.3, 0.7, 1]).start()
  const lanes = rig.render(48000)[0]!
  for (const lane of lanes) expect(lane.reduce((m, v) => Math.max(m, Math.abs(v)), 0)).toBeLessThan(1.3) // ripple of the half-band filter
  const roughness = lanes.map((v) => v.reduce((s, x, i) => (i ? s + (x - v[i - 1]!) ** 2 : s), 0))
  expect(roughness[1]).toBeGreaterThan(roughness[0]!)
  expect(roughness[3]).toBeGreaterThan(roughness[1]!)
})
