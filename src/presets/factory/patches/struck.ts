// Struck: two ringing bodies under one mallet, for bells, mallets, bars and drums with a note (Node).
import { matrix, output, unit, type FactoryPatch } from '../patchSound.ts'

export const STRUCK_BODIES: FactoryPatch = {
  id: 'struck',
  patch: {
    version: 1,
    units: {
      body1: unit('modal', {}),
      body2: unit('modal', { fine: 3, level: 0 }),
      filter: unit(
        'svf',
        { cutoff: 18000, resonance: 0 },
        { in: ['body1', 'body2'], right: ['body1.right', 'body2.right'] },
      ),
      // The bodies fall silent by themselves; this one only ends what is let go.
      env: unit('env', { attack: 0, decay: 0, sustain: 1, release: 1.5, velocity: 0.75 }),
      env2: unit('env', { attack: 0, decay: 0.12, sustain: 0, release: 0.1 }),
      motor: unit('lfo', { rate: 5.2 }),
      depth: unit('mix', { level1: 0 }, { in1: ['motor'] }),
      ...output('filter', 'filter.right'),
    },
    mods: matrix({
      motor: ['depth', 'amp.level', 4],
      wheel: ['wheel', 'depth.level1', 1],
      pressure: ['pressure', 'depth.level1', 0.6],
      velocity: ['velocity', 'body1.hardness', 0.25],
      place: ['random', 'body1.position', 0.03],
      drop: ['env2', 'voice.pitch', 0],
      key: ['key', 'filter.cutoff', 0],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 24, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Body', params: ['body1.level', 'body1.body', 'body1.decay', 'body1.damping', 'body1.tracking', 'body1.brightness', 'body1.modes', 'body1.stretch', 'body1.tune'] }, // prettier-ignore
      { label: 'Mallet', params: ['body1.strike', 'body1.hardness', 'body1.position', 'body1.noise', 'body1.dynamics', 'body1.release', 'body1.spread'] }, // prettier-ignore
      { label: 'Second body', params: ['body2.level', 'body2.body', 'body2.tune', 'body2.fine', 'body2.decay', 'body2.damping', 'body2.hardness'] }, // prettier-ignore
      { label: 'Motor', params: ['depth.level1', 'motor.rate', 'motor.shape'] },
      { label: 'Output', params: ['filter.cutoff', 'amp.level', 'env.release', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'rosewood-bars',
      name: 'Rosewood',
      role: 'BELL',
      tags: ['marimba', 'mallet', 'wooden', 'warm'],
      description: 'A marimba: soft mallets on rosewood, a tube under every bar. Roll it in the low octaves.',
      values: {
        'body1.body': 'marimba', 'body1.decay': 1.4, 'body1.damping': 0.55, 'body1.hardness': 0.35, 'body1.noise': 0.08, 'body1.tracking': 0.6, 'body2.body': 'tubular',
        'body2.decay': 0.9, 'body2.damping': 0.8, 'body2.hardness': 0.15, 'body2.modes': 4, 'body1.level': 0.9, 'body2.level': 0, 'env.release': 0.9, 'pan.spread': 0.25,
      }, // prettier-ignore
      effects: [['reverb', { type: 'room', decay: 1.3, mix: 0.16 }]],
    },
    {
      id: 'motor-vibes',
      name: 'Motor vibes',
      role: 'BELL',
      tags: ['vibraphone', 'mallet', 'metallic', 'jazz'],
      description: 'A vibraphone with the motor running; pressure turns it faster.',
      values: {
        'body1.body': 'marimba', 'body1.decay': 5, 'body1.damping': 0.2, 'body1.hardness': 0.45, 'body1.noise': 0.04, 'body1.tracking': 0.4, 'env.release': 0.5, 'pan.spread': 0.3,
        'motor.rate': 4.4,
        'depth.level1': 0.5,
      }, // prettier-ignore
      mods: { pressure: ['pressure', 'motor.rate', 0.6], wheel: 0.5 },
      effects: [['reverb', { type: 'chamber', decay: 1.9, mix: 0.2 }]],
    },
    {
      id: 'steeple-tubes',
      name: 'Steeple',
      role: 'BELL',
      tags: ['tubular', 'church', 'solemn', 'long'],
      description: 'Tubular bells, hung high and hit with a hide hammer. One is enough for a wedding.',
      values: {
        'body1.body': 'tubular', 'body1.decay': 7, 'body1.damping': 0.3, 'body1.hardness': 0.6, 'body1.modes': 24, 'body2.body': 'tubular', 'body2.fine': 6, 'body2.decay': 6,
        'body2.damping': 0.35, 'body1.level': 0.7, 'body2.level': 0.35, 'env.release': 4, 'pan.spread': 0.2, 'filter.mode': 'highpass', 'filter.cutoff': 180,
      }, // prettier-ignore
      mods: { key: 1 },
      effects: [['reverb', { type: 'hall', decay: 3.2, mix: 0.25 }]],
    },
    {
      id: 'rim-of-glass',
      name: 'Rim of glass',
      role: 'BELL',
      tags: ['glass', 'delicate', 'pure', 'celesta'],
      description: 'Wine glasses touched with a spoon, and a celesta hidden behind them. High notes like snow.',
      values: {
        'body1.body': 'glass', 'body1.decay': 2.4, 'body1.damping': 0.3, 'body1.hardness': 0.5, 'body1.noise': 0.03, 'body2.body': 'harmonic', 'body2.tune': 12, 'body2.decay': 1.2,
        'body2.damping': 0.6, 'body2.hardness': 0.3, 'body1.level': 0.8, 'body2.level': 0.3, 'env.release': 1.6, 'pan.spread': 0.5,
      }, // prettier-ignore
      effects: [
        ['delay', { sync: '1/8D', feedback: 0.25, mix: 0.12 }],
        ['reverb', { type: 'hall', decay: 3, mix: 0.28 }],
      ],
    },
    {
      id: 'kettle-drums',
      name: 'Kettles',
      role: 'DRUM',
      tags: ['timpani', 'orchestral', 'tuned', 'deep'],
      description: 'Timpani: felt on calfskin, a note and a storm. Two octaves below middle C they roll.',
      values: {
        'body1.body': 'membrane', 'body1.decay': 2.4, 'body1.damping': 0.5, 'body1.hardness': 0.3, 'body1.position': 0.3, 'body1.noise': 0.15, 'body1.tune': -12, 'body1.tracking': 0.3,
        'env2.decay': 0.06, 'env.release': 1.2, 'pan.spread': 0.1,
      }, // prettier-ignore
      mods: { drop: 0.3 },
      voices: { max: 12 },
      effects: [['reverb', { type: 'hall', decay: 2.4, mix: 0.24 }]],
    },
    {
      id: 'toy-xylophone',
      name: 'Toy xylophone',
      role: 'PLUCK',
      tags: ['mallet', 'bright', 'playful', 'short'],
      description: 'Coloured bars and a hard stick, one octave too high and slightly too happy.',
      values: {
        'body1.body': 'xylophone', 'body1.tune': 12, 'body1.decay': 0.7, 'body1.damping': 0.4, 'body1.hardness': 0.85, 'body1.noise': 0.12, 'env.release': 0.6, 'pan.spread': 0.4,
      }, // prettier-ignore
      effects: [['reverb', { type: 'room', decay: 0.7, mix: 0.14 }]],
    },
    {
      id: 'bronze-gate',
      name: 'Bronze gate',
      role: 'FX',
      tags: ['gong', 'metallic', 'ominous', 'huge'],
      description: 'A gong taller than a man, and a plate of iron behind it. Strike, then wait.',
      values: {
        'body1.body': 'gong', 'body1.decay': 9, 'body1.damping': 0.4, 'body1.hardness': 0.35, 'body1.modes': 64, 'body1.tune': -12, 'body2.body': 'plate', 'body2.decay': 6, 'body2.damping': 0.45,
        'body2.hardness': 0.4, 'body2.tune': -24, 'body1.level': 0.7, 'body2.level': 0.35, 'env.release': 6, 'pan.spread': 0,
      }, // prettier-ignore
      voices: { max: 12 },
      effects: [['reverb', { type: 'cathedral', decay: 6, mix: 0.34 }]],
    },
  ],
}
