// Granular: even overlap, exact onsets, pitch, chance from the note alone, bounded clouds. Figures of engine-study A4.
import { expect, test } from 'vitest'
import { RATE, recording, sine, zone } from './samples.ts'
import { decibels, exactHz, magnitudes, rms, toneAmplitude } from './spectrum.ts'
import { UnitRig } from './rig.ts'

const constant = recording(96000, () => 0.5)
/** Grains of equal distance that all lie in the middle. */
const even = (bytes = constant): UnitRig =>
  new UnitRig('granular')
    .sample(bytes)
    .set('spray', 0)
    .set('jitter', 0)
    .set('spread', 0)
    .set('scan', 0)
    .set('position', 0.3)
    .pitch(60)

test('onsets between frames keep their place: no beat of its own in a dense cloud', () => {
  // 48000 / 127 is no whole number of frames.
  const [left] = even()
    .set('density', 127)
    .set('size', 4 / 127)
    .start()
    .render(40000)
  const mags = magnitudes(left![0]!.subarray(40000 - 16384))
  let worst = 0
  for (let bin = 20; bin < mags.length; bin++) worst = Math.max(worst, mags[bin]!)
  expect(decibels(worst / mags[0]!)).toBeLessThan(-90)
})

test('the keys set the pitch of the grains', () => {
  const bytes = recording(96000, sine(1000))
  for (const [note, hz] of [
    [60, 1000],
    [67, 1000 * 2 ** (7 / 12)],
    [84, 4000],
    [48, 500],
  ] as const) {
    // A grain as long as it gets: its pitch stands alone.
    const [left] = even(bytes).set('density', 1).set('size', 1).pitch(note).start().render(40000)
    const part = left![0]!.subarray(8000, 8000 + 16384)
    expect(Math.abs(1200 * Math.log2(exactHz(part, hz, RATE) / hz))).toBeLessThan(1)
    const mags = magnitudes(part)
    let stray = 0
    for (let bin = 1; bin < (20000 / RATE) * 16384; bin++)
      if (Math.abs(bin - (hz / RATE) * 16384) > 30) stray = Math.max(stray, mags[bin]!)
    expect(decibels(stray / toneAmplitude(part, hz, RATE))).toBeLessThan(-60)
  }
})

test('chance belongs to the note: the same seed gives the same cloud, another one another', () => {
  const play = (seed: number): Float32Array[] => {
    const rig = new UnitRig('granular').sample(recording(48000, sine(300), [zone(48000)], sine(451)))
    rig.set('jitter', 1).set('reverse', 0.5).set('pitchSpread', 7).seed(seed)
    return rig
      .start()
      .render(9600)
      .map((port) => port[1]!)
  }
  expect(play(5)).toEqual(play(5))
  expect(play(6)[0]).not.toEqual(play(5)[0])
})

test('spread moves grains to the sides and keeps the level; without it both sides are equal', () => {
  const tone = recording(48000, sine(300))
  const narrow = even(tone).set('spray', 0.2).start().render(48000)
  expect(narrow[0]![0]).toEqual(narrow[1]![0])
  const wide = even(tone).set('spray', 0.2).set('spread', 1).start().render(48000)
  expect(wide[0]![0]).not.toEqual(wide[1]![0])
  const power = (out: Float32Array[][]): number => Math.hypot(rms(out[0]![0]!), rms(out[1]![0]!))
  expect(Math.abs(decibels(power(wide) / power(narrow)))).toBeLessThan(1)
})

test('the cloud is as loud at any density that overlaps, and never more than 64 grains a voice', () => {
  const noise = recording(96000, (i) => 2 * (Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1) - 1)
  const level = (density: number, size: number): number =>
    decibels(
      rms(
        even(noise)
          .set('spray', 1)
          .set('jitter', 1)
          .set('density', density)
          .set('size', size)
          .start()
          .render(72000)[0]![0]!,
        24000,
      ),
    )
  const levels = [level(20, 0.2), level(50, 0.3), level(100, 0.5)]
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(2)
  // 200 grains a second of one second want 200 at once; 64 sound.
  expect(level(200, 1)).toBeGreaterThan(levels[0]! - 7)
})

test('a source that runs on into its beginning has no seam', () => {
  const period = 4800
  const round = recording(period, sine(100), [zone(period, { loopEnd: period })])
  for (const note of [60, 84]) {
    const rig = even(round).set('size', 1).set('density', 1).set('position', 0.9).pitch(note)
    const [left] = rig.start().render(40000)
    const part = left![0]!.subarray(8000, 8000 + 16384)
    const hz = 100 * 2 ** ((note - 60) / 12)
    const mags = magnitudes(part)
    let stray = 0
    for (let bin = 1; bin < 6000; bin++)
      if (Math.abs(bin - (hz / RATE) * 16384) > 30) stray = Math.max(stray, mags[bin]!)
    expect(decibels(stray / toneAmplitude(part, hz, RATE))).toBeLessThan(-60)
  }
})
