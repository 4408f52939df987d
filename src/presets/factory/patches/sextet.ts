// Sextet, six operators: pianos, bells, basses and brass by frequency modulation (Node). A modulator's 0 dB is 4 pi radians: -22 dB
// is one radian.
import { matrix, output, unit, vibrato, type FactoryPatch, type Values } from '../patchSound.ts'

/** `[ratio, gain dB, decay s, sustain, more]` of an operator, as values of the sound. */
const operator = (
  number: number,
  [ratio, gain, decay, sustain, more = {}]: readonly [number, number, number, number, Values?],
): Values => {
  const named = { ratio, gain, decay, sustain, ...more }
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [`op.${name}${String(number)}`, value]))
}
const operators = (...list: readonly (readonly [number, number, number, number, Values?])[]): Values =>
  Object.assign({}, ...list.map((entry, index) => operator(index + 1, entry))) as Values

const STAGES = [
  'ratio',
  'gain',
  'attack',
  'decay',
  'sustain',
  'release',
  'velocity',
  'keys',
  'detune',
  'fixed',
  'hertz',
]

export const SEXTET: FactoryPatch = {
  id: 'sextet',
  patch: {
    version: 1,
    units: {
      op: unit('fm6'),
      // Operators that share a frequency leave an offset.
      low: unit('svf', { mode: 'highpass', cutoff: 25, resonance: 0.08 }, { in: ['op'] }),
      filter: unit('svf', { cutoff: 16000, resonance: 0 }, { in: ['low'] }),
      // The operators shape the note; this one only ends it.
      env: unit('env', { attack: 0, decay: 0, sustain: 1, release: 0.6, velocity: 0.6 }),
      ...vibrato(5, 0.35, 0.6, 0),
      trem: unit('lfo', { rate: 4.5 }),
      ...output('filter'),
    },
    mods: matrix({
      vibrato: ['vib', 'op.fine', 30],
      wheel: ['wheel', 'vib.level1', 0.8],
      pressure: ['pressure', 'op.depth', 0.5],
      velocity: ['velocity', 'filter.cutoff', 0],
      tremolo: ['trem', 'amp.level', 0],
      swing: ['trem', 'pan.pan', 0],
      motion: ['lfo', 'op.depth', 0],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 24, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Voice', params: ['op.algorithm', 'op.feedback', 'op.depth', 'op.follow', 'op.quality', 'op.tune', 'op.fine', 'op.scatter'] }, // prettier-ignore
      ...[1, 2, 3, 4, 5, 6].map((number) => ({
        label: `Operator ${String(number)}`,
        params: STAGES.map((stage) => `op.${stage}${String(number)}`),
      })),
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Motion', params: ['lfo.rate', 'lfo.delay', 'lfo.fade', 'vib.level1', 'trem.rate'] },
      { label: 'Output', params: ['amp.level', 'env.release', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'silver-tines',
      name: 'Silver tines',
      role: 'KEYS',
      tags: ['electric', 'fm', 'eighties', 'ballad'],
      description:
        'The electric piano of a thousand ballads: glass in the attack, felt behind it, a slow swing left and right.',
      values: {
        'op.algorithm': '5', 'op.feedback': 0.1, 'trem.rate': 1.1, 'env.release': 0.5, 'pan.spread': 0.1,
        ...operators(
          [1, -3, 6, 0, { release: 0.35 }],
          [14, -22, 0.8, 0, { velocity: 0.8, keys: -4 }],
          [1, -4, 5, 0, { release: 0.35, detune: 3 }],
          [1, -12, 2.4, 0.15, { velocity: 0.7, keys: -2 }],
          [1, -9, 3, 0, { release: 0.3, detune: -4 }],
          [1, -21, 1.6, 0, { velocity: 0.6 }],
        ),
      }, // prettier-ignore
      mods: { swing: 0.35 },
      effects: [
        ['chorus', { rate: 0.5, depth: 0.25, mix: 0.35 }],
        ['plate', { decay: 1.6, mix: 0.14 }],
      ],
    },
    {
      id: 'marble-bell',
      name: 'Marble bell',
      role: 'BELL',
      tags: ['fm', 'clear', 'church', 'long'],
      description: 'A clear bell with stone in it: struck once, it goes on thinking for eight seconds.',
      values: {
        'op.algorithm': '5', 'op.feedback': 0, 'env.release': 4, 'pan.spread': 0.2,
        ...operators(
          [1, -2, 8, 0, { release: 5 }],
          [3.5, -19, 5, 0, { velocity: 0.6, release: 4 }],
          [2, -9, 5, 0, { release: 4, detune: 3 }],
          [6.86, -24, 2.5, 0, { velocity: 0.6, release: 2 }],
          [0.5, -12, 9, 0, { release: 5 }],
          [4.24, -26, 1.2, 0, { velocity: 0.7, release: 1 }],
        ),
      }, // prettier-ignore
      effects: [['reverb', { type: 'cathedral', decay: 4.5, mix: 0.28 }]],
    },
    {
      id: 'rubber-fist',
      name: 'Rubber fist',
      role: 'BASS',
      tags: ['fm', 'slap', 'tight', 'funky'],
      description: 'A slapped bass made of numbers: thumb, string, fret, gone.',
      values: {
        'op.algorithm': '2', 'op.feedback': 0.3, 'op.tune': -12, 'env.release': 0.08,
        ...operators(
          [1, -3, 2.2, 0.3, { release: 0.08 }],
          [2, -20, 0.5, 0.1, { velocity: 0.6 }],
          [1, -4, 1.8, 0.2, { release: 0.08 }],
          [1, -15, 0.7, 0.15, { velocity: 0.7 }],
          [3, -19, 0.12, 0, { velocity: 0.8 }],
          [9, -24, 0.03, 0, { velocity: 0.8 }],
        ),
      }, // prettier-ignore
      voices: { max: 8 },
      effects: [
        ['compressor', { threshold: -20, ratio: 3, attack: 0.012, makeup: 3 }],
        ['saturation', { drive: 7, mix: 0.4 }],
      ],
    },
    {
      id: 'gilded-brass',
      name: 'Gilded brass',
      role: 'BRASS',
      tags: ['fm', 'section', 'bright', 'dynamic'],
      description: 'Three trumpets that speak a moment late and lean into long notes. Velocity is breath.',
      values: {
        'op.algorithm': '22', 'op.feedback': 0.22, 'low.cutoff': 70, 'env.release': 0.2, 'filter.cutoff': 9000, 'pan.spread': 0.15,
        ...operators(
          [1, -3, 2, 0.9, { attack: 0.04, release: 0.12 }],
          [1, -9, 1.2, 0.8, { attack: 0.09, velocity: 0.7 }],
          [1, -6, 2, 0.9, { attack: 0.05, release: 0.12, detune: 5 }],
          [1, -6, 2, 0.9, { attack: 0.045, release: 0.12, detune: -5 }],
          [2, -11, 2, 0.7, { attack: 0.06, release: 0.12 }],
          [1, -9, 1, 0.75, { attack: 0.08, velocity: 0.7 }],
        ),
      }, // prettier-ignore
      mods: { motion: 0.06 },
      effects: [['reverb', { type: 'chamber', decay: 1.7, mix: 0.2 }]],
    },
    {
      id: 'sleet-pad',
      name: 'Sleet',
      role: 'PAD',
      tags: ['fm', 'icy', 'glassy', 'slow'],
      description: 'Frozen overtones drift past a soft body, never twice the same way. Cold light for slow chords.',
      values: {
        'op.algorithm': '5', 'op.scatter': 1, 'op.follow': 0, 'lfo.rate': 0.12, 'lfo.delay': 0, 'env.attack': 0.4, 'env.release': 2.2,
        'pan.spread': 0.5,
        ...operators(
          [1, -4, 4, 0.9, { attack: 0.9, release: 2 }],
          [2, -23, 5, 0.6, { attack: 2.5, release: 2 }],
          [2, -11, 5, 0.8, { attack: 1.5, release: 2, detune: 3 }],
          [7, -28, 6, 0.5, { attack: 3, release: 2 }],
          [1, -8, 4, 0.9, { attack: 1.1, release: 2, detune: -3 }],
          [11, -33, 3, 0.4, { attack: 0.3, release: 1 }],
        ),
      }, // prettier-ignore
      mods: { motion: 0.45 },
      effects: [
        ['chorus', { rate: 0.22, depth: 0.5, mix: 0.45 }],
        ['reverb', { type: 'hall', decay: 4.8, mix: 0.36 }],
      ],
    },
    {
      id: 'log-drum',
      name: 'Log drum',
      role: 'DRUM',
      tags: ['fm', 'tuned', 'wooden', 'amapiano'],
      description: 'A hollow trunk with a knock on it. Low keys carry a bass line, high ones answer.',
      values: {
        'op.algorithm': '5', 'op.tune': -12, 'op.feedback': 0, 'env.release': 0.25, 'op.follow': 0.4,
        ...operators(
          [1, -2, 0.9, 0, { release: 0.3 }],
          [1, -14, 0.16, 0, { velocity: 0.7 }],
          [2.4, -12, 0.18, 0, { release: 0.2 }],
          [3.3, -16, 0.05, 0, { velocity: 0.8 }],
          [1, -12, 0.5, 0, { release: 0.3, detune: 4 }],
          [5.1, -20, 0.02, 0, { velocity: 0.8 }],
        ),
      }, // prettier-ignore
      voices: { max: 12 },
      effects: [
        ['saturation', { drive: 8, mix: 0.5 }],
        ['reverb', { type: 'room', decay: 0.6, mix: 0.1 }],
      ],
    },
  ],
}
