// Assets in the engine: no byte of one is trusted, programs hold what they play, nothing leaks. Node, the real module.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileProgram } from '../../src/compile/program.ts'
import { linkAssets } from '../../src/compile/assets.ts'
import { soundAssets } from '../../src/presets/assets/named.ts'
import { enums, records } from '../../src/generated/wire.ts'
import { assetFacts, assetId, encodeAsset, isAssetId, type AssetZone } from '../../src/presets/assets/record.ts'
import { bootEngine, programInput, type TestEngine } from './engine.ts'
import { sawPatch } from './patches.ts'

const RUNS = process.env.VERIFY ? 5000 : 300

const zone = (frames: number, over: Partial<AssetZone> = {}): AssetZone => ({
  lowKey: 0,
  highKey: 127,
  lowVelocity: 0,
  highVelocity: 1,
  rootKey: 60,
  gainDb: 0,
  firstFrame: 0,
  frames,
  loopStart: 0,
  loopEnd: 0,
  crossfade: 0,
  ...over,
})
const tone = (frames = 500) => Float32Array.from({ length: frames }, (_, i) => Math.sin(i * 0.1))
const recording = (frames = 500, over: Partial<AssetZone> = {}) =>
  encodeAsset({ kind: 'sample', sampleRate: 44100, channels: [tone(frames)], zones: [zone(frames, over)] })
const wavetable = (frames: number, cycle: number) =>
  encodeAsset({ kind: 'wavetable', sampleRate: 48000, channels: [tone(frames)], cycle })
const response = (channels = 2) =>
  encodeAsset({ kind: 'impulse', sampleRate: 48000, channels: Array.from({ length: channels }, () => tone(64)) })

function loadAsset({ instance }: TestEngine, bytes: Uint8Array): number {
  const { exports, memory } = instance
  const at = exports.mem_alloc!(Math.max(4, bytes.length))
  new Uint8Array(memory.buffer).set(bytes, at)
  const handle = exports.asset_load!(at, bytes.length) >>> 0
  return handle
}
const used = ({ instance }: TestEngine): number => instance.exports.mem_count!(2)
const refusal = (engine: TestEngine): string =>
  Object.entries(enums.planError).find(([, code]) => code === engine.wire.lastError()[0])![0]

