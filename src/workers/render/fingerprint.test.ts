// Fingerprints show what was rendered: where it is loud, where it is bright, where it ends (Node).
import { expect, test } from 'vitest'
import { fingerprint, FINGERPRINT_SLICES } from './fingerprint.ts'
import { spectralCentroidHz } from './spectrum.ts'

const RATE = 48000
const tone = (hz: number, frames: number, level: (i: number) => number = () => 0.5): Float32Array =>
  Float32Array.from({ length: frames }, (_, i) => level(i) * Math.sin((2 * Math.PI * hz * i) / RATE))

test.each([110, 1000, 5000])('the centroid of a %i Hz sine is its frequency', (hz) => {
  expect(Math.abs(spectralCentroidHz(tone(hz, 4096), 512, RATE) - hz)).toBeLessThan(25)
})

test('the centroid of silence is 0', () => expect(spectralCentroidHz(new Float32Array(4096), 0, RATE)).toBe(0))

test('the loudest slice is 1 and a decay falls', () => {
  const sound = tone(440, RATE, (i) => 0.3 * Math.exp((-4 * i) / RATE))
  const { amplitude, peak } = fingerprint(sound, sound, RATE)
  expect(Math.max(...amplitude)).toBe(1)
  expect(amplitude[FINGERPRINT_SLICES - 1]).toBeLessThan(0.05)
  expect(peak).toBeCloseTo(0.3, 2)
})

test('a bright half after a dark half reads brighter', () => {
  const sound = new Float32Array(RATE)
  sound.set(tone(100, RATE / 2), 0)
  sound.set(tone(6000, RATE / 2), RATE / 2)
  const { brightness } = fingerprint(sound, sound, RATE)
  expect(brightness[10]).toBeLessThan(0.2)
  expect(brightness[54]).toBeGreaterThan(0.8)
})

test('silence at the end is cut off, so that a short sound fills its tile', () => {
  const sound = new Float32Array(3 * RATE)
  sound.set(tone(440, RATE / 2), 0)
  expect(fingerprint(sound, sound, RATE).seconds).toBeCloseTo(0.5, 2)
})

test('a sound in one channel only is still drawn', () => {
  const { amplitude } = fingerprint(tone(440, RATE), new Float32Array(RATE), RATE)
  expect(amplitude[32]).toBeGreaterThan(0.9)
})

test('silence draws nothing', () => {
  const { amplitude, brightness, peak } = fingerprint(new Float32Array(RATE), new Float32Array(RATE), RATE)
  expect(peak).toBe(0)
  expect([...amplitude, ...brightness].every((value) => value === 0)).toBe(true)
})
