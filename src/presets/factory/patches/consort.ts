// Consort, the string machine: sawtooths at three octaves as tabs, a body, and an ensemble behind them (Node).
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const CONSORT: FactoryPatch = {
  id: 'consort',
  patch: {
    version: 1,
    units: {
      cello: unit('saw', { level: 0, tune: -12, scatter: 1 }),
      viola: unit('saw', { level: 0.5, scatter: 1 }),
      violin: unit('saw', { level: 0.3, tune: 12, scatter: 1 }),
      horn: unit('triangle', { level: 0, scatter: 1 }),
      body: unit(
        'svf',
        { mode: 'highpass', cutoff: 180, resonance: 0.1 },
        { in: ['cello', 'viola', 'violin', 'horn'] },
      ),
      filter: unit('svf', { cutoff: 4200, resonance: 0.05 }, { in: ['body'] }),
      env: unit('env', { attack: 0.25, decay: 0.5, sustain: 0.95, release: 0.8 }),
      ...vibrato(5.6, 0.2, 0.5, 0),
      ...output('filter'),
    },
    mods: matrix({
      vibrato: ['vib', 'voice.pitch', 0.2],
      wheel: ['wheel', 'vib.level1', 1],
      pressure: ['pressure', 'filter.cutoff', 1.2],
      swell: ['env', 'filter.cutoff', 0.4],
      key: ['key', 'filter.cutoff', 0.3],
      drift: ['random', 'violin.fine', 1.5],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 32, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Tabs', params: ['cello.level', 'viola.level', 'violin.level', 'horn.level'] },
      { label: 'Body', params: ['body.cutoff', 'body.resonance', 'filter.cutoff', 'filter.resonance'] },
      { label: 'Envelope', params: ['env.attack', 'env.decay', 'env.sustain', 'env.release', 'env.velocity'] },
      { label: 'Vibrato', params: ['lfo.rate', 'lfo.delay', 'lfo.fade', 'vib.level1'] },
      { label: 'Output', params: ['amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'corduroy-strings',
      name: 'Corduroy',
      role: 'STRINGS',
      tags: ['string machine', 'seventies', 'lush', 'wide'],
      description: 'A string machine as it stood on every stage of the seventies: viola and violin tabs, ensemble on.',
      values: { 'cello.level': 0.15, 'viola.level': 0.5, 'violin.level': 0.35, 'env.attack': 0.3, 'env.release': 1 },
      effects: [
        ['ensemble', { rate: 0.55, depth: 0.75, mix: 0.9 }],
        ['plate', { decay: 2, mix: 0.16 }],
      ],
    },
    {
      id: 'thin-air',
      name: 'Thin air',
      role: 'STRINGS',
      tags: ['string machine', 'phaser', 'space', 'floating'],
      description: 'The same machine through a slow phaser: weightless, blue, a little sad.',
      values: {
        'viola.level': 0.3,
        'violin.level': 0.5,
        'filter.cutoff': 6000,
        'body.cutoff': 220,
        'env.attack': 0.6,
        'env.release': 1.8,
      },
      effects: [
        ['ensemble', { rate: 0.4, depth: 0.6, mix: 0.7 }],
        ['phaser', { rate: 0.14, depth: 0.75, feedback: 0.5, stages: '4', mix: 0.5 }],
        ['reverb', { type: 'hall', decay: 3.6, mix: 0.26 }],
      ],
    },
    {
      id: 'matinee-chord',
      name: 'Matinee',
      role: 'CHORD',
      tags: ['string machine', 'warm', 'vintage', 'mellow'],
      description: 'Cello and horn tabs, the lid half closed: chords for the end of an old film.',
      values: {
        'cello.level': 0.4, 'viola.level': 0.25, 'violin.level': 0.05, 'horn.level': 0.5, 'filter.cutoff': 950, 'body.cutoff': 90, 'env.attack': 0.12, 'env.release': 0.9, 'pan.spread': 0.2,
      }, // prettier-ignore
      mods: { swell: 0.7 },
      effects: [
        ['ensemble', { rate: 0.5, depth: 0.5, mix: 0.6 }],
        ['tape', { time: 0.42, feedback: 0.3, mix: 0.14, wow: 0.4 }],
      ],
    },
  ],
}