describe('assets', () => {
  it('are taken as written, and given back whole', () => {
    const engine = bootEngine()
    engine.instance.exports.asset_release!(loadAsset(engine, recording()))
    const before = used(engine)
    const tables = [wavetable(6144, 2048), wavetable(900, 300), wavetable(500, 0)]
    for (const bytes of [recording(), response(1), response(2), response(4), ...tables]) {
      const handle = loadAsset(engine, bytes)
      expect(refusal(engine)).toBe('none')
      expect(handle).toBeGreaterThan(0)
      expect(used(engine)).toBeGreaterThan(before)
      expect(engine.instance.exports.asset_release!(handle)).toBe(1)
      expect(engine.instance.exports.asset_release!(handle)).toBe(0)
      expect(used(engine)).toBe(before)
    }
  })

  it('say why they are refused', () => {
    const engine = bootEngine()
    const { offset } = records.assetHeader
    const changed = (bytes: Uint8Array, at: number, value: number, float = false): Uint8Array => {
      const copy = bytes.slice()
      const view = new DataView(copy.buffer)
      if (float) view.setFloat32(at, value, true)
      else view.setUint32(at, value, true)
      return copy
    }
    const zoneAt = records.assetHeader.bytes
    const cases: [Uint8Array, string][] = [
      [changed(recording(), offset.magic, 1), 'magic'],
      [changed(recording(), offset.kind, 0), 'kind'],
      [changed(recording(), offset.kind, 99), 'kind'],
      [changed(recording(), offset.frames, 499), 'size'],
      [changed(recording(), offset.frames, 0xffffffff), 'limit'],
      [changed(recording(), offset.zones, 0), 'limit'],
      [changed(response(), offset.channels, 3), 'limit'],
      [changed(recording(), offset.cycle, 32), 'limit'],
      [changed(recording(), offset.sampleRate, NaN, true), 'number'],
      [changed(recording(), zoneAt + records.assetZone.offset.frames, 501), 'section'],
      [changed(recording(), zoneAt + records.assetZone.offset.firstFrame, 0xffffffff), 'section'],
      [changed(recording(), zoneAt + records.assetZone.offset.loopEnd, 501), 'section'],
      [changed(recording(), zoneAt + records.assetZone.offset.rootKey, NaN, true), 'section'],
      [changed(recording(), recording().length - 4, Infinity, true), 'number'],
      [recording().slice(0, -4), 'size'],
      [new Uint8Array(8), 'size'],
    ]
    for (const [bytes, why] of cases) {
      expect(loadAsset(engine, bytes)).toBe(0)
      expect(refusal(engine)).toBe(why)
    }
  })

  it('changed at random are refused or taken; no trap, no lost memory', () => {
    const engine = bootEngine()
    engine.instance.exports.asset_release!(loadAsset(engine, recording()))
    const before = used(engine)
    const head = (records.assetHeader.bytes + records.assetZone.bytes) / 4
    const value = fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 0xffffffff }))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: head - 1 }), value), { minLength: 1 }), (changes) => {
        const bytes = recording()
        for (const [word, to] of changes) new DataView(bytes.buffer).setUint32(word * 4, to, true)
        const handle = loadAsset(engine, bytes)
        if (handle) expect(engine.instance.exports.asset_release!(handle)).toBe(1)
        expect(used(engine)).toBe(before)
      }),
      { numRuns: RUNS, seed: 7 },
    )
  })

  it('a plan cannot name an asset that is not there or that its unit does not read', () => {
    const engine = bootEngine()
    const { bytes } = compileProgram(programInput({ patch: sawPatch() }))
    const at = records.planHeader.bytes + records.planOp.offset.asset
    const named = (handle: number): Uint8Array => {
      const copy = bytes.slice()
      new DataView(copy.buffer).setUint32(at, handle, true)
      return copy
    }
    expect(engine.loadBytes(named(12345))).toBe(0)
    expect(refusal(engine)).toBe('index')
    expect(engine.loadBytes(named(loadAsset(engine, response())))).toBe(0)
    expect(refusal(engine)).toBe('kind')
    expect(engine.loadBytes(named(0))).not.toBe(0)
  })

  it('sources of the engine itself have one handle and are never freed', () => {
    const engine = bootEngine()
    for (const index of Object.values(enums.builtinAsset)) {
      const handle = engine.instance.exports.asset_builtin!(index)
      expect(handle).toBeGreaterThan(0)
      expect(engine.instance.exports.asset_builtin!(index)).toBe(handle)
      expect(engine.instance.exports.asset_release!(handle)).toBe(0)
    }
    expect(engine.instance.exports.asset_builtin!(99)).toBe(0)
  })
})

describe('asset records', () => {
  it('are told apart by their content alone', async () => {
    const id = await assetId(recording())
    expect(isAssetId(id)).toBe(true)
    expect(await assetId(recording())).toBe(id)
    expect(await assetId(recording(500, { rootKey: 61 }))).not.toBe(id)
    expect(isAssetId('as-123')).toBe(false)
    expect(isAssetId('builtin:choir')).toBe(true)
    expect(isAssetId('builtin:toString')).toBe(false)
  })

  it('say what they are; anything else is none', () => {
    expect(assetFacts(response(4))).toEqual({ kind: 'impulse', sampleRate: 48000, channels: 4, frames: 64, zones: 0 })
    expect(assetFacts(recording().slice(0, -1))).toBeNull()
    expect(assetFacts(new Uint8Array(100))).toBeNull()
  })

  it('what is not a number becomes silence', () => {
    const bytes = encodeAsset({ kind: 'curve', sampleRate: 48000, channels: [Float32Array.of(1, NaN, Infinity, -2)] })
    expect([...new Float32Array(bytes.buffer, records.assetHeader.bytes)]).toEqual([1, 0, 0, -2])
  })

  it('handles go where the plan names ids; what is missing is said', () => {
    const uses = [
      { at: 4, id: 'as-0123456789abcdef', kind: 'sample' },
      { at: 8, id: 'as-ffffffffffffffff', kind: 'sample' },
    ]
    const { bytes, missing } = linkAssets(new Uint8Array(12), uses, (id) => (id.endsWith('f') ? 5 : 0))
    expect([...new Uint32Array(bytes.buffer)]).toEqual([0, 5, 5])
    expect(missing).toEqual([])
    expect(linkAssets(new Uint8Array(12), uses, () => 0).missing).toHaveLength(2)
    expect(soundAssets({ patch: { ...sawPatch(), units: { a: { type: 'x', asset: 'builtin:choir' } } } })).toEqual([])
  })
})
