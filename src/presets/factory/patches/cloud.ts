// Cloud: grains of a recording over a soft tone that keeps the pitch (Node). Without a recording of the user's own: voices, breath or
// rubbed glass.
import { matrix, output, unit, type FactoryPatch } from '../patchSound.ts'

export const CLOUD: FactoryPatch = {
  id: 'cloud',
  patch: {
    version: 1,
    units: {
      grains: { ...unit('granular', { spray: 0.3, jitter: 0.6, scan: 0.1, spread: 0.8 }), asset: 'builtin:choir' },
      tone: unit('wavetable', { position: 0, voices: 2, detune: 0.08, level: 0.1, scatter: 1 }),
      filter: unit(
        'svf',
        { cutoff: 9000, resonance: 0 },
        { in: ['grains', 'tone'], right: ['grains.right', 'tone.right'] },
      ),
      env: unit('env', { attack: 0.6, decay: 1, sustain: 0.9, release: 1.8, velocity: 0.3 }),
      env2: unit('env', { attack: 2, decay: 2, sustain: 0.5, release: 1.5 }),
      lfo1: unit('lfo', { shape: 'wander', rate: 0.3, scatter: 1 }),
      lfo2: unit('lfo', { shape: 'triangle', rate: 0.07, scatter: 1 }),
      chaos: unit('chaos', { rate: 0.4 }),
      ...output('filter', 'filter.right'),
    },
    mods: matrix({
      position: ['lfo2', 'grains.position', 0.3],
      density: ['lfo1', 'grains.density', 0],
      size: ['lfo1', 'grains.size', 0],
      cutoff: ['lfo1', 'filter.cutoff', 0.4],
      swell: ['env2', 'filter.cutoff', 0],
      chaos: ['chaos', 'grains.position', 0],
      wheel: ['wheel', 'grains.pitchSpread', 7],
      pressure: ['pressure', 'filter.cutoff', 1],
      velocity: ['velocity', 'filter.cutoff', 0.4],
      scatter: ['random', 'grains.position', 0.2],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 16, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Grains', params: ['grains.level', 'grains.density', 'grains.size', 'grains.jitter', 'grains.shape', 'grains.pitchSpread', 'grains.reverse', 'grains.spread'] }, // prettier-ignore
      { label: 'Recording', params: ['grains.position', 'grains.scan', 'grains.spray', 'grains.freeze', 'grains.root', 'grains.tune', 'grains.fine'] }, // prettier-ignore
      { label: 'Tone', params: ['tone.level', 'tone.position', 'tone.tune', 'tone.detune'] },
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Amp envelope', params: ['env.attack', 'env.decay', 'env.sustain', 'env.release', 'env.velocity'] },
      {
        label: 'Motion',
        params: ['lfo1.rate', 'lfo2.rate', 'chaos.rate', 'env2.attack', 'env2.decay', 'env2.sustain'],
      },
      { label: 'Output', params: ['amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'choir-in-fog',
      name: 'Choir in fog',
      role: 'TEXTURE',
      tags: ['granular', 'choir', 'cloud', 'soft'],
      description: 'A cloud of sung vowels: hundreds of mouths, nobody there. The wheel pulls them out of tune.',
      values: { 'grains.density': 36, 'grains.size': 0.24, 'grains.reverse': 0.2, 'filter.cutoff': 4200 },
      mods: { density: 0.4 },
      effects: [['reverb', { type: 'cathedral', decay: 4.8, mix: 0.36 }]],
    },
    {
      id: 'glass-dust',
      name: 'Glass dust',
      role: 'TEXTURE',
      tags: ['granular', 'glassy', 'sparkling', 'sparse'],
      description: 'Splinters of rubbed glass, an octave up, falling one by one to the left and the right.',
      values: {
        'grains.tune': 12, 'grains.density': 11, 'grains.size': 0.09, 'grains.shape': 0.35, 'grains.jitter': 0.9, 'grains.spread': 1, 'tone.level': 0.05, 'tone.tune': 12, 'env.attack': 0.15,
        'env.release': 1.2,
      }, // prettier-ignore
      mods: { density: 1, chaos: 0.3 },
      assets: { grains: 'builtin:glass' },
      effects: [
        ['pingpong', { sync: '1/8D', feedback: 0.45, mix: 0.28 }],
        ['reverb', { type: 'hall', decay: 4.2, mix: 0.34 }],
      ],
    },
    {
      id: 'breath-of-caves',
      name: 'Breath of caves',
      role: 'DRONE',
      tags: ['granular', 'windy', 'dark', 'endless'],
      description: 'Air moves through rock and finds a note there. Long grains, no edge anywhere.',
      values: {
        'grains.tune': -12, 'grains.density': 18, 'grains.size': 0.6, 'grains.scan': 0.04, 'tone.level': 0.16, 'tone.tune': -12, 'filter.cutoff': 1500, 'env.attack': 1.8,
        'env.release': 3, 'env.sustain': 1,
      }, // prettier-ignore
      mods: { chaos: 0.3, cutoff: 0.9 },
      assets: { grains: 'builtin:breath' },
      effects: [
        ['phaser', { rate: 0.06, depth: 0.5, mix: 0.25 }],
        ['reverb', { type: 'cathedral', decay: 7, mix: 0.4 }],
      ],
    },
    {
      id: 'frozen-vowels',
      name: 'Frozen vowels',
      role: 'PAD',
      tags: ['granular', 'choir', 'still', 'warm'],
      description: 'One instant of a choir, held for as long as you like; the grains only breathe.',
      values: {
        'grains.position': 0.4, 'grains.freeze': 1, 'grains.spray': 0.05, 'grains.density': 48, 'grains.size': 0.3, 'grains.jitter': 0.4, 'tone.level': 0.14, 'filter.cutoff': 2400,
        'env.attack': 0.8, 'env.release': 2,
      }, // prettier-ignore
      mods: { position: 0.1, swell: 0.8, scatter: 0.3 },
      effects: [
        ['chorus', { rate: 0.25, depth: 0.4, mix: 0.35 }],
        ['reverb', { type: 'hall', decay: 4, mix: 0.32 }],
      ],
    },
  ],
}
