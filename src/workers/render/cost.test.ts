// Costs of devices: the difference that the device makes, in its own units (Node, the real module; a made-up clock).
import { expect, test } from 'vitest'
import { effect } from '../../../wasm/test/engine.ts'
import { engineModule } from '../../../wasm/test/module.ts'
import { sawPatch } from '../../../wasm/test/patches.ts'
import { measureCost } from './cost.ts'
import { createPrivateEngine } from './instance.ts'
import type { Patch } from '../../presets/model.ts'
import type { CostSpec } from './protocol.ts'

const ROUND_BLOCKS = 256
const spec = (of: Partial<CostSpec>): CostSpec => ({ sampleRate: 48000, patch: null, values: {}, effect: null, ...of })

/** Over after 60 ms. */
const drum: Patch = {
  version: 1,
  units: {
    osc: { type: 'saw' },
    env: { type: 'env', values: { attack: 0.001, decay: 0.06, sustain: 0, release: 0.01 } },
    amp: { type: 'gain', in: { in: ['osc'], mod: ['env'] } },
  },
  mods: [],
  out: { left: 'amp', right: 'amp' },
  voices: { max: 4, mode: 'poly', glideSeconds: 0 },
  groups: [],
}

test.each([
  ['an effect', spec({ effect: effect('plate') }), 1],
  ['four voices', spec({ patch: sawPatch() }), 8],
  ['four voices that die away', spec({ patch: drum }), 8],
])('%s: what it takes more than the same without it, and it sounds all the time', (_, of, pieces) => {
  const engine = createPrivateEngine(engineModule(), 48000, 64, 2)
  let part = 0
  let ms = 0
  let calls = 0
  let quietest = Infinity
  const cost = measureCost(
    engine,
    of,
    () => void part++,
    () => {
      // 1 ms a piece without the device, 3 ms with it.
      ms += part === 1 ? 1 : 3
      if (++calls % 2 === 0 && part === 2) quietest = Math.min(quietest, Math.max(...engine.output(256)[0]))
      return ms
    },
  )
  expect(part).toBe(2)
  expect(cost).toBeCloseTo(((2 * pieces) / ROUND_BLOCKS) * 1e6, 6)
  expect(quietest).toBeGreaterThan(0.01)
})

test('a call that is called off ends', () => {
  const engine = createPrivateEngine(engineModule(), 48000, 64, 2)
  const stop = () => {
    throw new Error('off')
  }
  expect(() => measureCost(engine, spec({ effect: effect('eq') }), stop)).toThrow('off')
})
