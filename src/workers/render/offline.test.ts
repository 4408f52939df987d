// Renders in a private engine: exact lengths, repeatable samples, the first frames early (Node, the real module).
import { expect, test } from 'vitest'
import { engineModule } from '../../../wasm/test/module.ts'
import { effect, peakOf, programInput } from '../../../wasm/test/engine.ts'
import { sawPatch } from '../../../wasm/test/patches.ts'
import { createOfflineEngine, HEAD_FRAMES } from './offline.ts'
import { sampleHash } from './sha256.ts'
import type { RenderSpec } from './protocol.ts'

const spec = (extra: Partial<RenderSpec> = {}): RenderSpec => ({
  notes: [60],
  velocity: 0.8,
  duration: 0.3,
  tail: 0.2,
  sampleRate: 48000,
  seed: 0,
  ...extra,
})
const saw = programInput({ patch: sawPatch() })
const boot = (sampleRate = 48000) => createOfflineEngine(engineModule(), sampleRate, 64)

test.each([
  [44100, 0.3, 0.2, 22050],
  [48000, 0.0101, 0.0003, 499],
  [48000, 2, 1, 144000],
])('at %i Hz, %f s and %f s of tail are %i frames', (sampleRate, duration, tail, frames) => {
  const channels = boot(sampleRate).render(saw, spec({ sampleRate, duration, tail }))
  expect(channels.map((channel) => channel.length)).toEqual([frames, frames])
})

test('the note sounds, and is over after its release', () => {
  const [left] = boot().render(saw, spec())
  expect(peakOf(left!, 0, 14400)).toBeGreaterThan(0.05)
  expect(peakOf(left!, 21600)).toBeLessThan(1e-3)
})

test('a render depends on nothing that was rendered before', async () => {
  const engine = boot()
  const first = await sampleHash(engine.render(saw, spec()))
  engine.render(
    programInput({ patch: sawPatch(), values: { 'filter.cutoff': 300 } }),
    spec({ notes: [40, 47, 52], seed: 9 }),
  )
  expect(await sampleHash(engine.render(saw, spec()))).toBe(first)
  expect(await sampleHash(boot().render(saw, spec()))).toBe(first)
})

test('more sounds than are kept, again and again, keep rendering', () => {
  const engine = boot()
  for (let round = 0; round < 3; round++) {
    for (let cutoff = 200; cutoff < 2000; cutoff += 200) {
      const sound = programInput({ patch: sawPatch(), values: { 'filter.cutoff': cutoff } })
      expect(peakOf(engine.render(sound, spec({ duration: 0.05, tail: 0 }))[0]!)).toBeGreaterThan(0.01)
    }
  }
})

test('the head is the beginning of the whole', () => {
  const heads: Float32Array[][] = []
  const whole = boot().render(saw, spec(), { onHead: (channels) => heads.push(channels) })
  expect(heads).toHaveLength(1)
  expect(heads[0]!.map((channel) => channel.length)).toEqual([HEAD_FRAMES, HEAD_FRAMES])
  expect(heads[0]![0]).toEqual(whole[0]!.slice(0, HEAD_FRAMES))
})

test('a chord is louder than its note, and every note of it is heard', () => {
  const engine = boot()
  const energy = (notes: number[]): number => {
    const [left] = engine.render(saw, spec({ notes }), { limiterBypassed: true })
    return left!.reduce((sum, sample) => sum + sample * sample, 0)
  }
  const alone = [48, 52, 55].map((note) => energy([note]))
  expect(energy([48, 52, 55])).toBeGreaterThan(0.7 * alone.reduce((a, b) => a + b, 0))
})

test('the master limiter holds a loud sound below full scale; with it bypassed the sound passes', () => {
  const loud = programInput({ patch: sawPatch(), gainDb: 30 })
  const engine = boot()
  expect(peakOf(engine.render(loud, spec())[0]!)).toBeLessThanOrEqual(1)
  expect(peakOf(engine.render(loud, spec(), { limiterBypassed: true })[0]!)).toBeGreaterThan(1.5)
})

test('effects are part of the render and ring on in the tail', () => {
  const wet = programInput({ patch: sawPatch(), effects: [effect('delay', { time: 0.1, feedback: 0.5, mix: 0.5 })] })
  const engine = boot()
  expect(peakOf(engine.render(wet, spec())[0]!, 21600)).toBeGreaterThan(0.005)
})

test('a render that is called off throws at once and the next one is not disturbed', async () => {
  const engine = boot()
  const undisturbed = await sampleHash(engine.render(saw, spec()))
  let polls = 0
  const poll = (): void => {
    if (++polls === 3) throw new Error('called off')
  }
  expect(() => engine.render(saw, spec(), { poll })).toThrow('called off')
  expect(await sampleHash(engine.render(saw, spec()))).toBe(undisturbed)
})

test('the hash is over frame-interleaved little-endian floats', async () => {
  const left = Float32Array.of(1, 2)
  const right = Float32Array.of(3, 4)
  const bytes = new DataView(new ArrayBuffer(16))
  ;[1, 3, 2, 4].forEach((value, i) => bytes.setFloat32(4 * i, value, true))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.buffer))
  expect(await sampleHash([left, right])).toBe(Buffer.from(digest).toString('hex'))
})
