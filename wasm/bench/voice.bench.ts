// Time of whole voices in the engine: small patches with 64 notes, least of many 128-frame calls. Node.
import type { Patch, PatchUnit } from '../../src/presets/model.ts'
import { bootEngine } from '../test/engine.ts'
import { sawPatch, voice } from '../test/patches.ts'

/** Milliseconds of one call with `voices` sounding. */
function call(patch: Patch, voices: number): number {
  const engine = bootEngine()
  engine.install({ patch })
  engine.commands.at(null).masterBypass(0, true)
  for (let i = 0; i < voices; i++) engine.noteOn(i + 1, 36 + (i % 48), 0.8)
  engine.render(4800)
  let best = Infinity
  for (let round = 0; round < 4000; round++) {
    const begun = performance.now()
    engine.instance.exports.engine_render!(128)
    best = Math.min(best, performance.now() - begun)
  }
  return best
}

/** Nanoseconds per voice and micro-block: what 60 more voices add, so that the master chain does not count. */
const time = (patch: Patch): number => ((call(patch, 64) - call(patch, 4)) * 1e6) / 60 / 4

export default function bench(): { what: string; value: number; unit: string; bar?: number }[] {
  const filter: PatchUnit = {
    type: 'svf',
    in: { in: ['osc'] },
    values: { cutoff: 800, resonance: 0.4, slope: '24' },
  }
  const sweep: PatchUnit = { type: 'env', values: { decay: 20, sustain: 0.2 } }
  const voices = { voices: voice(64) }
  const patches: [string, Patch, number?][] = [
    ['saw, 12 dB filter, envelope, pan', sawPatch(voices), 123],
    [
      'saw, 24 dB filter moved by a second envelope',
      sawPatch({ ...voices, mods: [{ from: 'sweep', to: 'filter.cutoff', amount: 3 }] }, { filter, sweep }),
      195,
    ],
    [
      'with vibrato',
      sawPatch(
        { ...voices, mods: [{ from: 'vibrato', to: 'voice.pitch', amount: 0.1 }] },
        { vibrato: { type: 'lfo' } },
      ),
    ],
  ]
  return patches.map(([what, patch, bar]) => ({ what, value: time(patch), unit: 'ns', bar }))
}
