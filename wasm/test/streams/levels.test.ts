// Levels: exact peak, RMS, hold and clip count, whatever the cuts; refused options.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOST_STREAMS, streamOptions, STREAM_SPECS } from '../../../src/engine/wire/streams.ts'
import { createStreamInstance } from '../../../src/workers/analyzer/instance.ts'
import { engineModule } from '../module.ts'
import { noise, RATE, sine, streamRig } from './rig.ts'

const STEP = 0.005 * RATE
const one = (reading: Float32Array | undefined): number => reading![0]!

describe('levels', () => {
  test('a full-scale sine: peak 1, RMS 0.7071', () => {
    const rig = streamRig('levels', { window: 0.1 })
    rig.push(sine(RATE, 1000))
    const { peakLeft, rmsLeft, rmsRight } = rig.read()
    expect(one(peakLeft)).toBeCloseTo(1, 6)
    expect(one(rmsLeft)).toBeCloseTo(Math.SQRT1_2, 6)
    expect(one(rmsRight)).toBeCloseTo(Math.SQRT1_2, 6)
  })

  test('one sample is never missed, wherever it is, and leaves after the window and the hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 * STEP - 1 }), fc.integer({ min: 1, max: 500 }), (at, cut) => {
        const rig = streamRig('levels', { window: 4 * 0.005, hold: 0.1 })
        const click = new Float32Array(4 * STEP)
        click[at] = -0.75
        rig.push(click, new Float32Array(click.length), cut)
        expect(one(rig.read().peakLeft)).toBe(0.75)
        expect(one(rig.read().peakRight)).toBe(0)
        rig.push(new Float32Array(5 * STEP))
        expect(one(rig.read().peakLeft)).toBe(0)
        expect(one(rig.read().holdLeft)).toBe(0.75)
        rig.push(new Float32Array(0.1 * RATE))
        expect(one(rig.read().holdLeft)).toBe(0)
      }),
      { numRuns: process.env.VERIFY ? 200 : 20 },
    )
  })

  test('the peak is held 2 s', () => {
    const rig = streamRig('levels')
    rig.push(Float32Array.of(0.5))
    rig.push(new Float32Array(1.99 * RATE))
    expect(one(rig.read().holdLeft)).toBe(0.5)
    rig.push(new Float32Array(0.02 * RATE))
    expect(one(rig.read().holdLeft)).toBe(0)
  })

  test('RMS and clips equal a plain sum over the window, for any cut', () => {
    const left = noise(RATE, 3, 1.2)
    const right = noise(RATE, 4, 0.3)
    const rms = (x: Float32Array): number => {
      const tail = x.subarray(x.length - 10 * STEP - STEP)
      return Math.sqrt(tail.reduce((sum, v) => sum + v * v, 0) / tail.length)
    }
    const clips = left.reduce((n, x) => n + (Math.abs(x) >= 1 ? 1 : 0), 0)
    for (const cut of [1, 100, 128, 4096]) {
      const rig = streamRig('levels', { window: 0.05 })
      rig.push(left, right, cut)
      const result = rig.read()
      // 10 whole steps and the one that has just been filled.
      expect(one(result.rmsLeft)).toBeCloseTo(rms(left), 6)
      expect(one(result.rmsRight)).toBeCloseTo(rms(right), 6)
      expect(one(result.clips)).toBe(clips)
    }
  })
})

describe('streams', () => {
  test('options out of range are refused by name', () => {
    const spectrum = STREAM_SPECS.get('spectrum')!
    for (const [values, field] of [
      [{ size: '1000' }, 'options.size'],
      [{ overlap: 0.9 }, 'options.overlap'],
      [{ overlap: NaN }, 'options.overlap'],
      [{ overlap: '0.5' }, 'options.overlap'],
      [{ colour: 'red' }, 'options.colour'],
    ] as const)
      expect(() => streamOptions(spectrum, values), field).toThrow(
        expect.objectContaining({ code: 'invalid-argument', field }),
      )
  })

  test('the module refuses what no page should send: types, rates and options that it does not have', () => {
    const instance = createStreamInstance(engineModule())
    const levels = STREAM_SPECS.get('levels')!
    const good = streamOptions(levels, {})
    const refused = { code: 'limit-exceeded' }
    expect(() => instance.create({ ...levels, index: 99 }, good, RATE)).toThrow(expect.objectContaining(refused))
    expect(() => instance.create(levels, Float32Array.of(NaN, 1), RATE)).toThrow(expect.objectContaining(refused))
    expect(() => instance.create(levels, good, NaN)).toThrow(expect.objectContaining(refused))
    instance.create(levels, good, RATE).free()
  })

  test('as many of the largest streams as are allowed fit; more are refused, and what was freed is free again', () => {
    const instance = createStreamInstance(engineModule())
    const spectrum = STREAM_SPECS.get('spectrum')!
    const options = streamOptions(spectrum, { size: 32768 })
    const held: { free(): void }[] = []
    const fill = (): void => {
      for (;;) held.push(instance.create(spectrum, options, RATE))
    }
    expect(fill).toThrow(expect.objectContaining({ code: 'limit-exceeded' }))
    const most = held.length
    expect(most).toBeGreaterThanOrEqual(MOST_STREAMS)
    for (const stream of held.splice(0)) stream.free()
    expect(fill).toThrow(expect.objectContaining({ code: 'limit-exceeded' }))
    expect(held.length).toBe(most)
  })
})
