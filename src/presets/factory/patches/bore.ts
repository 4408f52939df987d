// Bore: a column of air with a reed, a jet or lips at its end (Node).
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const BORE: FactoryPatch = {
  id: 'bore',
  patch: {
    version: 1,
    units: {
      wind1: unit('wind', { dynamics: 0.6 }),
      wind2: unit('wind', { fine: 5, attack: 0.06, dynamics: 0.6, level: 0 }),
      filter: unit('svf', { cutoff: 12000, resonance: 0 }, { in: ['wind1', 'wind2'] }),
      env: unit('env', { attack: 0.003, decay: 0, sustain: 1, release: 0.2, velocity: 0.4 }),
      ...vibrato(5, 0.4, 0.7, 0.4),
      ...output('filter'),
    },
    mods: matrix({
      vibrato: ['vib', 'voice.pitch', 0.12],
      breath: ['vib', 'wind1.pressure', 0.03],
      wheel: ['wheel', 'vib.level1', 0.6],
      pressure: ['pressure', 'wind1.pressure', 0.2],
      velocity: ['velocity', 'filter.cutoff', 0],
      drift: ['random', 'wind2.fine', 3],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 12, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Player', params: ['wind1.level', 'wind1.pressure', 'wind1.embouchure', 'wind1.noise', 'wind1.attack', 'wind1.release', 'wind1.dynamics'] }, // prettier-ignore
      { label: 'Instrument', params: ['wind1.model', 'wind1.brightness', 'wind1.bell', 'wind1.tune', 'wind1.fine'] },
      { label: 'Second player', params: ['wind2.level', 'wind2.model', 'wind2.tune', 'wind2.fine', 'wind2.attack', 'wind2.brightness'] }, // prettier-ignore
      { label: 'Vibrato', params: ['lfo.rate', 'lfo.delay', 'lfo.fade', 'vib.level1'] },
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Output', params: ['amp.level', 'env.release', 'env.velocity', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'reed-boat',
      name: 'Reed boat',
      role: 'LEAD',
      tags: ['clarinet', 'woodwind', 'hollow', 'mellow'],
      description: 'A clarinet on still water: hollow below, silver above. Tied notes are slurred.',
      values: { 'wind1.attack': 0.05, 'wind1.noise': 0.1, 'wind1.brightness': 0.5 },
      voices: { mode: 'legato', glideSeconds: 0.02 },
      effects: [['reverb', { type: 'hall', decay: 2, mix: 0.22 }]],
    },
    {
      id: 'bamboo-flute',
      name: 'Bamboo',
      role: 'LEAD',
      tags: ['flute', 'breathy', 'woodwind', 'calm'],
      description: 'A bamboo flute with more air than note at first. The wheel makes it tremble.',
      values: {
        'wind1.model': 'flute', 'wind1.noise': 0.35, 'wind1.attack': 0.08, 'wind1.embouchure': 0.45, 'lfo.rate': 4.6, 'vib.level1': 0.5, 'env.release': 0.25,
      }, // prettier-ignore
      mods: { breath: 0.05 },
      voices: { mode: 'legato', glideSeconds: 0.04 },
      effects: [
        ['delay', { sync: '1/4D', feedback: 0.25, mix: 0.12 }],
        ['reverb', { type: 'hall', decay: 3, mix: 0.28 }],
      ],
    },
    {
      id: 'bugle-hall',
      name: 'Bugle hall',
      role: 'BRASS',
      tags: ['trumpet', 'section', 'natural', 'bright'],
      description: 'Two trumpets in an empty hall, lips and metal. Play softer and they turn to horns.',
      values: {
        'wind1.model': 'brass', 'wind1.attack': 0.045, 'wind1.pressure': 0.65, 'wind1.noise': 0.08, 'wind1.fine': -3, 'wind2.model': 'brass',
        'wind2.fine': 4, 'wind1.level': 0.75, 'wind2.level': 0.3, 'pan.spread': 0.3, 'vib.level1': 0.15,
      }, // prettier-ignore
      effects: [['reverb', { type: 'hall', decay: 2.4, mix: 0.26 }]],
    },
    {
      id: 'corner-sax',
      name: 'Corner sax',
      role: 'LEAD',
      tags: ['saxophone', 'smoky', 'jazz', 'expressive'],
      description: 'A saxophone at the end of the bar. Push the key down and it growls.',
      values: {
        'wind1.model': 'saxophone', 'wind1.attack': 0.05, 'wind1.noise': 0.2, 'wind1.pressure': 0.6, 'vib.level1': 0.5, 'filter.cutoff': 7000,
      }, // prettier-ignore
      mods: { vibrato: 0.18, pressure: 0.3 },
      voices: { mode: 'legato', glideSeconds: 0.03 },
      effects: [
        ['saturation', { drive: 6, mix: 0.3 }],
        ['plate', { decay: 1.8, mix: 0.2 }],
      ],
    },
  ],
}
