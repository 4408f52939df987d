// Stated envelope times through the whole engine: the output of the envelope unit, compiled, played and heard.
import { expect, test } from 'vitest'

import type { Patch } from '../../../src/presets/model.ts'
import { bootEngine } from '../engine.ts'
import { voice } from '../patches.ts'

const patch = (values: Record<string, number | string>): Patch => ({
  version: 1,
  units: { env: { type: 'env', values }, half: { type: 'gain', in: { in: ['env'] }, values: { level: -6.0206 } } },
  mods: [],
  out: { left: 'half', right: 'half' },
  voices: voice(4),
  groups: [],
})

test('the attack ends within one frame or 0.1 % of its value, the release too, wherever in a block the note falls', () => {
  for (const attack of [0.001, 0.01, 0.0503, 0.3, 2]) {
    for (const curve of ['linear', 'exponential', 'logarithmic']) {
      const engine = bootEngine()
      engine.commands.at(null).masterBypass(0, true)
      const release = 0.123
      engine.install({ patch: patch({ attack, hold: 0.1, decay: 0.1, sustain: 0.5, release, curve }) })
      engine.render(4800)
      const begin = engine.now() + 1013
      const off = begin + Math.round((attack + 0.3) * 48000)
      engine.noteOn(1, 60, 1, begin)
      engine.noteOff(1, off)
      const { left } = engine.render(1013 + Math.round((attack + 0.6) * 48000))
      const top = left.reduce((m, v) => Math.max(m, v), 0)
      const latency = engine.status('latencyFrames')
      const tolerance = Math.max(1, attack * 48)
      expect(top).toBeCloseTo(0.5, 3)
      expect(
        Math.abs(left.findIndex((v) => v >= top * 0.999999) - latency - 1013 - attack * 48000),
      ).toBeLessThanOrEqual(tolerance)
      let last = left.length - 1
      while (left[last] === 0) last--
      expect(Math.abs(last + 1 - latency - (1013 + off - begin) - release * 48000)).toBeLessThanOrEqual(
        Math.max(1, release * 48),
      )
    }
  }
})
