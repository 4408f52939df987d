// Costs of devices: the difference that the device makes, in its own units (Node, the real module; a made-up clock).
import { expect, test } from 'vitest'
import { effect } from '../../../wasm/test/engine.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { sawPatch } from '../../../wasm/test/patches.ts'
import { measureCost } from './cost.ts'
import { createPrivateEngine } from './instance.ts'
import type { CostSpec } from './protocol.ts'

const ROUND_BLOCKS = 256
const spec = (of: Partial<CostSpec>): CostSpec => ({ sampleRate: 48000, patch: null, values: {}, effect: null, ...of })

test.each([
  ['an effect', spec({ effect: effect('plate') })],
  ['four voices', spec({ patch: sawPatch() })],
])('%s: what it takes more than the same without it, and it sounds meanwhile', (_, of) => {
  const engine = createPrivateEngine(engineModule(), 48000, 64, 2)
  let part = 0
  let ms = 0
  let peak = 0
  const cost = measureCost(
    engine,
    of,
    () => void part++,
    () => {
      // 1 ms a round without the device, 3 ms with it.
      ms += part === 1 ? 1 : 3
      if (part === 2) peak = Math.max(peak, ...engine.output(256)[0])
      return ms
    },
  )
  expect(part).toBe(2)
  expect(cost).toBeCloseTo((2 / ROUND_BLOCKS) * 1e6, 6)
  expect(peak).toBeGreaterThan(0.01)
})

test('a call that is called off ends', () => {
  const engine = createPrivateEngine(engineModule(), 48000, 64, 2)
  const stop = () => {
    throw new Error('off')
  }
  expect(() => measureCost(engine, spec({ effect: effect('eq') }), stop)).toThrow('off')
})
