// Table oscillators and the sine: aliasing, harmonic levels, tuning, level changes on sweeps, purity.
import { describe, expect, test } from 'vitest'

import { makeTables, UnitRig } from './rig.ts'
import { decibels, exactHz, magnitudes, noteHz, rms, toneAmplitude, worstAlias } from './spectrum.ts'

const verify = Boolean(process.env.VERIFY)
const pi = Math.PI
const amplitude: Record<string, (h: number, width: number) => number> = {
  saw: (h) => 2 / (pi * h),
  square: (h) => (h % 2 ? 4 / (pi * h) : 0),
  triangle: (h) => (h % 2 ? 8 / (pi * h) ** 2 : 0),
  pulse: (h, width) => (4 / (pi * h)) * Math.abs(Math.sin(pi * h * width)),
}
/** Fundamentals from 20 Hz to C9; the lowest and highest are on and just above the edges of a mip level. */
const notes = verify
  ? Array.from({ length: 106 }, (_, i) => 15.487 + i * 0.99)
  : [15.487, 24.01, 33.1, 45.4, 57.3, 69, 84.1, 96.3, 108, 119.9, 120]

describe.each(['saw', 'square', 'triangle', 'pulse'])('%s', (id) => {
  test(`${id} has no alias above -100 dB and its harmonics to 18 kHz are within 0.1 dB, from 20 Hz to C9`, () => {
    let alias = -Infinity
    let error = 0
    let at = ''
    for (const note of notes) {
      const hz = noteHz(note)
      const width = 0.27
      const rig = new UnitRig(id).pitch(note)
      if (id === 'pulse') rig.set('width', width)
      const signal = rig.start().render(hz < 120 ? 1 << 17 : 1 << 15)[0]![0]!
      const worst = worstAlias(signal, hz, 48000)
      if (worst.db > alias) [alias, at] = [worst.db, `note ${note} at ${worst.atHz} Hz`]
      const top = Math.floor(18000 / hz)
      for (let h = 1; h <= top; h += Math.max(1, Math.floor(top / 24))) {
        const want = amplitude[id]!(h, width)
        if (want < 1e-6) continue
        error = Math.max(error, Math.abs(decibels(toneAmplitude(signal, hz * h, 48000) / want)))
      }
    }
    console.log(`${id}: worst alias ${alias.toFixed(1)} dB (${at}), worst harmonic error ${error.toFixed(4)} dB`)
    expect(alias, at).toBeLessThan(-100)
    expect(error).toBeLessThan(0.1)
  })
})

test('aliasing holds at 44.1 and 96 kHz', () => {
  for (const sampleRate of [44100, 96000]) {
    for (const note of [16.01, 40.2, 72.3, 108]) {
      const signal = new UnitRig('saw', sampleRate)
        .pitch(note)
        .start()
        .render(1 << 17)[0]![0]!
      expect(worstAlias(signal, noteHz(note), sampleRate).db).toBeLessThan(-100)
    }
  }
})

test('a sweep over every mip level changes the level by less than 0.5 dB', () => {
  const rig = new UnitRig('saw').pitch(20).start()
  const seconds = 6
  const top = 100
  const signal = rig.render(seconds * 48000, {
    before: (frame, n) => rig.rampPitch(20 + ((top - 20) * (frame + n)) / (seconds * 48000), n),
  })[0]![0]!
  // loudness over windows that hold whole cycles approximately; band-limiting lowers the saw only when harmonics leave the band
  const power = (h: number): number =>
    Math.sqrt(Array.from({ length: h }, (_, i) => 2 / (pi * (i + 1)) ** 2).reduce((a, b) => a + b, 0))
  let last = 0
  let step = 0
  for (let at = 0; at + 4800 <= signal.length; at += 2400) {
    const note = 20 + ((top - 20) * (at + 2400)) / signal.length
    const level = decibels(rms(signal, at, at + 4800) / power(Math.max(1, Math.floor(22680 / noteHz(note)))))
    if (at > 0 && noteHz(note) > 100) step = Math.max(step, Math.abs(level - last))
    last = level
  }
  console.log(`sweep: largest level step ${step.toFixed(3)} dB`)
  expect(step).toBeLessThan(0.5)
})

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

test('sine: distortion and noise below -130 dB', () => {
  let worst = -Infinity
  for (const hz of [27.5, 110.3, 997, 4186, 11987]) {
    const note = 69 + 12 * Math.log2(hz / 440)
    const signal = new UnitRig('sine')
      .pitch(note)
      .start()
      .render(1 << 16)[0]![0]!
    const mags = magnitudes(signal)
    const bin = 48000 / signal.length
    let tone = 0
    let rest = 0
    for (let k = 0; k < mags.length; k++) {
      if (Math.abs(k * bin - hz) < 14 * bin) tone += mags[k]! ** 2
      else rest += mags[k]! ** 2
    }
    worst = Math.max(worst, 10 * Math.log10(rest / tone))
  }
  console.log(`sine: worst THD+N ${worst.toFixed(1)} dB`)
  expect(worst).toBeLessThan(-130)
})

test('pitch is exact: over minutes the phase drifts by less than 0.001 cent', () => {
  const rig = new UnitRig('sine').pitch(69).start()
  const increment = Math.round((440 / 48000) * 2 ** 32)
  const frames = 48000 * (verify ? 600 : 20)
  let signal: Float32Array | undefined
  for (let at = 0; at < frames; at += 48000) signal = rig.render(48000)[0]![0]!
  // the increment may differ by f32 rounding; find it from the last second's phase
  const phase = (k: number): number => Math.asin(Math.max(-1, Math.min(1, signal![k]!))) / (2 * pi)
  const expected = (((BigInt(frames - 48000) * BigInt(increment)) % (1n << 32n)) + (1n << 32n)) % (1n << 32n)
  const drift = Math.abs(((phase(0) - Number(expected) / 2 ** 32 + 1.5) % 1) - 0.5)
  expect(drift / (frames * (440 / 48000))).toBeLessThan(5.8e-7) // turns of drift per turn: 0.001 cent
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

test('64 equal harmonics fold back below -100 dB', () => {
  for (const note of [24.3, 45.2, 60.4, 84.1]) {
    const rig = new UnitRig('additive')
      .bake(Array.from({ length: 64 }, () => 1))
      .pitch(note)
      .start()
    expect(worstAlias(rig.render(1 << 16)[0]![0]!, noteHz(note), 48000).db).toBeLessThan(-100)
  }
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
