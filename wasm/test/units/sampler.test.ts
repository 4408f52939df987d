// Sampler: pitch without alias, loops without seams, zones, ways through a recording. Figures of engine-study A4.
import { expect, test } from 'vitest'
import { RATE, recording, sine, zone } from './samples.ts'
import { decibels, magnitudes, rms, toneAmplitude } from './spectrum.ts'
import { UnitRig } from './rig.ts'

const N = 16384
const settled = (channel: Float32Array): Float32Array => channel.subarray(channel.length - N)

/** Loudest component below 20 kHz but the tone at `hz`, in dB of an amplitude of 0.5. */
function stray(signal: Float32Array, hz: number): number {
  const mags = magnitudes(signal)
  let worst = 0
  for (let bin = 12; bin < (20000 / RATE) * N; bin++)
    if (Math.abs(bin - (hz / RATE) * N) > 12) worst = Math.max(worst, mags[bin]!)
  return decibels(worst / 0.5)
}

test('at its own speed it gives the recording back', () => {
  const bytes = recording(
    3000,
    (i) => Math.sin(i * i * 1e-4) * 0.4,
    undefined,
    (i) => Math.cos(i * 0.05) * 0.3,
  )
  const [left, right] = new UnitRig('sampler').sample(bytes).pitch(60).start().render(2900)
  let worst = 0
  for (let i = 0; i < 2000; i++) {
    worst = Math.max(worst, Math.abs(right![2]![i]! - Math.cos(i * 0.05) * 0.3) * (i > 40 ? 1 : 0))
    if (i < 1000) worst = Math.max(worst, Math.abs(left![0]![i]! - Math.sin(i * i * 1e-4) * 0.4) * (i > 40 ? 1 : 0))
  }
  expect(decibels(worst)).toBeLessThan(-80)
})

test('a loop of whole periods has no seam: as recorded, from end to end, backwards, far from its key', () => {
  const period = 48 // 1 kHz
  const cases = [
    ['inside', recording(48000, sine(1000), [zone(48000, { loopStart: 9600, loopEnd: 14400, crossfade: 480 })]), {}],
    ['at the end', recording(9600, sine(1000), [zone(9600, { loopStart: 4800, loopEnd: 9600 })]), {}],
    ['all of it', recording(period * 20, sine(1000), [zone(period * 20, { loopEnd: period * 20 })]), {}],
    ['backwards', recording(48000, sine(1000), [zone(48000, { loopStart: 9600, loopEnd: 14400 })]), { reverse: 1 }],
    ['by knobs', recording(48000, sine(1000)), { loop: 2, loopStart: 0.2, loopEnd: 0.3, crossfade: 0.05 }],
  ] as const
  for (const [name, bytes, values] of cases) {
    const rig = new UnitRig('sampler').sample(bytes)
    for (const [id, value] of Object.entries(values)) rig.set(id, value)
    const [left] = rig.pitch([60, 72, 53, 79]).start().render(60000)
    ;[1000, 2000, 1000 * 2 ** (-7 / 12), 1000 * 2 ** (19 / 12)].forEach((hz, lane) => {
      const heard = stray(left![lane]!.subarray(60000 - N), hz)
      if (heard > -75) throw new Error(`${name}, lane ${lane}: ${heard.toFixed(1)} dB`)
      expect(decibels(toneAmplitude(settled(left![lane]!), hz, RATE) / 0.5)).toBeCloseTo(0, 1)
    })
  }
})

test('a loop of noise holds its level over the seam', () => {
  const noise = (i: number): number => 2 * (Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1) - 1
  const [left] = new UnitRig('sampler')
    .sample(recording(48000, noise))
    .set('loop', 2)
    .set('loopStart', 0.3)
    .set('loopEnd', 0.9)
    .set('crossfade', 0.2)
    .pitch(60)
    .start()
    .render(48000 * 4)
  const levels = Array.from({ length: 38 }, (_, k) => decibels(rms(left![0]!, k * 4800, (k + 1) * 4800)))
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(1.5)
})

test('keys and velocities choose their recording; what no zone serves plays the nearest', () => {
  const value = (i: number): number => (Math.floor(i / 10000) + 1) * 0.1
  const part = (index: number, over: Parameters<typeof zone>[1]) => zone(6000, { firstFrame: index * 10000, ...over })
  const bytes = recording(40000, value, [
    part(0, { highKey: 59, rootKey: 50 }),
    part(1, { lowKey: 60, highKey: 80, highVelocity: 0.5 }),
    part(2, { lowKey: 60, highKey: 80, lowVelocity: 0.51, gainDb: -6.0206 }),
  ])
  const [left] = new UnitRig('sampler')
    .sample(bytes)
    .pitch([48, 60, 61, 90])
    .velocity([0.9, 0.3, 0.9, 0.2])
    .start()
    .render(600)
  ;[0.1, 0.2, 0.15, 0.2].forEach((level, lane) => expect(left![lane]![400]).toBeCloseTo(level, 3))
})

test('start, end and reverse take their part of the recording; the root key and key tracking move it', () => {
  const ramp = recording(10000, (i) => i / 10000)
  const play = (values: Record<string, number>, note = 60, frames = 9000): Float32Array => {
    const rig = new UnitRig('sampler').sample(ramp)
    for (const [id, value] of Object.entries(values)) rig.set(id, value)
    return rig.pitch(note).start().render(frames)[0]![0]!
  }
  const middle = play({ start: 0.25, end: 0.75 })
  expect(middle[100]).toBeCloseTo(0.26, 4)
  expect(middle[4800]).toBeCloseTo(0.73, 4)
  expect(Math.abs(middle[5001]!)).toBe(0)
  const back = play({ start: 0.25, end: 0.75, reverse: 1 })
  expect(back[100]).toBeCloseTo(0.7399, 4)
  expect(play({ root: 48 })[1000]).toBeCloseTo(0.2, 4)
  expect(play({ keyTrack: 0 }, 84)[1000]).toBeCloseTo(0.1, 4)
  expect(play({ tune: 12, fine: 0 })[1000]).toBeCloseTo(0.2, 4)
  // No click where a note begins inside.
  expect(Math.abs(middle[0]!)).toBeLessThan(0.001)
})

test('without a recording it is silent and harmless', () => {
  expect(rms(new UnitRig('sampler').start().render(500)[0]![0]!)).toBe(0)
})
