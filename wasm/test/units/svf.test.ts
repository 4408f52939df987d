// The state-variable filter unit against its own digital transfer function, and under rough modulation.
import { describe, expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, fft, noteHz } from './spectrum.ts'
import { RATES } from '../turn.ts'

const modes = ['lowpass', 'highpass', 'bandpass', 'notch']

/** |H| of one trapezoidal section at `hz`. */
function section(mode: number, hz: number, cutoffHz: number, q: number, sampleRate: number): number {
  const w = Math.tan((Math.PI * hz) / sampleRate) / Math.tan((Math.PI * cutoffHz) / sampleRate)
  const [re, im] = [1 - w * w, w / q]
  const down = Math.hypot(re, im)
  return [1, w * w, w / q, Math.abs(1 - w * w)][mode]! / down
}

function wanted(
  mode: number,
  slope: number,
  hz: number,
  cutoffHz: number,
  resonance: number,
  sampleRate: number,
): number {
  const q = 0.5 * 2 ** (6 * resonance)
  const h = (value: number): number => section(mode, hz, cutoffHz, value, sampleRate)
  if (slope === 0) return h(q)
  if (mode === 2) return h(q * 0.643594) ** 2
  if (mode === 3) return h(q * 1.553774) ** 2
  return h(0.541196) * h(q / 0.541196)
}

function impulseResponse(rig: UnitRig, frames: number): Float32Array {
  return rig.render(frames, { input: (frame) => (frame === 0 ? 1 : 0) })[0]![0]!
}

function response(signal: Float32Array): Float64Array {
  const re = Float64Array.from(signal)
  const im = new Float64Array(signal.length)
  fft(re, im)
  return re.map((v, k) => Math.hypot(v, im[k]!))
}

describe.each([...RATES])('at %i Hz', (sampleRate) => {
  test('magnitude is the digital transfer function within 0.01 dB, all modes and slopes', () => {
    let worst = 0
    let at = ''
    for (let mode = 0; mode < 4; mode++) {
      for (const slope of [0, 1]) {
        for (const cutoffHz of [40, 200, 1000, 5000, 20000]) {
          for (const resonance of [0, 0.1, 0.5, 0.9]) {
            const rig = new UnitRig('svf', sampleRate)
              .set('mode', mode)
              .set('slope', slope)
              .set('cutoff', cutoffHz)
              .set('resonance', resonance)
              .start()
            if (cutoffHz < 1000 && resonance > 0.5 && !process.env.VERIFY) continue // rings for seconds
            const n =
              cutoffHz < 100
                ? 1 << (resonance > 0.5 ? 19 : 17)
                : cutoffHz < 1000
                  ? 1 << (resonance > 0.5 ? 17 : 15)
                  : 1 << 14
            const got = response(impulseResponse(rig, n))
            for (let k = 4; k < n / 2; k = Math.ceil(k * 1.17)) {
              const hz = (k * sampleRate) / n
              if (hz > 20000) break
              const want = wanted(mode, slope, hz, cutoffHz, resonance, sampleRate)
              if (want < 3e-3) continue // 50 dB down, f32 rounding counts
              const error = Math.abs(decibels(got[k]! / want))
              if (error > worst) {
                worst = error
                at = `${modes[mode]} ${slope ? 24 : 12} cutoff ${cutoffHz} r ${resonance} at ${hz}`
              }
            }
          }
        }
      }
    }
    console.log(`svf at ${sampleRate}: worst magnitude error ${worst.toFixed(5)} dB (${at})`)
    expect(worst, at).toBeLessThan(0.01)
  })
})

test('it rings at its cutoff within 2 cents at full resonance', () => {
  for (const cutoffHz of [110, noteHz(69), 1760, noteHz(100)]) {
    const rig = new UnitRig('svf').set('mode', 2).set('cutoff', cutoffHz).set('resonance', 0.95).start()
    const signal = impulseResponse(rig, 1 << 16)
    const mags = response(signal)
    let k = 1
    for (let i = 1; i < mags.length / 2; i++) if (mags[i]! > mags[k]!) k = i
    const [a, b, c] = [mags[k - 1]!, mags[k]!, mags[k + 1]!].map((v) => 1 / v ** 2) as [number, number, number] // 1/|H|^2 of a resonance is a parabola
    const peak = ((k + (0.5 * (a - c)) / (a - 2 * b + c)) * 48000) / mags.length
    expect(Math.abs(1200 * Math.log2(peak / cutoffHz))).toBeLessThan(2)
  }
})

test('cutoff thrown between 20 Hz and 20 kHz every few frames stays bounded and silent afterwards', () => {
  for (const slope of [0, 1]) {
    for (const mode of [0, 1, 2, 3]) {
      const rig = new UnitRig('svf').set('mode', mode).set('slope', slope).set('resonance', [0, 0.5, 0.9, 0.95]).start()
      let seed = 12345
      const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32
      const out = rig.render(48000, {
        cut: 5,
        before: (_, n) => rig.ramp('cutoff', 20 * 1000 ** random(), n).ramp('resonance', 0.95 * random(), n),
        input: () => 2 * random() - 1,
      })[0]!
      const peak = Math.max(...out.map((lane) => lane.reduce((m, v) => Math.max(m, Math.abs(v)), 0)))
      expect(peak).toBeLessThan(100)
      rig.set('cutoff', 1000).set('resonance', 0.5)
      const rest = rig.render(48000, { input: () => 0 })[0]!
      for (const lane of rest) expect(Math.abs(lane[47999]!)).toBe(0)
    }
  }
})

test('a settled filter and one that never settles agree', () => {
  const make = (wobble: number): Float32Array => {
    const rig = new UnitRig('svf').set('slope', 1).set('resonance', 0.6).set('cutoff', 900).start()
    let sign = 1
    return rig.render(4800, {
      before: (_, n) => ((sign = -sign), wobble ? rig.ramp('cutoff', 900 + sign * wobble, n) : rig),
      input: (f) => Math.sin(f * 0.05),
    })[0]![0]!
  }
  const [still, moving] = [make(0), make(0.001)]
  for (let i = 0; i < 4800; i++) expect(Math.abs(still[i]! - moving[i]!)).toBeLessThan(1e-4)
})

test('a change of mode or slope makes no step', () => {
  const rig = new UnitRig('svf').set('cutoff', 300).set('resonance', 0.2).start()
  const input =
    (base: number) =>
    (f: number): number =>
      Math.sin(((f + base) * 2 * Math.PI * 100) / 48000)
  rig.render(4800, { input: input(0) })
  let last = rig.render(32, { input: input(4800) })[0]![0]!.at(-1)!
  let at = 4832
  for (const [mode, slope] of [
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
    [3, 0],
  ] as const) {
    const out = rig
      .set('mode', mode)
      .set('slope', slope)
      .render(960, { input: input(at) })[0]![0]!
    let step = Math.abs(out[0]! - last)
    for (let i = 1; i < out.length; i++) step = Math.max(step, Math.abs(out[i]! - out[i - 1]!))
    expect(step).toBeLessThan(0.15)
    last = out.at(-1)!
    at += 960
  }
})
