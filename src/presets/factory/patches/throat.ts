// Throat: detuned saws and breath through the five formants of a singer (Node).
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const THROAT: FactoryPatch = {
  id: 'throat',
  patch: {
    version: 1,
    units: {
      folds: unit('unison', { level: 0.8, voices: 3, detune: 0.1, spread: 0.8 }),
      breath: unit('pink', { level: 0.05 }),
      mouth: unit(
        'formant',
        { voice: 'tenor', vowel: 0.4, sharpness: 0.8 },
        { in: ['folds', 'breath'], right: ['folds.right', 'breath'] },
      ),
      filter: unit('svf', { cutoff: 6000, resonance: 0 }, { in: ['mouth'], right: ['mouth.right'] }),
      env: unit('env', { attack: 0.18, decay: 0.5, sustain: 0.9, release: 0.6, velocity: 0.3 }),
      env2: unit('env', { attack: 0.1, decay: 0.4, sustain: 0.3, release: 0.4 }),
      tongue: unit('lfo', { shape: 'wander', rate: 0.4, scatter: 1 }),
      ...vibrato(4.9, 0.4, 0.8, 0.5),
      ...output('filter', 'filter.right'),
    },
    mods: matrix({
      vowel: ['tongue', 'mouth.vowel', 0.3],
      talk: ['env2', 'mouth.vowel', 0],
      random: ['random', 'mouth.vowel', 0.15],
      vibrato: ['vib', 'voice.pitch', 0.16],
      wheel: ['wheel', 'mouth.vowel', 3.5],
      pressure: ['pressure', 'vib.level1', 0.5],
      velocity: ['velocity', 'filter.cutoff', 0.6],
      key: ['key', 'mouth.shift', 5],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 16, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Mouth', params: ['mouth.vowel', 'mouth.voice', 'mouth.shift', 'mouth.sharpness', 'mouth.mix'] },
      { label: 'Folds', params: ['folds.wave', 'folds.voices', 'folds.detune', 'folds.spread', 'folds.tune', 'folds.level', 'breath.level'] }, // prettier-ignore
      { label: 'Tongue', params: ['tongue.rate', 'tongue.shape', 'env2.attack', 'env2.decay', 'env2.sustain'] },
      { label: 'Amp envelope', params: ['env.attack', 'env.decay', 'env.sustain', 'env.release', 'env.velocity'] },
      { label: 'Vibrato', params: ['lfo.rate', 'lfo.delay', 'lfo.fade', 'vib.level1'] },
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Output', params: ['amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'vowel-choir',
      name: 'Vowel choir',
      role: 'VOX',
      tags: ['choir', 'vowel', 'ensemble', 'human'],
      description: 'A mixed choir that sings ah. The wheel leads it through eh, ee and oh to oo.',
      values: {
        'folds.voices': 7,
        'folds.detune': 0.2,
        'mouth.voice': 'alto',
        'pan.spread': 0.4,
        'env.attack': 0.3,
        'env.release': 1,
      },
      effects: [
        ['chorus', { rate: 0.35, depth: 0.35, mix: 0.35 }],
        ['reverb', { type: 'cathedral', decay: 3.8, mix: 0.32 }],
      ],
    },
    {
      id: 'stone-monks',
      name: 'Stone monks',
      role: 'VOX',
      tags: ['choir', 'bass', 'dark', 'sacred'],
      description: 'Low voices on oh in a room without curtains. An octave lower than you play.',
      values: {
        'folds.tune': -12, 'folds.voices': 7, 'folds.detune': 0.2, 'mouth.voice': 'bass', 'mouth.vowel': 3, 'mouth.sharpness': 1, 'vib.level1': 0.15, 'env.attack': 0.35, 'env.release': 1.1,
        'filter.cutoff': 3200,
      }, // prettier-ignore
      mods: { wheel: -3, vowel: 0.2 },
      effects: [['reverb', { type: 'cathedral', decay: 5, mix: 0.36 }]],
    },
    {
      id: 'soprano-mist',
      name: 'Soprano mist',
      role: 'VOX',
      tags: ['airy', 'breathy', 'soprano', 'ethereal'],
      description: 'High voices with more breath than throat, between oo and ah. Play it up.',
      values: {
        'mouth.voice': 'soprano', 'mouth.vowel': 3.6, 'folds.level': 0.6, 'breath.level': 0.24, 'folds.voices': 4, 'env.attack': 0.6, 'env.release': 1.6, 'tongue.rate': 0.2, 'pan.spread': 0.6,
        'filter.cutoff': 8000,
      }, // prettier-ignore
      mods: { vowel: 0.6, wheel: -3.5 },
      effects: [
        ['chorus', { rate: 0.25, depth: 0.4, mix: 0.4 }],
        ['reverb', { type: 'hall', decay: 5, mix: 0.4 }],
      ],
    },
    {
      id: 'talking-lead',
      name: 'Talking lead',
      role: 'LEAD',
      tags: ['vocal', 'talkbox', 'funky', 'mono'],
      description: 'Every note says yow. The wheel finds other words; tied notes slide.',
      values: {
        'folds.voices': 1, 'breath.level': 0.016, 'mouth.vowel': 4, 'mouth.sharpness': 1.6, 'env.attack': 0.01, 'env.release': 0.15, 'env2.attack': 0.12,
        'env2.decay': 0.35, 'env2.sustain': 0.5, 'vib.level1': 0.2, 'pan.spread': 0,
      }, // prettier-ignore
      mods: { talk: -4, vowel: 0, random: 0, wheel: -3 },
      voices: { mode: 'legato', glideSeconds: 0.06 },
      effects: [
        ['tube', { drive: 14, mix: 0.4 }],
        ['delay', { sync: '1/8D', feedback: 0.25, mix: 0.14 }],
        ['plate', { decay: 1.2, mix: 0.12 }],
      ],
    },
  ],
}
