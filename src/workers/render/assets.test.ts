// Sounds that name assets, from the document to samples: loaded once, replayed alike, missed with a word, freed when memory is short (Node, the real module).
import { expect, test } from 'vitest'
import { createAssetShelf, type SentAsset } from '../../engine/wire/assets.ts'
import { readLog } from '../../engine/wire/log.ts'
import { encodeAsset, type AssetData } from '../../presets/assets/record.ts'
import type { Patch } from '../../presets/model.ts'
import { effect, programInput } from '../../../wasm/test/engine.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { createPrivateEngine } from './instance.ts'
import { createOfflineEngine } from './offline.ts'

const RATE = 48000
const TONE = 'as-00000000000000a1'
const HALL = 'as-00000000000000b2'
const TABLE = 'as-00000000000000c3'
const spec = { notes: [60], velocity: 1, duration: 0.2, tail: 0.3, sampleRate: RATE, seed: 1 }

const sine = (hz: number, frames: number) =>
  Float32Array.from({ length: frames }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / RATE))
const zone = (frames: number) => ({
  lowKey: 0,
  highKey: 127,
  lowVelocity: 0,
  highVelocity: 1,
  rootKey: 60,
  gainDb: 0,
  firstFrame: 0,
  frames,
  loopStart: 0,
  loopEnd: frames,
  crossfade: 0,
})
const sent = (id: string, data: AssetData): SentAsset => ({ id, bytes: encodeAsset(data) })
const tone = (id = TONE, hz = 1000, frames = 4800) =>
  sent(id, { kind: 'sample', sampleRate: RATE, channels: [sine(hz, frames)], zones: [zone(frames)] })
const hall = sent(HALL, {
  kind: 'impulse',
  sampleRate: RATE,
  channels: [Float32Array.from({ length: 4801 }, (_, i) => (i === 4800 ? 1 : 0))],
})

const player = (type: string, asset?: string): Patch => ({
  version: 1,
  units: {
    source: { type, ...(asset && { asset }) },
    env: { type: 'env', values: { attack: 0, release: 0.01, sustain: 1 } },
    amp: { type: 'gain', in: { in: [type === 'wavetable' ? 'source' : 'source.left'], mod: ['env'] } },
  },
  mods: [],
  out: { left: 'amp', right: 'amp' },
  voices: { max: 4, mode: 'poly', glideSeconds: 0 },
  groups: [],
})
const sampler = (asset?: string) => programInput({ patch: player('sampler', asset) })
const shelfOf = (...assets: SentAsset[]) => {
  const shelf = createAssetShelf()
  shelf.put(assets)
  return shelf
}
/** Zero crossings upwards of a second. */
const pitchOf = (signal: Float32Array, from: number, to: number): number => {
  let crossings = 0
  for (let i = from + 1; i < to; i++) if (signal[i - 1]! < 0 && signal[i]! >= 0) crossings++
  return (crossings * RATE) / (to - from)
}

test('a sampler plays its recording, the same in every engine; a built-in one needs nothing', () => {
  const [left] = createOfflineEngine(engineModule(), RATE, 64, shelfOf(tone())).render(sampler(TONE), spec)
  expect(pitchOf(left!, 2400, 9600)).toBeCloseTo(1000, -1)
  const again = createOfflineEngine(engineModule(), RATE, 64, shelfOf(hall, tone()))
  again.render(programInput({ patch: player('sampler', 'builtin:glass') }), spec)
  expect(again.render(sampler(TONE), spec)[0]).toEqual(left)
})

test('what is not here plays the default, and is named once', () => {
  const engine = createOfflineEngine(engineModule(), RATE, 64)
  const missing: string[] = []
  const heard = engine.render(sampler(TONE), spec, { onMissing: (ids) => missing.push(...ids) })
  expect(missing).toEqual([TONE])
  expect(heard[0]).toEqual(engine.render(sampler(), spec)[0])
  expect(Math.max(...heard[0]!)).toBeGreaterThan(0.01)
})

