// The guitar string: tuning, decay in three bands, stiffness, pick and pickup, palm, body, strings that sound along, noises.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, exactHz, magnitudes, noteHz, rms, toneAmplitude } from './spectrum.ts'

const BODIES = ['none', 'acoustic', 'classical', 'electric', 'bass', 'banjo', 'violin', 'cello']
/** The string alone. */
const bare = (sampleRate = 48000): UnitRig =>
  new UnitRig('pluck', sampleRate)
    .set('body', 0)
    .set('sympathy', 0)
    .set('noise', 0)
    .set('stiffness', 0)
    .set('release', 30)
const centroid = (signal: Float32Array): number => {
  const mags = magnitudes(signal, 10)
  let sum = 0
  let weight = 0
  mags.forEach((m, k) => {
    sum += m * m * k
    weight += m * m
  })
  return (sum / weight) * (48000 / signal.length)
}

test('stiffness moves harmonics up and leaves the note', () => {
  const stretch = (stiffness: number): number => {
    const rig = bare().pitch(45).set('stiffness', stiffness).set('damping', 0.2).start()
    rig.render(2400)
    const signal = rig.render(48000)[0]![0]!
    const mags = magnitudes(signal.subarray(0, 32768))
    const bin = 48000 / 32768
    const around = Math.round((noteHz(45) * 16) / bin)
    let best = around - 20
    for (let k = around - 20; k < around + 60; k++) if (mags[k]! > mags[best]!) best = k
    return (best * bin) / (noteHz(45) * 16)
  }
  expect(Math.abs(stretch(0) - 1)).toBeLessThan(1e-3)
  expect(stretch(0.8)).toBeGreaterThan(1.004)
})

test('picked or picked up in the middle it has no even harmonics; a hard pick is brighter, so is a hard stroke', () => {
  for (const [id, other] of [
    ['position', 'pickup'],
    ['pickup', 'position'],
  ] as const) {
    const signal = bare().pitch(57).set(id, 0.5).set(other, 0.13).start().render(24000)[0]![0]!.subarray(2400)
    const tone = (h: number): number => toneAmplitude(signal, noteHz(57) * h, 48000, 12)
    expect(decibels(tone(2) / tone(3)), id).toBeLessThan(-20)
  }
  const bright = (hardness: number, velocity: number): number =>
    centroid(bare().pitch(45).set('hardness', hardness).velocity(velocity).start().render(8192)[0]![0]!)
  expect(bright(1, 0.75)).toBeGreaterThan(1.2 * bright(0.2, 0.75))
  expect(bright(0.6, 1)).toBeGreaterThan(1.02 * bright(0.6, 0.2))
})

test('the palm mutes, the key damps, and the string rings out to exact silence', () => {
  const tail = (rig: UnitRig): number => {
    rig.pitch(45).start().render(9600)
    return decibels(rms(rig.render(4800)[0]![0]!))
  }
  expect(tail(bare().set('mute', 0.8))).toBeLessThan(tail(bare()) - 20)
  const damped = bare().pitch(45).set('release', 0.1).start()
  damped.render(4800)
  damped.release().render(7200)
  expect(decibels(rms(damped.render(2400)[0]![0]!))).toBeLessThan(-60)
  damped.render(96000)
  expect(Math.max(...damped.render(480)[0]!.map((v) => rms(v)))).toBeLessThan(1e-9)
})

test('each body colours the sound and none makes it much louder; open strings sound along after the note', () => {
  const base = bare().pitch(50).start().render(24000)[0]![0]!
  for (const [index, body] of BODIES.entries()) {
    const signal = bare().pitch(50).set('body', index).set('bodyMix', 1).start().render(24000)[0]![0]!
    expect(Math.abs(decibels(rms(signal) / rms(base))), body).toBeLessThan(9)
    if (index === 0) continue
    const change = signal.map((v, i) => v - base[i]!)
    expect(decibels(rms(change) / rms(base)), body).toBeGreaterThan(-24)
  }
  const after = (sympathy: number, note: number): number => {
    const rig = bare().pitch(note).set('sympathy', sympathy).set('release', 0.05).start()
    rig.render(24000)
    rig.release().render(9600)
    return rms(rig.render(9600)[0]![0]!)
  }
  expect(after(0, 52)).toBeLessThan(1e-5)
  expect(after(1, 52)).toBeGreaterThan(1e-3)
  expect(after(1, 52)).toBeGreaterThan(3 * after(1, 53.5))
})

test('fret noise comes by chance, the same for the same note; pick noise is only there at the start', () => {
  const slide = (seed: number): Float32Array =>
    bare().pitch(45).set('scrape', 1).set('chance', 0.5).seed(seed).start().render(4800)[0]![0]!
  const plain = bare().pitch(45).start().render(4800)[0]![0]!
  const heard = Array.from({ length: 40 }, (_, seed) => rms(slide(seed + 1).map((v, i) => v - plain[i]!)) > 1e-4)
  const share = heard.filter(Boolean).length
  expect(share).toBeGreaterThan(10)
  expect(share).toBeLessThan(30)
  expect(slide(9)).toEqual(slide(9))
  for (const colour of [0, 1]) {
    const noisy = bare().pitch(45).set('noise', 1).set('colour', colour).start().render(4800)[0]![0]!
    expect(
      rms(
        noisy.map((v, i) => v - plain[i]!),
        0,
        480,
      ),
    ).toBeGreaterThan(0.01)
  }
})

test('every pitch and pick is about equally loud, and bounded', () => {
  const levels: number[] = []
  for (const note of [28, 45, 62, 79, 96]) {
    for (const position of [0.05, 0.2, 0.5]) {
      const lanes = bare().pitch(note).set('position', position).set('noise', 0.5).start().render(9600)[0]!
      for (const signal of lanes) expect(signal.reduce((m, v) => Math.max(m, Math.abs(v)), 0)).toBeLessThan(4)
      levels.push(decibels(rms(lanes[0]!)))
    }
  }
  console.log(`pluck: level ${Math.min(...levels).toFixed(1)} to ${Math.max(...levels).toFixed(1)} dB`)
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(10)
})

test('a glide is smooth and arrives in tune; blocks cut elsewhere change nothing but rounding', () => {
  const rig = bare().pitch(45).set('decay', 20).start()
  rig.render(9600)
  const still = rig.render(960)[0]![0]!
  const gliding = rig.render(9600, {
    before: (frame, n) => rig.rampPitch(45 + (7 * Math.min(9600, frame + n)) / 9600, n),
  })[0]![0]!
  const step = (v: Float32Array): number => v.reduce((m, x, i) => (i ? Math.max(m, Math.abs(x - v[i - 1]!)) : m), 0)
  expect(step(gliding)).toBeLessThan(step(still) * 2.5)
  rig.render(4800)
  const cents = 1200 * Math.log2(exactHz(rig.render(48000)[0]![0]!, noteHz(52), 48000) / noteHz(52))
  expect(Math.abs(cents)).toBeLessThan(0.5)

  const make = (cut?: number): Float32Array =>
    new UnitRig('pluck')
      .pitch(57)
      .set('scrape', 1)
      .set('chance', 1)
      .start()
      .render(9600, cut ? { cut } : {})[0]![0]!
  const whole = make()
  for (const cut of [1, 5, 31]) {
    const other = make(cut)
    for (let i = 0; i < whole.length; i++) expect(Math.abs(other[i]! - whole[i]!)).toBeLessThan(1e-4)
  }
})
