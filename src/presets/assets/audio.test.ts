// Audio files as assets: WAV to the last bit, root keys, loops, limits by name (Node).
import { describe, expect, test } from 'vitest'
import { assetFromAudio, samplerPreset } from './fromAudio.ts'
import { detectKey } from './pitch.ts'
import { assetFacts } from './record.ts'
import { testWav } from './testWav.ts'
import { validatePreset } from '../validate.ts'
import { fileRate, readWav } from './wav.ts'

const tone = (hz: number, seconds = 1, rate = 44100) =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) =>
    [1, 0.5, 0.3].reduce((sum, gain, h) => sum + 0.3 * gain * Math.sin((2 * Math.PI * hz * (h + 1) * i) / rate), 0),
  )
const noise = (frames: number) =>
  Float32Array.from({ length: frames }, (_, i) => 2 * (Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1) - 1)

describe('WAV', () => {
  test.each([
    [16, 1 / 32768],
    [24, 1 / 8388608],
    [32, 1e-9],
  ] as const)('of %d bits gives back what was written', (bits, step) => {
    const left = tone(220, 0.05)
    const right = noise(left.length)
    const read = readWav(testWav([left, right], 44100, { bits }))!
    expect(read.sampleRate).toBe(44100)
    expect(read.channels).toHaveLength(2)
    for (const [channel, wanted] of [left, right].entries())
      for (let i = 0; i < wanted.length; i++)
        expect(Math.abs(read.channels[channel]![i]! - wanted[i]!)).toBeLessThanOrEqual(step)
  })

  test('says its root key and its loop; a loop beyond the end is none', () => {
    const channels = [tone(220, 0.1)]
    expect(readWav(testWav(channels, 48000, { root: 57, loop: [100, 2000] }))).toMatchObject({
      rootKey: 57,
      loop: { start: 100, end: 2000 },
    })
    expect(readWav(testWav(channels, 48000, { root: 57, loop: [100, 1e6] }))).not.toHaveProperty('loop')
  })

  test('that is cut off holds what is there; one without sound is refused; anything else is none', () => {
    const whole = testWav([tone(220, 0.1)], 48000, {})
    expect(readWav(whole.subarray(0, 2044))!.channels[0]).toHaveLength(1000)
    expect(() => readWav(testWav([new Float32Array(0)], 48000, {}))).toThrowError(/no sound/)
    expect(readWav(new Uint8Array(100))).toBeNull()
  })

  test('random bytes after the head never break the reader', () => {
    const whole = testWav([tone(220, 0.02)], 48000, { root: 60, loop: [1, 50] })
    for (let seed = 1; seed < 300; seed++) {
      const bytes = whole.slice()
      for (let k = 0; k < 6; k++) bytes[12 + ((seed * 7919 + k * 104729) % 100)] = (seed * 31 + k * 17) & 255
      try {
        const read = readWav(bytes)
        if (read) expect(read.channels[0]!.length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toMatchObject({ code: 'parse-failed' })
      }
    }
  })
})

test('rates of compressed files are read from their heads', () => {
  const flac = new Uint8Array(64)
  flac.set([0x66, 0x4c, 0x61, 0x43])
  new DataView(flac.buffer).setUint16(18, 96000 >> 4)
  expect(fileRate(flac)).toBe(96000)
  const mp3 = new Uint8Array(64)
  mp3.set([0xff, 0xfb, 0x90, 0x00])
  expect(fileRate(mp3)).toBe(44100)
  expect(fileRate(new Uint8Array(64))).toBeNull()
})

describe('root key', () => {
  test.each([41.2, 110, 261.63, 523.25, 1760])('of a tone of %d Hz within 5 cents', (hz) => {
    const key = detectKey(tone(hz), 44100)
    expect(Math.abs((key! - (69 + 12 * Math.log2(hz / 440))) * 100)).toBeLessThan(5)
  })
  test('of noise and of silence is none', () => {
    expect(detectKey(noise(44100), 44100)).toBeNull()
    expect(detectKey(new Float32Array(44100), 44100)).toBeNull()
    expect(detectKey(new Float32Array(10), 44100)).toBeNull()
  })
})

describe('assets of audio', () => {
  const recording = (channels: Float32Array[], sampleRate = 44100) => ({ channels, sampleRate })

  test('equal sides are one; a sample knows its root and plays as a valid sound', () => {
    const made = assetFromAudio('sample', recording([tone(220), tone(220)]))
    expect(assetFacts(made.bytes)).toMatchObject({ kind: 'sample', channels: 1, zones: 1, sampleRate: 44100 })
    expect(made.rootKey).toBeCloseTo(57, 1)
    const preset = samplerPreset('Tone', 'as-0123456789abcdef', made, false)
    expect(validatePreset(preset)).toEqual([])
    expect(preset.role).toBe('KEYS')
    expect(
      samplerPreset('Hit', 'as-0123456789abcdef', assetFromAudio('sample', recording([noise(9000)])), false).role,
    ).toBe('DRUM')
  })

  test('limits are named', () => {
    const long = recording([new Float32Array(44100 * 11)])
    expect(() => assetFromAudio('impulse', long)).toThrowError(
      expect.objectContaining({ code: 'limit-exceeded', hint: expect.stringContaining('10 s') }),
    )
    const huge = recording([new Float32Array(5e6)])
    expect(() => assetFromAudio('sample', huge)).toThrowError(
      expect.objectContaining({ code: 'limit-exceeded', hint: expect.stringContaining('95.1 s of mono') }),
    )
    expect(() => assetFromAudio('wavetable', huge)).toThrowError(expect.objectContaining({ code: 'limit-exceeded' }))
  })

  test('four channels are a true stereo response; a wavetable is whole cycles', () => {
    const four = assetFromAudio('impulse', recording([1, 2, 3, 4].map(() => noise(100))))
    expect(assetFacts(four.bytes)).toMatchObject({ kind: 'impulse', channels: 4, frames: 100 })
    expect(assetFacts(assetFromAudio('wavetable', recording([noise(5000)])).bytes)).toMatchObject({ frames: 4096 })
  })
})
