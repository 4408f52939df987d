// Pictures of recordings: those that the engine makes itself are what it plays; those of files are their samples (Node).
import { expect, it } from 'vitest'
import { enums } from '../../../src/generated/wire.ts'
import { encodeAsset } from '../../../src/presets/assets/record.ts'
import { decaySecondsOf, peaksOf, recordingShape } from '../../../src/presets/assets/shape.ts'
import type { Patch } from '../../../src/presets/model.ts'
import { packed, PARTS, SOURCES } from '../../../src/ui/panels/devices/pictures/sample/sources.ts'
import { createOfflineEngine } from '../../../src/workers/render/offline.ts'
import { programInput } from '../engine.ts'
import { engineModule } from '../module.ts'
import { render } from '../effects/rig.ts'
import { impulse } from '../effects/signals.ts'

const RATE = 48_000
/** As long as wasm/engine/builtin_sources.h makes them. */
const SOURCE_SECONDS = 65_536 / 32_000
const HALL_SECONDS = 2

const player = (asset: string): Patch => ({
  version: 1,
  units: { source: { type: 'sampler', asset, values: { loop: 'off', keyTrack: 0 } } },
  mods: [],
  out: { left: 'source.left', right: 'source.right' },
  voices: { max: 1, mode: 'poly', glideSeconds: 0 },
  groups: [],
})
const whole = { notes: [60], velocity: 1, duration: SOURCE_SECONDS, tail: 0, sampleRate: RATE, seed: 1 }

const written = (channels: readonly Float32Array[], decaySeconds: number, loops: boolean) => ({
  seconds: channels[0]!.length / RATE,
  decaySeconds: Number(decaySeconds.toFixed(3)),
  loops,
  peaks: packed(peaksOf(channels, PARTS)),
})

it('the engine’s own recordings are drawn as it plays them', async () => {
  const engine = createOfflineEngine(engineModule(), RATE, 64)
  const sources = Object.keys(enums.builtinAsset).map((name) => {
    const channels = engine.render(programInput({ patch: player(`builtin:${name}`) }), whole)
    return [name, written(channels, SOURCE_SECONDS, true)] as const
  })
  const { left, right } = render('convolution', { mix: 1 }, impulse(HALL_SECONDS * RATE, 0, 1))
  const hall = [left!, right!]
  const all = Object.fromEntries([...sources, ['hall', written(hall, decaySecondsOf(hall, RATE), false)]])
  // `npx vitest run wasm/test/pictures/sources.test.ts --update` writes it anew.
  await expect(`${JSON.stringify(all, null, 2)}\n`).toMatchFileSnapshot(
    '../../../src/ui/panels/devices/pictures/sample/sources.json',
  )
  expect([...SOURCES.keys()]).toEqual([...Object.keys(enums.builtinAsset), 'hall'])
  for (const [name, { peaks }] of SOURCES) {
    expect(peaks, name).toHaveLength(PARTS)
    expect(Math.max(...peaks), name).toBe(1)
  }
})

it('a file is drawn by its peaks, its loop and, as a room, by how long it rings', () => {
  const frames = RATE
  const falling = Float32Array.from(
    { length: frames },
    (_, i) => 0.5 * 10 ** ((-3 * i) / RATE / 0.6) * (i % 2 ? -1 : 1),
  )
  const impulseBytes = encodeAsset({ kind: 'impulse', sampleRate: RATE, channels: [falling] })
  const room = recordingShape(impulseBytes, 10)!
  expect(room.seconds).toBe(1)
  expect(room.decaySeconds).toBeCloseTo(0.6, 1)
  expect(room.peaks[0]).toBe(1)
  expect(room.peaks[5]!).toBeCloseTo(10 ** ((-3 * 0.5) / 0.6), 4)
  expect(room.loop).toBeNull()
  const zone = {
    lowKey: 0,
    highKey: 127,
    lowVelocity: 0,
    highVelocity: 1,
    rootKey: 60,
    gainDb: 0,
    firstFrame: 0,
    frames,
    loopStart: frames / 4,
    loopEnd: frames / 2,
    crossfade: 0,
  }
  const bytes = encodeAsset({ kind: 'sample', sampleRate: RATE, channels: [falling], zones: [zone] })
  // Also where the bytes do not begin on a boundary of four.
  const odd = new Uint8Array(bytes.length + 1)
  odd.set(bytes, 1)
  for (const each of [bytes, odd.subarray(1)]) expect(recordingShape(each, 4)!.loop).toEqual({ from: 0.25, to: 0.5 })
  expect(recordingShape(new Uint8Array(100), 4)).toBeNull()
})
