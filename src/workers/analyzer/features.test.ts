// Meyda's features of known signals, as streams (Node).
import { describe, expect, test } from 'vitest'
import { noise, sine } from '../../../wasm/test/streams/rig.ts'
import { STREAM_SPECS, streamOptions } from '../../engine/wire/streams.ts'
import { createFeature, featureCounts } from './features.ts'
import { PUSH_FRAMES } from './instance.ts'

function feature(type: string, signal: Float32Array, sampleRate = 48000, size = 2048): Float32Array {
  const spec = STREAM_SPECS.get(type)!
  const input = new Float32Array(PUSH_FRAMES * 2)
  const stream = createFeature(spec, streamOptions(spec, { size }), sampleRate, input)
  for (let at = 0; at < signal.length; at += PUSH_FRAMES) {
    const part = signal.subarray(at, at + PUSH_FRAMES)
    part.forEach((x, i) => (input[2 * i] = input[2 * i + 1] = x))
    stream.push(part.length)
  }
  return stream.read().slice()
}

describe('features', () => {
  test.each([44100, 48000, 96000])('the centroid of a sine is its frequency, at %i Hz', (rate) => {
    for (const size of [512, 1024, 2048, 4096])
      for (const hertz of [440, 1000, 5000]) {
        const [centroid] = feature('centroid', sine(8192, hertz, 0.5, 0, rate), rate, size)
        // What the window leaks on both sides is not alike near 0 Hz.
        expect(Math.abs(centroid! - hertz), `${hertz} Hz, ${size}`).toBeLessThan(Math.max((0.25 * rate) / size, 12))
      }
  })

  test('streams of different sizes and rates do not disturb each other', () => {
    const alone = feature('mfcc', sine(8192, 440), 48000, 1024)
    feature('mfcc', sine(8192, 440), 96000, 4096)
    expect(feature('mfcc', sine(8192, 440), 48000, 1024)).toEqual(alone)
    expect(feature('mfcc', sine(8192, 440, 1, 0, 96000), 96000, 1024)).not.toEqual(alone)
  })

  test('flatness tells a tone from noise', () => {
    expect(feature('flatness', sine(8192, 440))[0]).toBeLessThan(0.02)
    expect(feature('flatness', noise(8192))[0]).toBeGreaterThan(0.7)
  })

  test('loudness grows with the level by the power of 0.23, in 24 bands', () => {
    const loud = feature('loudness', noise(8192))
    const soft = feature('loudness', noise(8192, 1, 0.1))
    expect(loud.length).toBe(25)
    expect(loud[0]! / soft[0]!).toBeCloseTo(10 ** 0.23, 2)
    expect(loud.slice(1).reduce((sum, band) => sum + band, 0)).toBeCloseTo(loud[0]!, 3)
    // No window: a constant weighs as much at its ends, so its sum is that of the plain transform, 2048 x 1.
    expect(feature('loudness', new Float32Array(8192).fill(1))[1]).toBeCloseTo(2048 ** 0.23, 2)
  })

  test('13 coefficients, the same for the same sound, other ones for another', () => {
    const saw = Float32Array.from({ length: 8192 }, (_, i) => ((i * 220) / 48000) % 1)
    const first = feature('mfcc', saw)
    expect(first.length).toBe(13)
    expect([...first].every(Number.isFinite)).toBe(true)
    expect(feature('mfcc', saw)).toEqual(first)
    expect(Math.abs(feature('mfcc', sine(8192, 220))[1]! - first[1]!)).toBeGreaterThan(1)
  })

  test('silence has no centroid and no flatness', () => {
    expect(feature('centroid', new Float32Array(8192))[0]).toBeNaN()
    expect(feature('flatness', new Float32Array(8192))[0]).toBeNaN()
  })

  test('the declared readings are what comes', () => {
    for (const type of ['centroid', 'flatness', 'loudness', 'mfcc'])
      expect(featureCounts(STREAM_SPECS.get(type)!).length).toBe(STREAM_SPECS.get(type)!.readings.length)
  })
})
