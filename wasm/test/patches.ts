// Small patches for tests of the engine itself.
import type { Patch, PatchUnit } from '../../src/presets/model.ts'

export const voice = (max: number, mode: Patch['voices']['mode'] = 'poly', glideSeconds = 0): Patch['voices'] => ({
  max,
  mode,
  glideSeconds,
})

/** Saw through a low-pass, one envelope on the amplitude. */
export function sawPatch(extra: Partial<Patch> = {}, units: Record<string, PatchUnit> = {}): Patch {
  return {
    version: 1,
    units: {
      osc: { type: 'saw', values: { level: 0.5 } },
      filter: { type: 'svf', in: { in: ['osc'] }, values: { cutoff: 2000, resonance: 0.2 } },
      env: { type: 'env', values: { attack: 0.001, decay: 0.1, sustain: 0.8, release: 0.05 } },
      amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
      pan: { type: 'pan', in: { in: ['amp'] } },
      ...units,
    },
    mods: [],
    out: { left: 'pan.left', right: 'pan.right' },
    voices: voice(8),
    groups: [],
    ...extra,
  }
}