test('an asset that arrives later is heard at once', () => {
  const shelf = createAssetShelf()
  const engine = createOfflineEngine(engineModule(), RATE, 64, shelf)
  const before = engine.render(sampler(TONE), spec)[0]
  shelf.put([tone()])
  const after = engine.render(sampler(TONE), spec)[0]!
  expect(after).not.toEqual(before)
  expect(pitchOf(after, 2400, 9600)).toBeCloseTo(1000, -1)
})

test('a convolution hears its response: here a delay of a tenth of a second', () => {
  const input = {
    ...sampler(TONE),
    effects: [{ ...effect('convolution', { mix: 1 }), asset: HALL }],
  }
  const [left] = createOfflineEngine(engineModule(), RATE, 64, shelfOf(tone(), hall)).render(input, spec)
  const first = left!.findIndex((v) => Math.abs(v) > 0.001)
  const [dry] = createOfflineEngine(engineModule(), RATE, 64, shelfOf(tone())).render(sampler(TONE), spec)
  expect(Math.abs(first - dry!.findIndex((v) => Math.abs(v) > 0.001) - 4800)).toBeLessThan(4)
})

test('a wavetable plays the cycles of its file', () => {
  const cycle = Float32Array.from({ length: 2048 }, (_, i) => Math.sin((2 * Math.PI * 3 * i) / 2048))
  const table = sent(TABLE, { kind: 'wavetable', sampleRate: RATE, channels: [cycle], cycle: 2048 })
  const input = programInput({ patch: player('wavetable', TABLE) })
  const [left] = createOfflineEngine(engineModule(), RATE, 64, shelfOf(table)).render(input, spec)
  // The third harmonic of C4, and nothing else.
  expect(pitchOf(left!, 2400, 9600)).toBeCloseTo(3 * 261.63, -1)
})

test('a log that names assets gives the same samples in an engine with other handles', () => {
  const shelf = shelfOf(tone(), hall)
  const live = createPrivateEngine(engineModule(), RATE, 64, 4, shelf)
  const { commands, programs, heap } = live
  const acquire = (asset: string) => {
    const { program } = programs.acquire({ ...sampler(asset), effects: [{ ...effect('convolution'), asset: HALL }] })
    commands.installProgram(0, program.handle, 'switch')
    programs.sent(program.handle)
    return program
  }
  acquire('builtin:breath')
  const program = acquire(TONE)
  live.step(1024)
  commands.reset(7)
  commands.noteOn(0, 1, 64, 0.9, program.handle)
  const heard = new Float32Array(9600)
  for (let at = 0; at < 9600; at += 960) {
    live.step(960)
    heard.set(live.output(960)[0], at)
  }
  const { records } = readLog(heap.wire.buffer, heap.wire.log)
  const { bytes, assets } = program.compiled
  const log = { sampleRate: RATE, seed: 7, records, programs: [{ handle: program.handle, bytes, assets }], tables: [] }
  const [replayed] = createOfflineEngine(engineModule(), RATE, 64, shelfOf(hall, tone())).replay(log, 9600)
  expect(replayed).toEqual(heard)
  expect(Math.max(...heard)).toBeGreaterThan(0.01)
})

test('memory that fills with recordings is freed of those that nobody plays', () => {
  // 3.8 MB each with what is made of it; an engine of 32 MiB cannot hold ten.
  const shelf = createAssetShelf()
  const engine = createOfflineEngine(engineModule(), RATE, 32, shelf)
  const { bytes } = tone(TONE, 500, 480_000)
  const short = { ...spec, duration: 0.01, tail: 0.01 }
  const ids = Array.from({ length: 10 }, (_, i) => `as-${String(i).padStart(16, '0')}`)
  for (const id of ids) {
    shelf.put([{ id, bytes }])
    expect(Math.max(...engine.render(sampler(id), short)[0]!)).toBeGreaterThan(0.01)
  }
})

test('a shelf that is full lets the oldest go and says which', () => {
  const shelf = createAssetShelf(100_000)
  expect(shelf.put([tone('as-1', 500, 10_000)])).toEqual([])
  expect(shelf.put([tone('as-2', 500, 10_000)])).toEqual([])
  shelf.get('as-1')
  expect(shelf.put([tone('as-3', 500, 10_000)])).toEqual(['as-2'])
  expect(shelf.get('as-2')).toBeUndefined()
})
