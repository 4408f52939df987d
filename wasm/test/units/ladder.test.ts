// The ladder filter: small-signal response, tuning, aliasing when driven, stability.
import { expect, test } from 'vitest'

import { UnitRig } from './rig.ts'
import { decibels, exactHz, fft, noteHz, toneAmplitude, worstAlias } from './spectrum.ts'

/** Small-signal magnitude: trapezoidal four-pole loop at twice the sample rate. */
function wanted(hz: number, cutoffHz: number, resonance: number, sampleRate: number): number {
  const s = Math.tan((Math.PI * hz) / (2 * sampleRate)) / Math.tan((Math.PI * cutoffHz) / (2 * sampleRate))
  const k = 3.8 * resonance
  // (1 + i s)^4 + k
  const re = 1 - 6 * s * s + s ** 4 + k
  const im = 4 * s - 4 * s ** 3
  return (1 + k / 2) / Math.hypot(re, im)
}

test('small signals follow the analytic response within 0.1 dB', () => {
  let worst = 0
  let at = ''
  for (const sampleRate of [44100, 48000, 96000]) {
    for (const cutoffHz of [200, 1000, 5000, 12000]) {
      for (const resonance of [0, 0.3, 0.7, 0.9]) {
        const n = 1 << 15
        const rig = new UnitRig('ladder', sampleRate).set('cutoff', cutoffHz).set('resonance', resonance).start()
        const re = Float64Array.from(rig.render(n, { input: (f) => (f === 0 ? 1e-3 : 0) })[0]![0]!)
        const im = new Float64Array(n)
        fft(re, im)
        for (let k = 8; k < n / 2; k = Math.ceil(k * 1.2)) {
          const hz = (k * sampleRate) / n
          const want = wanted(hz, cutoffHz, resonance, sampleRate)
          if (hz > 18000 || want < 0.01) break
          const error = Math.abs(decibels((Math.hypot(re[k]!, im[k]!) * 1000) / want))
          if (error > worst)
            [worst, at] = [error, `${sampleRate} cutoff ${cutoffHz} r ${resonance} at ${hz.toFixed(0)} Hz`]
        }
      }
    }
  }
  console.log(`ladder: worst small-signal error ${worst.toFixed(4)} dB (${at})`)
  expect(worst, at).toBeLessThan(0.1)
})

test('it rings within 5 cents of its analytic pole up to 10 kHz', () => {
  for (const cutoffHz of [110, 440, 1760, 5000, 10000]) {
    const rig = new UnitRig('ladder').set('cutoff', cutoffHz).set('resonance', 1).start()
    const signal = rig.render(1 << 14, { input: (f) => (f === 0 ? 1e-3 : 0) })[0]![0]!
    const from = Math.min(2000, Math.round((48000 / cutoffHz) * 4))
    // poles of (1 + s)^4 = -3.8 lie at 3.8^(1/4) sin 45 degrees of the cutoff
    const radius = 3.8 ** 0.25 * Math.SQRT1_2
    const poleHz = (Math.atan(radius * Math.tan((Math.PI * cutoffHz) / 96000)) * 96000) / Math.PI
    const cents = 1200 * Math.log2(exactHz(signal.subarray(from, from + 4096), poleHz, 48000) / poleHz)
    expect(Math.abs(cents), `${cutoffHz} Hz: ${cents}`).toBeLessThan(5)
  }
})

test('a full-scale 1244 Hz sine at 12 dB drive folds back below -80 dB', () => {
  const hz = noteHz(87)
  const rig = new UnitRig('ladder').set('cutoff', 20000).set('resonance', 0.8).set('drive', 12).start()
  const input = (f: number): number => Math.sin((2 * Math.PI * hz * f) / 48000)
  rig.render(4800, { input })
  const signal = rig.render(1 << 15, { input: (f) => input(f + 4800) })[0]![0]!
  const worst = worstAlias(signal, hz, 48000)
  const third = decibels(toneAmplitude(signal, 3 * hz, 48000) / toneAmplitude(signal, hz, 48000))
  expect(third).toBeGreaterThan(-40) // it does saturate
  console.log(
    `ladder: third harmonic ${third.toFixed(1)} dB, worst alias ${worst.db.toFixed(1)} dB at ${worst.atHz.toFixed(0)} Hz`,
  )
  expect(worst.db).toBeLessThan(-80)
})

test('thrown about at full resonance and drive it stays bounded', () => {
  let seed = 99
  const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const rig = new UnitRig('ladder').set('resonance', 1).set('drive', 12).start()
  const out = rig.render(48000, {
    cut: 7,
    before: (_, n) => rig.ramp('cutoff', 20 * 1000 ** random(), n),
    input: () => 2 * random() - 1,
  })[0]!
  for (const lane of out) expect(lane.reduce((m, v) => Math.max(m, Math.abs(v)), 0)).toBeLessThan(4)
  rig.set('resonance', 0.5).set('cutoff', 1000)
  rig.render(48000, { input: () => 0 })
  expect(rig.render(64, { input: () => 0 })[0]![0]!.every((v) => v === 0)).toBe(true)
})
