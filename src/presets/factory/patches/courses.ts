// Courses: two plucked strings that may stand an octave or a few cents apart, for guitars, basses, harps and harpsichords (Node).
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const COURSES: FactoryPatch = {
  id: 'courses',
  patch: {
    version: 1,
    units: {
      string1: unit('pluck', { release: 30 }),
      string2: unit('pluck', { release: 30, fine: 4, sympathy: 0, level: 0 }),
      low: unit('svf', { mode: 'highpass', cutoff: 30, resonance: 0.08 }, { in: ['string1', 'string2'] }),
      filter: unit('svf', { cutoff: 16000, resonance: 0 }, { in: ['low'] }),
      env: unit('env', { attack: 0, decay: 0, sustain: 1, release: 0.35, velocity: 0.6 }),
      env2: unit('env', { attack: 0, decay: 0.06, sustain: 0, release: 0.05 }),
      ...vibrato(5.2, 0.4, 0.6, 0),
      ...output('filter'),
    },
    mods: matrix({
      velocity: ['velocity', 'filter.cutoff', 0],
      key: ['key', 'filter.cutoff', 0],
      vibrato: ['vib', 'voice.pitch', 0.25],
      wheel: ['wheel', 'vib.level1', 1],
      pressure: ['pressure', 'vib.level1', 0.6],
      place: ['random', 'string1.position', 0.02],
      drift: ['random', 'voice.pitch', 0.01],
      bend: ['env2', 'voice.pitch', 0],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 16, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'String', params: ['string1.level', 'string1.decay', 'string1.damping', 'string1.stiffness', 'string1.release', 'string1.tune', 'string1.fine'] }, // prettier-ignore
      { label: 'Hand', params: ['string1.position', 'string1.hardness', 'string1.mute', 'string1.noise', 'string1.scrape', 'string1.chance', 'string1.dynamics'] }, // prettier-ignore
      { label: 'Body', params: ['string1.body', 'string1.bodyMix', 'string1.bodySize', 'string1.pickup', 'string1.sympathy', 'string1.strings'] }, // prettier-ignore
      { label: 'Second string', params: ['string2.level', 'string2.tune', 'string2.fine', 'string2.decay', 'string2.damping', 'string2.position', 'string2.hardness'] }, // prettier-ignore
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Vibrato', params: ['lfo.rate', 'lfo.delay', 'lfo.fade', 'vib.level1'] },
      { label: 'Output', params: ['amp.level', 'env.release', 'env.velocity', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'harp-garden',
      name: 'Harp garden',
      role: 'PLUCK',
      tags: ['harp', 'plucked', 'gentle', 'ringing'],
      description: 'A concert harp: gut under the fingertip, no dampers, every note rings into the next.',
      values: {
        'string1.decay': 6.5, 'string1.damping': 0.56, 'string1.stiffness': 0.03, 'string1.position': 0.42, 'string1.hardness': 0.3,
        'string1.noise': 0.05, 'string1.body': 'classical', 'string1.bodyMix': 0.25, 'string1.bodySize': 1.5, 'string1.sympathy': 0.25,
        'string1.strings': 'note', 'env.release': 3, 'pan.spread': 0.35,
      }, // prettier-ignore
      effects: [['reverb', { type: 'hall', decay: 2.6, mix: 0.24 }]],
    },
    {
      id: 'twelve-strings',
      name: 'Twelve strings',
      role: 'GUITAR',
      tags: ['acoustic', 'steel', 'shimmering', 'folk'],
      description: 'A steel guitar in pairs, the second string an octave up: it jingles before you strum.',
      values: {
        'string1.decay': 5, 'string1.damping': 0.36, 'string1.stiffness': 0.1, 'string1.position': 0.18, 'string1.hardness': 0.75,
        'string1.noise': 0.14, 'string1.body': 'acoustic', 'string1.bodyMix': 0.55, 'string1.sympathy': 0.2, 'string1.scrape': 0.12,
        'string2.tune': 12, 'string2.fine': 3, 'string2.decay': 4, 'string2.damping': 0.33, 'string2.position': 0.16, 'string2.hardness': 0.8,
        'string2.body': 'acoustic', 'string2.bodyMix': 0.5, 'string1.level': 0.8, 'string2.level': 0.4, 'env.release': 0.6, 'pan.spread': 0.3,
      }, // prettier-ignore
      effects: [
        ['chorus', { rate: 0.4, depth: 0.12, mix: 0.25 }],
        ['reverb', { type: 'room', decay: 1.1, mix: 0.16 }],
      ],
    },
    {
      id: 'nylon-evening',
      name: 'Nylon evening',
      role: 'GUITAR',
      tags: ['classical', 'nylon', 'warm', 'intimate'],
      description: 'A nylon guitar on somebody’s knee. The wheel is the left hand.',
      values: {
        'string1.decay': 3.6, 'string1.damping': 0.62, 'string1.stiffness': 0.04, 'string1.position': 0.27, 'string1.hardness': 0.38,
        'string1.noise': 0.1, 'string1.body': 'classical', 'string1.bodyMix': 0.6, 'string1.sympathy': 0.15, 'string1.scrape': 0.2,
        'env.release': 0.3, 'pan.spread': 0.15,
      }, // prettier-ignore
      effects: [['reverb', { type: 'room', decay: 1.2, mix: 0.18 }]],
    },
    {
      id: 'porch-banjo',
      name: 'Porch banjo',
      role: 'GUITAR',
      tags: ['banjo', 'bright', 'folk', 'dry'],
      description: 'A drum with strings on it, picked hard and gone at once. Rolls in sixteenths.',
      values: {
        'string1.decay': 1.7, 'string1.damping': 0.4, 'string1.stiffness': 0.1, 'string1.position': 0.12, 'string1.hardness': 0.9,
        'string1.noise': 0.2, 'string1.body': 'banjo', 'string1.bodyMix': 0.75, 'string1.sympathy': 0.1, 'env.release': 0.25, 'pan.spread': 0.1,
      }, // prettier-ignore
      effects: [['reverb', { type: 'room', decay: 0.7, mix: 0.1 }]],
    },
    {
      id: 'round-wound',
      name: 'Round wound',
      role: 'BASS',
      tags: ['electric', 'finger', 'solid', 'natural'],
      description: 'An electric bass under two fingers, close to the neck pickup. Sits under anything.',
      values: {
        'string1.tune': -12, 'string1.decay': 5, 'string1.damping': 0.5, 'string1.stiffness': 0.14, 'string1.position': 0.22,
        'string1.hardness': 0.45, 'string1.noise': 0.1, 'string1.body': 'bass', 'string1.bodyMix': 0.3, 'string1.pickup': 0.22,
        'string1.strings': 'bass', 'string1.sympathy': 0.05, 'filter.cutoff': 2600, 'env.release': 0.12,
      }, // prettier-ignore
      mods: { velocity: 0.8, place: 0.01 },
      voices: { max: 8 },
      effects: [
        ['compressor', { threshold: -22, ratio: 3, attack: 0.015, makeup: 4 }],
        ['saturation', { drive: 6, mix: 0.4 }],
      ],
    },
    {
      id: 'muted-line',
      name: 'Muted line',
      role: 'GUITAR',
      tags: ['electric', 'muted', 'chugging', 'tube'],
      description: 'The palm stays on the strings and the amplifier does the rest. Eighth notes, low.',
      values: {
        'string1.decay': 3, 'string1.damping': 0.4, 'string1.stiffness': 0.12, 'string1.position': 0.14, 'string1.hardness': 0.85, 'string1.mute': 0.3,
        'string1.noise': 0.15, 'string1.body': 'electric', 'string1.bodyMix': 0.3, 'string1.pickup': 0.1, 'string1.sympathy': 0, 'env.release': 0.12,
      }, // prettier-ignore
      effects: [
        ['tube', { drive: 22, bias: 0.2, tone: 5500, mix: 0.85 }],
        [
          'eq8',
          { band3Frequency: 400, band3Gain: -3, band5Frequency: 2200, band5Gain: 3, band8On: 1, band8Frequency: 6500 },
        ],
        ['reverb', { type: 'room', decay: 0.8, mix: 0.1 }],
      ],
    },
    {
      id: 'koto-leaf',
      name: 'Koto leaf',
      role: 'PLUCK',
      tags: ['koto', 'silk', 'bending', 'bright'],
      description: 'Silk and a plectrum: the pitch falls into place as the string calms down.',
      values: {
        'string1.decay': 3.2, 'string1.damping': 0.42, 'string1.stiffness': 0.06, 'string1.position': 0.1, 'string1.hardness': 0.8, 'string1.noise': 0.18,
        'string1.body': 'banjo', 'string1.bodyMix': 0.3, 'string1.bodySize': 1.7, 'string1.sympathy': 0.2, 'env.release': 1.2, 'pan.spread': 0.4,
      }, // prettier-ignore
      mods: { bend: 0.35, vibrato: 0.4 },
      effects: [
        ['delay', { sync: '1/4', feedback: 0.2, mix: 0.12 }],
        ['reverb', { type: 'chamber', decay: 1.8, mix: 0.22 }],
      ],
    },
    {
      id: 'quill-keys',
      name: 'Quill',
      role: 'KEYS',
      tags: ['harpsichord', 'baroque', 'bright', 'plucked'],
      description:
        'A harpsichord with both registers drawn: eight foot and four foot, a quill on each, no soft and no loud.',
      values: {
        'string1.decay': 4, 'string1.damping': 0.3, 'string1.stiffness': 0.05, 'string1.position': 0.09, 'string1.hardness': 0.95, 'string1.noise': 0.2,
        'string1.dynamics': 0, 'string1.body': 'acoustic', 'string1.bodyMix': 0.35, 'string1.bodySize': 1.4, 'string1.sympathy': 0.05, 'string2.tune': 12,
        'string2.fine': 2, 'string2.decay': 3, 'string2.damping': 0.3, 'string2.position': 0.12, 'string2.hardness': 0.95, 'string2.dynamics': 0,
        'string2.body': 'acoustic', 'string2.bodyMix': 0.35, 'string1.level': 0.7, 'string2.level': 0.35, 'env.release': 0.12, 'env.velocity': 0.1, 'pan.spread': 0.2,
      }, // prettier-ignore
      mods: { place: 0 },
      effects: [['reverb', { type: 'chamber', decay: 1.6, mix: 0.2 }]],
    },
  ],
}
