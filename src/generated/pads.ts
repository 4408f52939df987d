// What every pad of a kit has beside its units. Written by `npm run gen` from the engine's own description; never edit. Any thread.
import type { UnitSpec } from './specs.ts'

export const PADS: readonly UnitSpec[] = [
  {
    id: 'pad',
    label: 'Pad',
    version: 1,
    category: 'kit',
    inputs: [],
    outputs: [],
    params: [
      { id: 'level', label: 'Level', unit: 'decibels', min: -60, max: 12, init: 0, curve: 'linear', smooth: 'ramp', group: '', index: 0 },
      { id: 'pan', label: 'Pan', unit: 'none', min: -1, max: 1, init: 0, curve: 'linear', smooth: 'ramp', group: '', index: 1 },
      { id: 'tune', label: 'Tune', unit: 'semitones', min: -48, max: 48, init: 0, curve: 'linear', smooth: 'none', group: '', index: 2 },
    ],
    index: 0,
    table: false,
    asset: 'none',
    costNs: 0,
  },
]
