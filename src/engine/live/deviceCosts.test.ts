// Costs of devices: estimated at once, measured only while nothing sounds, once for what costs the same (Node).
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { effect } from '../../../wasm/test/engine.ts'
import { sawPatch } from '../../../wasm/test/patches.ts'
import { EFFECTS } from '../../generated/effects.ts'
import { UNITS } from '../../generated/units.ts'
import type { TransportStore } from '../../transport/store.ts'
import type { CostSpec } from '../../workers/render/protocol.ts'
import { createDeviceCosts } from './deviceCosts.ts'
import type { EngineFigures } from '../live.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function rig(measure: (spec: CostSpec) => Promise<number> = () => Promise.resolve(1000)) {
  const asked: CostSpec[] = []
  const now = { playing: false, voices: 0 }
  const costs = createDeviceCosts({
    measure: (spec) => {
      asked.push(spec)
      return measure(spec)
    },
    store: createStore(() => ({ sampleRate: 48000, phase: 'ready' as const })),
    live: { figures: () => ({ voices: now.voices }) as EngineFigures },
    position: { refresh: () => ({ playing: now.playing }) as ReturnType<TransportStore['refresh']> },
  })
  return { costs, asked, now }
}
const wait = () => vi.advanceTimersByTimeAsync(20_000)

test('an effect is estimated by its table, then measured once, whatever its knobs say', async () => {
  const { costs, asked } = rig()
  const { costNs } = EFFECTS.find(({ id }) => id === 'plate')!
  expect(costs.read({ effect: effect('plate') })).toMatchObject({ ns: costNs, measured: false })
  await wait()
  const read = costs.read({ effect: effect('plate', { decay: 9 }) })
  expect(read).toMatchObject({ ns: 1000, measured: true })
  expect(read.share).toBeCloseTo(1000 / ((32 / 48000) * 1e9), 9)
  await wait()
  expect(asked).toHaveLength(1)
  costs.read({ effect: effect('delay', { sync: 'quarter' }) })
  costs.read({ effect: effect('delay', { sync: 'eighth' }) })
  await wait()
  expect(asked).toHaveLength(3)
})

test('an instrument is its patch; what moves in it does not matter', async () => {
  const { costs, asked } = rig()
  const patch = sawPatch()
  costs.read({ patch, values: {} })
  costs.read({ patch, values: { 'filter.cutoff': 300 } })
  await wait()
  expect(asked).toMatchObject([{ patch, effect: null }])
})

test('a unit is not taken for the effect of its name, and a kit is estimated by its dearest pad', () => {
  const { costs } = rig()
  const saw = sawPatch()
  const phaser = UNITS.find(({ id }) => id === 'phaser')!.costNs
  expect(phaser).not.toBe(EFFECTS.find(({ id }) => id === 'phaser')!.costNs)
  const one = { ...saw, units: { a: { type: 'phaser' } }, mods: [], out: { left: 'a', right: 'a' } }
  expect(costs.read({ patch: one, values: {} }).ns).toBe(phaser)
  const pad = (id: string) => ({ id, name: id, low: 36, high: 36, key: 36, out: { left: id, right: id } })
  const kit = { ...one, units: { a: { type: 'phaser' }, b: { type: 'white' } }, pads: [pad('a'), pad('b')] }
  const white = UNITS.find(({ id }) => id === 'white')!.costNs
  expect(costs.read({ patch: kit as never, values: {} }).ns).toBe(Math.max(phaser, white))
})

test('nothing is measured while something sounds or plays', async () => {
  const { costs, asked, now } = rig()
  now.voices = 2
  costs.read({ effect: effect('eq') })
  await wait()
  expect(asked).toEqual([])
  Object.assign(now, { voices: 0, playing: true })
  await wait()
  expect(asked).toEqual([])
  now.playing = false
  await wait()
  expect(asked).toHaveLength(1)
})

test('what cannot be measured stays estimated and is not tried again', async () => {
  const { costs, asked } = rig(() => Promise.reject(new Error('no memory')))
  costs.read({ effect: effect('eq') })
  await wait()
  expect(costs.read({ effect: effect('eq') }).measured).toBe(false)
  await wait()
  expect(asked).toHaveLength(1)
})
