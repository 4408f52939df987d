// Table oscillators and the sine: aliasing, harmonic levels, tuning, level changes on sweeps, purity.
import { describe, expect, test } from 'vitest'

import { makeTables, UnitRig } from './rig.ts'
import { decibels, exactHz, noteHz, toneAmplitude, worstAlias } from './spectrum.ts'

test('the change to another mip level leaves nothing above -95 dB between the harmonics', () => {
  let worst = -Infinity
  for (const edge of [28, 44, 60, 76, 92]) {
    const rig = new UnitRig('saw').pitch(edge - 0.00002).start()
    const signal = rig.render(1 << 15, {
      before: (f, n) => (f >= 1 << 14 ? rig.rampPitch(edge + 0.00002, n) : rig),
    })[0]![0]!
    // harmonics themselves stay within the guard: the pitch moves by 0.004 cents
    // above 20 kHz harmonics come and go at a change: keep their window skirts out
    worst = Math.max(worst, worstAlias(signal, noteHz(edge), 48000, 18500).db)
  }
  console.log(`level change: worst component between harmonics ${worst.toFixed(1)} dB`)
  expect(worst).toBeLessThan(-95)
})

test('tune and fine shift by semitones and cents', () => {
  const signal = new UnitRig('sine')
    .pitch(60)
    .set('tune', -7)
    .set('fine', 31)
    .start()
    .render(1 << 15)[0]![0]!
  const hz = noteHz(60 - 7 + 0.31)
  expect(Math.abs(1200 * Math.log2(exactHz(signal, hz * 1.001, 48000) / hz))).toBeLessThan(0.001)
})

test('FM of a voice alone among its four is the same, bit for bit, as with the others', () => {
  const play = (active: number): Float32Array => {
    const rig = new UnitRig('fm').pitch([40, 52, 67, 88]).set('ratio', 3.5).active(active).start()
    const before = (f: number, n: number): unknown =>
      rig.ramp('index', 1 + (f % 7), n).ramp('level', 1 / (1 + (f % 3)), n)
    return rig.render(2400, { before: (f, n) => void before(f, n), cut: 13 })[0]![2]!
  }
  expect(play(4)).toEqual(play(15))
})

test('notes start at their phase, or strayed by scatter, different for every seed', () => {
  const start = (values: Record<string, number>): number[] => {
    const rig = new UnitRig('sine').seed([1, 2, 3, 4])
    for (const [id, v] of Object.entries(values)) rig.set(id, v)
    return rig
      .start()
      .render(1)[0]!
      .map((lane) => lane[0]!)
  }
  expect(start({})).toEqual([0, 0, 0, 0])
  for (const v of start({ phase: 90 })) expect(v).toBeCloseTo(1, 6)
  expect(new Set(start({ scatter: 1 })).size).toBe(4)
  expect(start({ scatter: 1 })).toEqual(start({ scatter: 1 }))
})

test('a note in one lane leaves the others untouched', () => {
  const quiet = new UnitRig('saw').pitch([60, 64, 67, 72]).start().render(2000)[0]!
  const rig = new UnitRig('saw').pitch([60, 64, 67, 72]).start()
  const first = rig.render(1000)[0]!
  const rest = rig.start(2).render(1000)[0]!
  for (const lane of [0, 2, 3]) expect([...first[lane]!, ...rest[lane]!]).toEqual([...quiet[lane]!])
  expect([...rest[1]!]).toEqual([...quiet[1]!.subarray(0, 1000)])
})

test('additive plays its harmonics at their amplitudes and is silent without a table', () => {
  const harmonics = [1, 0, 0.5, 0.25, 0, 0.1]
  const hz = noteHz(57.3)
  const signal = new UnitRig('additive')
    .bake(harmonics)
    .pitch(57.3)
    .start()
    .render(1 << 15)[0]![0]!
  const base = toneAmplitude(signal, hz, 48000)
  for (let h = 2; h <= 8; h++) {
    const got = toneAmplitude(signal, hz * h, 48000) / base
    const want = harmonics[h - 1] ?? 0
    if (want) expect(Math.abs(decibels(got / want))).toBeLessThan(0.01)
    else expect(got).toBeLessThan(1e-6)
  }
  expect(Math.max(...signal)).toBeGreaterThan(0.98)
  expect(Math.max(...signal)).toBeLessThan(1.001)
  expect(
    new UnitRig('additive')
      .pitch(60)
      .start()
      .render(64)[0]![0]!
      .every((v) => v === 0),
  ).toBe(true)
})

test('the tables are made in under 150 ms and fit in 8 MiB', () => {
  const { milliseconds, bytes } = makeTables(48000)
  console.log(`tables: ${(bytes / 2 ** 20).toFixed(2)} MiB in ${milliseconds.toFixed(1)} ms`)
  expect(milliseconds).toBeLessThan(150)
  expect(bytes).toBeLessThan(8 * 2 ** 20)
})

describe('the level of a wave', () => {
  test('follows a pitch that jumps again while the last change is still faded, and then stands', () => {
    const saw = new UnitRig('saw')
    saw.pitch(40).start()
    saw.render(32)
    saw.pitch(52)
    saw.render(8)
    saw.pitch(100)
    saw.render(56)
    const [left] = saw.render(24_000)
    const hertz = 440 * 2 ** ((100 - 69) / 12)
    const amplitude = (at: number): number => {
      let [re, im] = [0, 0]
      left![0]!.forEach((x, i) => {
        const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 24_000)
        re += x * window * Math.cos((2 * Math.PI * at * i) / 48_000)
        im += x * window * Math.sin((2 * Math.PI * at * i) / 48_000)
      })
      return Math.hypot(re, im)
    }
    // The 15th harmonic lies above half the sample rate: a level for low notes folds it back.
    expect(20 * Math.log10(amplitude(48_000 - 15 * hertz) / amplitude(hertz))).toBeLessThan(-80)
  })
})
