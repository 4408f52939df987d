// Loudness figures of BS.1770 and EBU Tech 3341 on generated signals (Node).
import { expect, test } from 'vitest'
import { integratedLoudness, kWeighting } from './loudness.ts'

const sine = (hz: number, dbfs: number, seconds: number, rate: number): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, i) => 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * hz * i) / rate),
  )

test('the 48 kHz coefficients are the ones printed in the standard', () => {
  const [shelf, pass] = kWeighting(48000)
  const printed = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585]
  shelf.forEach((value, i) => expect(value).toBeCloseTo(printed[i] ?? NaN, 6))
  expect(pass[3]).toBeCloseTo(-1.99004745483398, 6)
  expect(pass[4]).toBeCloseTo(0.99007225036621, 6)
})

test.each([44100, 48000, 96000])(
  'a -23 dBFS 1 kHz sine in both channels reads -23 LUFS at %i Hz (EBU 3341 case 1)',
  (rate) => {
    const channel = sine(1000, -23, 20, rate)
    expect(integratedLoudness([channel, channel], rate)).toBeCloseTo(-23, 1)
  },
)

test('quiet stretches are gated out (EBU 3341 case 3)', () => {
  const parts = [sine(1000, -36, 10, 48000), sine(1000, -23, 60, 48000), sine(1000, -36, 10, 48000)]
  const channel = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => (channel.set(part, at), at + part.length), 0)
  expect(integratedLoudness([channel, channel], 48000)).toBeCloseTo(-23, 1)
})

test('silence and anything shorter than one block have no loudness', () => {
  expect(integratedLoudness([new Float32Array(48000)], 48000)).toBeNull()
  expect(integratedLoudness([sine(1000, 0, 0.3, 48000)], 48000)).toBeNull()
})
