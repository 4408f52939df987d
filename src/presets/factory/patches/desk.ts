// Desk: one or two bowed strings that share a part, from a violin alone to a section of cellos (Node).
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const DESK: FactoryPatch = {
  id: 'desk',
  patch: {
    version: 1,
    units: {
      bow1: unit('bow', { dynamics: 0.6 }),
      bow2: unit('bow', { fine: 6, position: 0.16, attack: 0.09, dynamics: 0.6, level: 0 }),
      filter: unit('svf', { cutoff: 12000, resonance: 0 }, { in: ['bow1', 'bow2'] }),
      env: unit('env', { attack: 0.005, decay: 0, sustain: 1, release: 0.35, velocity: 0.4 }),
      ...vibrato(5.4, 0.35, 0.7, 0.5),
      arm: unit('lfo', { shape: 'wander', rate: 1.3, scatter: 1 }),
      ...output('filter'),
    },
    mods: matrix({
      vibrato: ['vib', 'voice.pitch', 0.22],
      wheel: ['wheel', 'vib.level1', 0.5],
      pressure: ['pressure', 'bow1.pressure', 0.25],
      velocity: ['velocity', 'filter.cutoff', 0],
      arm1: ['arm', 'bow1.speed', 0.05],
      arm2: ['arm', 'bow2.speed', -0.05],
      drift: ['random', 'bow2.fine', 2],
      level: ['key', 'amp.level', 0],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 12, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Bow', params: ['bow1.level', 'bow1.speed', 'bow1.pressure', 'bow1.position', 'bow1.attack', 'bow1.release', 'bow1.dynamics', 'bow1.noise'] }, // prettier-ignore
      { label: 'Instrument', params: ['bow1.body', 'bow1.bodyMix', 'bow1.bodySize', 'bow1.brightness', 'bow1.tune', 'bow1.fine'] }, // prettier-ignore
      { label: 'Second player', params: ['bow2.level', 'bow2.tune', 'bow2.fine', 'bow2.position', 'bow2.attack', 'bow2.body', 'bow2.bodySize'] }, // prettier-ignore
      { label: 'Vibrato', params: ['lfo.rate', 'lfo.delay', 'lfo.fade', 'vib.level1'] },
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Output', params: ['amp.level', 'env.attack', 'env.release', 'env.velocity', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'first-chair',
      name: 'First chair',
      role: 'STRINGS',
      tags: ['violin', 'solo', 'bowed', 'expressive'],
      description: 'One violin, one bow. It answers to touch: whisper, sing, scratch. Tied notes stay on the string.',
      values: {
        'bow1.attack': 0.07,
        'bow1.pressure': 0.45,
        'bow1.brightness': 0.55,
        'bow1.noise': 0.12,
        'env.release': 0.2,
      },
      voices: { mode: 'legato', glideSeconds: 0.035 },
      effects: [['reverb', { type: 'hall', decay: 2.2, mix: 0.24 }]],
    },
    {
      id: 'low-cloister',
      name: 'Low cloister',
      role: 'STRINGS',
      tags: ['cello', 'section', 'bowed', 'sombre'],
      description: 'Two desks of cellos play as one, a breath apart, under a stone vault.',
      values: {
        'bow1.body': 'cello', 'bow1.attack': 0.16, 'bow1.position': 0.15, 'bow1.brightness': 0.4, 'bow1.fine': -4, 'bow2.body': 'cello', 'bow2.bodySize': 1.08,
        'bow2.attack': 0.22, 'bow2.fine': 4, 'bow2.brightness': 0.4, 'bow1.level': 0.6, 'bow2.level': 0.55, 'filter.cutoff': 5200, 'env.release': 0.5, 'pan.spread': 0.5,
      }, // prettier-ignore
      mods: { vibrato: 0.13, level: -1.5 },
      effects: [
        ['chorus', { rate: 0.3, depth: 0.3, mix: 0.3 }],
        ['reverb', { type: 'cathedral', decay: 3.6, mix: 0.28 }],
      ],
    },
    {
      id: 'rosin-drone',
      name: 'Rosin',
      role: 'DRONE',
      tags: ['bowed', 'raw', 'endless', 'folk'],
      description: 'An open string and its fifth, bowed without end near the bridge. Lean on the key and it rasps.',
      values: {
        'bow1.tune': -12, 'bow1.body': 'cello', 'bow1.position': 0.09, 'bow1.pressure': 0.6, 'bow1.attack': 0.6, 'bow1.noise': 0.3, 'bow1.release': 0.8, 'bow2.tune': -5,
        'bow2.fine': 2, 'bow2.body': 'cello', 'bow2.attack': 1.1, 'bow2.release': 0.8, 'bow1.level': 0.65, 'bow2.level': 0.35, 'vib.level1': 0, 'arm.rate': 0.4, 'env.release': 1.4,
      }, // prettier-ignore
      mods: { arm1: 0.14, arm2: 0.14, pressure: 0.4, level: -4 },
      effects: [
        ['resonator', { root: 48, chord: 'fifths', decay: 4, mix: 0.15 }],
        ['reverb', { type: 'chamber', decay: 3, mix: 0.26 }],
      ],
    },
  ],
}
