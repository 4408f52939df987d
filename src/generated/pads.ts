// What every pad of a kit has beside its units. Written by `npm run gen` from the engine's own description; never edit. Any thread.
import type { UnitSpec } from './specs.ts'

export const PADS: readonly UnitSpec[] = [
  {
    id: 'pad',
    label: 'Pad',
    doc: 'One sound of a drum kit, on its own keys',
    version: 1,
    category: 'kit',
    inputs: [],
    outputs: [],
    params: [
      { id: 'level', label: 'Level', doc: 'Of the pad', unit: 'decibels', min: -60, max: 12, init: 0, curve: 'linear', smooth: 'ramp', group: '', index: 0 },
      { id: 'pan', label: 'Pan', doc: 'Place of the pad between left and right', unit: 'none', min: -1, max: 1, init: 0, curve: 'linear', smooth: 'ramp', group: '', index: 1 },
      { id: 'tune', label: 'Tune', doc: 'How far the pad sounds above its own pitch, from the next stroke on', unit: 'semitones', min: -48, max: 48, init: 0, curve: 'linear', smooth: 'none', group: '', index: 2 },
    ],
    index: 0,
    table: false,
    asset: 'none',
    costNs: 0,
  },
]
