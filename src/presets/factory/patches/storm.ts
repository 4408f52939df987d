// Storm: noise, a synced oscillator rung by a sine, and a falling boom, moved by hold, chaos and a drawn course (Node).
import { matrix, output, unit, type FactoryPatch } from '../patchSound.ts'

export const STORM: FactoryPatch = {
  id: 'storm',
  patch: {
    version: 1,
    units: {
      noise: unit('white', { level: 0.5 }),
      wave: unit('sync', { level: 0, ratio: 2, scatter: 1 }),
      bell: unit('sine', { tune: 7 }),
      ring: unit('ring', { depth: 0 }, { in: ['wave'], mod: ['bell'] }),
      boom: unit('drumtone', { level: 0, track: 1, frequency: 60, velocity: 0.3 }),
      filter: unit('svf', { slope: '24', cutoff: 1200, resonance: 0.2 }, { in: ['noise', 'ring', 'boom'] }),
      shimmer: unit('phaser', { mix: 0, rate: 0.2 }, { in: ['filter'] }),
      env: unit('env', { attack: 0.2, decay: 0.5, sustain: 0.9, release: 1, velocity: 0.3 }),
      env2: unit('env', { attack: 2, decay: 2, sustain: 0.5, release: 1, curve: 'linear' }),
      hold: unit('hold', { rate: 9 }),
      chaos: unit('chaos', { rate: 0.6 }),
      course: unit('mseg', { loop: 'held' }),
      lfo: unit('lfo', { rate: 0.3, scatter: 1 }),
      ...output('shimmer'),
    },
    mods: matrix({
      rise: ['env2', 'filter.cutoff', 0],
      hold: ['hold', 'filter.cutoff', 0],
      chaos: ['chaos', 'filter.cutoff', 0],
      lfo: ['lfo', 'filter.cutoff', 0],
      course: ['course', 'filter.cutoff', 0],
      pitch: ['env2', 'voice.pitch', 0],
      wail: ['lfo', 'voice.pitch', 0],
      steps: ['hold', 'voice.pitch', 0],
      tear: ['chaos.second', 'wave.ratio', 0],
      gate: ['course', 'amp.level', 0],
      fly: ['lfo', 'pan.pan', 0],
      wheel: ['wheel', 'filter.cutoff', 2],
      pressure: ['pressure', 'ring.depth', 1],
      key: ['key', 'filter.cutoff', 0.5],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 8, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Mix', params: ['noise.level', 'wave.level', 'boom.level'] },
      {
        label: 'Wave',
        params: ['wave.wave', 'wave.ratio', 'wave.tune', 'wave.fine', 'ring.depth', 'bell.tune', 'bell.fine'],
      },
      { label: 'Boom', params: ['boom.frequency', 'boom.sweep', 'boom.sweepTime', 'boom.decay', 'boom.click', 'boom.shape'] }, // prettier-ignore
      { label: 'Filter', params: ['filter.mode', 'filter.slope', 'filter.cutoff', 'filter.resonance'] },
      { label: 'Amp envelope', params: ['env.attack', 'env.decay', 'env.sustain', 'env.release', 'env.velocity'] },
      { label: 'Rise', params: ['env2.attack', 'env2.decay', 'env2.sustain', 'env2.release', 'env2.curve'] },
      { label: 'Motion', params: ['hold.rate', 'hold.slew', 'hold.sync', 'chaos.rate', 'chaos.wildness', 'lfo.rate', 'lfo.shape'] }, // prettier-ignore
      { label: 'Shimmer', params: ['shimmer.mix', 'shimmer.rate', 'shimmer.depth', 'shimmer.frequency', 'shimmer.feedback'] }, // prettier-ignore
      { label: 'Output', params: ['amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'sea-wall',
      name: 'Sea wall',
      role: 'FX',
      tags: ['noise', 'ocean', 'waves', 'calm'],
      description: 'Waves against a wall at night, left and right, never in step. Higher keys stand nearer.',
      values: {
        'filter.slope': '12', 'filter.cutoff': 650, 'filter.resonance': 0.05, 'env.attack': 1.5, 'env.release': 3, 'lfo.rate': 0.13, 'chaos.rate': 0.25, 'shimmer.mix': 0.35, 'shimmer.rate': 0.06,
        'shimmer.feedback': 0.1,
      }, // prettier-ignore
      mods: { pressure: ['pressure', 'filter.cutoff', 1.5], lfo: 1.3, chaos: 0.8, fly: 0.5 },
      effects: [['reverb', { type: 'hall', decay: 3, mix: 0.25 }]],
    },
    {
      id: 'falling-star',
      name: 'Falling star',
      role: 'FX',
      tags: ['downlifter', 'sweep', 'transition', 'sync'],
      description: 'Falls three octaves in three seconds and leaves a trail. For the bar after the chorus.',
      values: {
        'noise.level': 0.16, 'wave.level': 0.4, 'wave.ratio': 2.4, 'filter.cutoff': 500, 'filter.resonance': 0.35, 'env.attack': 0.01, 'env.decay': 3.2, 'env.sustain': 0.1, 'env.release': 1.2,
        'env2.attack': 0, 'env2.decay': 3, 'env2.sustain': 0,
      }, // prettier-ignore
      mods: { pitch: 36, rise: 3.2, key: 0 },
      effects: [
        ['pingpong', { sync: '1/8', feedback: 0.55, mix: 0.3 }],
        ['reverb', { type: 'cathedral', decay: 5, mix: 0.34 }],
      ],
    },
    {
      id: 'static-field',
      name: 'Static field',
      role: 'TEXTURE',
      tags: ['bitcrushed', 'glitch', 'lofi', 'random'],
      description: 'A broken receiver looks for a station: steps of noise and tone, crushed to a few bits.',
      values: {
        'noise.level': 0.3, 'wave.level': 0.3, 'wave.wave': 'square', 'filter.mode': 'bandpass', 'filter.slope': '12', 'filter.cutoff': 1500, 'filter.resonance': 0.55, 'hold.rate': 11, 'hold.slew': 0,
        'env.attack': 0.05, 'env.sustain': 1, 'env.release': 0.6, 'pan.spread': 0.8,
      }, // prettier-ignore
      mods: { hold: 1.6, tear: 1, chaos: 0.4 },
      effects: [
        ['bitcrush', { bits: 5, rate: 9000, jitter: 0.3, mix: 0.8 }],
        ['delay', { sync: '1/16', feedback: 0.35, mix: 0.2 }],
        ['reverb', { type: 'room', decay: 1.2, mix: 0.16 }],
      ],
    },
    {
      id: 'night-siren',
      name: 'Night siren',
      role: 'FX',
      tags: ['siren', 'alarm', 'dub', 'echo'],
      description:
        'The siren of a sound system, sent through a tape echo until it answers itself. Pressure adds metal.',
      values: {
        'noise.level': 0, 'wave.level': 0.5, 'wave.ratio': 1, 'wave.wave': 'square', 'filter.cutoff': 2200, 'filter.slope': '12', 'env.attack': 0.01, 'env.sustain': 1, 'env.release': 0.15, 'lfo.shape': 'triangle',
        'lfo.rate': 1.6, 'lfo.scatter': 0,
      }, // prettier-ignore
      mods: { wail: 5 },
      effects: [
        ['tape', { sync: '1/8D', feedback: 0.7, drive: 12, mix: 0.4 }],
        ['plate', { decay: 2.2, mix: 0.2 }],
      ],
    },
    {
      id: 'robot-chatter',
      name: 'Robot chatter',
      role: 'FX',
      tags: ['ring', 'robot', 'metallic', 'random'],
      description: 'Machines gossip in sixteenths of the song: random pitches, each multiplied by a bell.',
      values: {
        'noise.level': 0.02, 'wave.level': 0.6, 'wave.wave': 'triangle', 'wave.ratio': 1.5, 'ring.depth': 1, 'bell.tune': 17, 'filter.cutoff': 3800, 'hold.sync': '1/16', 'hold.slew': 0.01, 'env.attack': 0.005,
        'env.sustain': 1, 'env.release': 0.2, 'course.sync': '1/16', 'course.points': 2, 'course.sustain': 'none', 'course.loopStart': 1, 'course.loopEnd': 2, 'course.level1': 0, 'course.time1': 0.1,
        'course.level2': -1, 'course.time2': 0.9, 'pan.spread': 0.6,
      }, // prettier-ignore
      mods: { pressure: ['pressure', 'wave.ratio', 1.5], steps: 11, gate: 24, hold: 0.6 },
      effects: [
        ['frequencyshift', { fine: 7, mix: 0.35 }],
        ['reverb', { type: 'room', decay: 0.9, mix: 0.18 }],
      ],
    },
    {
      id: 'sub-drop',
      name: 'Sub drop',
      role: 'FX',
      tags: ['drop', 'deep', 'trailer', 'boom'],
      description: 'The floor gives way: one long falling boom. Keep it in the octaves below middle C.',
      values: {
        'noise.level': 0.015, 'boom.level': 1, 'boom.frequency': 60, 'boom.sweep': 26, 'boom.sweepTime': 0.7, 'boom.decay': 3.4, 'boom.hold': 0.3, 'boom.click': 0.1, 'boom.shape': 0.35, 'filter.cutoff': 900, 'env.attack': 0.001,
        'env.sustain': 1, 'env.release': 1.6,
      }, // prettier-ignore
      mods: { pressure: ['pressure', 'boom.shape', 0.6], key: 0 },
      effects: [
        ['saturation', { drive: 12, mix: 0.6 }],
        ['reverb', { type: 'cathedral', decay: 4, lowCut: 120, mix: 0.2 }],
      ],
    },
  ],
}
