// Ranks: partials drawn like the stops of an organ, steady or dying away, with percussion and key noise (Node).
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const RANKS: FactoryPatch = {
  id: 'ranks',
  patch: {
    version: 1,
    units: {
      rank1: unit('partials', { count: 8, level: 0.5, tilt: 0, decay: 100, damping: 0, scatter: 1 }),
      rank2: unit('partials', { tune: -12, level: 0.5, count: 4, tilt: 0, decay: 100, damping: 0, scatter: 1 }),
      perc: unit('sine', { tune: 12, level: 0 }),
      click: unit('white', { level: 0 }),
      filter: unit('svf', { cutoff: 14000, resonance: 0 }, { in: ['rank1', 'rank2', 'perc', 'click'] }),
      env: unit('env', { attack: 0.004, decay: 0, sustain: 1, release: 0.05 }),
      env2: unit('env', { attack: 0, decay: 0.3, sustain: 0, release: 0.1 }),
      env3: unit('env', { attack: 0, decay: 0.008, sustain: 0, release: 0.01 }),
      ...vibrato(6.2, 0, 0.2, 0),
      ...output('filter'),
    },
    mods: matrix({
      percussion: ['env2', 'perc.level', 0],
      click: ['env3', 'click.level', 0],
      vibrato: ['vib', 'voice.pitch', 0.2],
      wheel: ['wheel', 'vib.level1', 1],
      pressure: ['pressure', 'filter.cutoff', 1],
      velocity: ['velocity', 'filter.cutoff', 0],
      key: ['key', 'filter.cutoff', 0],
      drift: ['random', 'rank2.fine', 1],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 20, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Stops', params: ['rank1.level', 'rank1.bar1', 'rank1.bar2', 'rank1.bar3', 'rank1.bar4', 'rank1.bar5', 'rank1.bar7', 'rank1.bar9', 'rank1.bar17'] }, // prettier-ignore
      { label: 'Low stops', params: ['rank2.level', 'rank2.bar1', 'rank2.bar2', 'rank2.bar3', 'rank2.bar4', 'rank2.bar5', 'rank2.bar7', 'rank2.tune', 'rank2.fine'] }, // prettier-ignore
      { label: 'Partials', params: ['rank1.count', 'rank1.tilt', 'rank1.balance', 'rank1.stretch', 'rank1.stiffness', 'rank1.decay', 'rank1.damping', 'rank1.tune'] }, // prettier-ignore
      { label: 'Percussion', params: ['perc.tune', 'env2.decay', 'env3.decay'] },
      { label: 'Vibrato', params: ['lfo.rate', 'lfo.delay', 'lfo.fade', 'vib.level1'] },
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Output', params: ['env.attack', 'env.release', 'env.velocity', 'amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'gospel-bars',
      name: 'Gospel bars',
      role: 'KEYS',
      tags: ['organ', 'rotary', 'percussive', 'soulful'],
      description:
        'A drawbar organ with percussion and key click through a turning speaker. Pull more bars when the choir comes in.',
      values: {
        'rank1.bar1': 1, 'rank1.bar2': 0.6, 'rank1.bar3': 0.3, 'rank1.bar4': 0.3, 'rank1.bar5': 0.1, 'rank1.bar7': 0.14, 'rank1.bar9': 0, 'rank2.bar1': 1, 'rank2.bar2': 0, 'rank2.bar3': 0.8,
        'rank2.bar4': 0, 'env2.decay': 0.28,
      }, // prettier-ignore
      mods: { percussion: 0.35, click: 0.25 },
      effects: [
        ['rotary', { speed: 'slow', drive: 10 }],
        ['reverb', { type: 'room', decay: 1, mix: 0.12 }],
      ],
    },
    {
      id: 'nave-organ',
      name: 'Nave',
      role: 'KEYS',
      tags: ['organ', 'pipe', 'church', 'majestic'],
      description: 'Principals and a mixture, sixteen foot beneath, and a nave that answers for five seconds.',
      values: {
        'rank1.count': 24, 'rank1.tilt': -7, 'rank1.bar3': 0.9, 'rank1.bar9': 1, 'rank1.fine': 1, 'rank2.count': 12, 'rank2.tilt': -9, 'rank2.fine': -1, 'env.attack': 0.05, 'env.release': 0.16,
        'env2.decay': 0.09, 'env3.decay': 0.05, 'lfo.rate': 4.8, 'pan.spread': 0.6, 'perc.tune': 19,
      }, // prettier-ignore
      mods: { click: 0.05, percussion: 0.06, vibrato: 0.06 },
      effects: [['reverb', { type: 'cathedral', decay: 5, predelay: 0.03, mix: 0.34 }]],
    },
    {
      id: 'corner-combo',
      name: 'Corner combo',
      role: 'KEYS',
      tags: ['organ', 'transistor', 'sixties', 'reedy'],
      description: 'A red transistor organ from a garage in the sixties: buzzing, cheerful, vibrato always on.',
      values: {
        'rank1.count': 32, 'rank1.tilt': -5, 'rank1.balance': 0.5, 'rank2.tune': 12, 'rank2.count': 20, 'rank2.tilt': -6, 'rank1.level': 0.6, 'rank2.level': 0.3, 'vib.level1': 0.5, 'filter.cutoff': 7000,
        'pan.spread': 0.1,
      }, // prettier-ignore
      mods: { click: 0.1 },
      effects: [
        ['tube', { drive: 12, mix: 0.4 }],
        ['plate', { decay: 1.1, mix: 0.12 }],
      ],
    },
    {
      id: 'parlour-upright',
      name: 'Parlour',
      role: 'KEYS',
      tags: ['piano', 'additive', 'upright', 'nostalgic'],
      description: 'An old upright out of sine waves: stiff strings that fan out at the top, a hammer, a wooden room.',
      values: {
        'rank1.count': 48, 'rank1.tilt': -6, 'rank1.stiffness': 0.06, 'rank1.decay': 8, 'rank1.damping': 0.6, 'rank1.bar7': 0.6, 'rank2.tune': 0, 'rank2.fine': 1, 'rank2.count': 40, 'rank2.tilt': -6.5,
        'rank2.stiffness': 0.06, 'rank2.decay': 9, 'rank2.damping': 0.6, 'rank2.bar7': 0.6, 'rank1.fine': -2, 'env.attack': 0.001, 'env.release': 0.3, 'env.velocity': 0.7, 'filter.cutoff': 2600,
        'perc.tune': -24, 'env2.decay': 0.05, 'env3.decay': 0.02, 'pan.spread': 0.2,
      }, // prettier-ignore
      mods: { velocity: 2, key: 0.5, click: 0.12, percussion: 0.25 },
      effects: [
        ['chorus', { rate: 0.3, depth: 0.08, mix: 0.2 }],
        ['reverb', { type: 'room', decay: 1.2, mix: 0.16 }],
      ],
    },
  ],
}
