// Reel: a recording by keys, as from a tape machine that is not quite steady (Node). Drop a recording on the sampler to replace the
// voices, breath or glass that it begins with.
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const REEL: FactoryPatch = {
  id: 'reel',
  patch: {
    version: 1,
    units: {
      tape: { ...unit('sampler', { quality: 'good' }), asset: 'builtin:choir' },
      filter: unit('svf', { cutoff: 9000, resonance: 0 }, { in: ['tape'], right: ['tape.right'] }),
      env: unit('env', { attack: 0.05, decay: 0.5, sustain: 1, release: 0.35, velocity: 0.4 }),
      env2: unit('env', { attack: 0, decay: 0.3, sustain: 0, release: 0.2 }),
      flutter: unit('lfo', { shape: 'wander', rate: 2.4, scatter: 1 }),
      ...vibrato(5, 0.3, 0.6, 0),
      ...output('filter', 'filter.right'),
    },
    mods: matrix({
      flutter: ['flutter', 'voice.pitch', 0.06],
      place: ['random', 'tape.start', 0],
      sweep: ['env2', 'filter.cutoff', 0],
      velocity: ['velocity', 'filter.cutoff', 0.6],
      pressure: ['pressure', 'filter.cutoff', 1],
      vibrato: ['vib', 'voice.pitch', 0.3],
      wheel: ['wheel', 'vib.level1', 0.8],
      key: ['key', 'filter.cutoff', 0.3],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 16, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Recording', params: ['tape.root', 'tape.keyTrack', 'tape.start', 'tape.end', 'tape.reverse', 'tape.tune', 'tape.fine'] }, // prettier-ignore
      { label: 'Loop', params: ['tape.loop', 'tape.loopStart', 'tape.loopEnd', 'tape.crossfade', 'tape.quality'] },
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Amp envelope', params: ['env.attack', 'env.decay', 'env.sustain', 'env.release', 'env.velocity'] },
      { label: 'Filter envelope', params: ['env2.attack', 'env2.decay', 'env2.sustain', 'env2.release'] },
      { label: 'Tape', params: ['flutter.rate', 'lfo.rate', 'vib.level1'] },
      { label: 'Output', params: ['amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'tape-choir',
      name: 'Tape choir',
      role: 'VOX',
      tags: ['sampled', 'tape', 'vintage', 'haunting'],
      description: 'Eight voices on a worn tape, a tape for every key. It wavers, and that is the point.',
      values: { 'filter.cutoff': 3800, 'pan.spread': 0.2 },
      mods: { flutter: 0.09 },
      effects: [
        ['saturation', { drive: 8, mix: 0.5 }],
        ['reverb', { type: 'hall', decay: 2.4, mix: 0.22 }],
      ],
    },
    {
      id: 'wet-finger',
      name: 'Wet finger',
      role: 'KEYS',
      tags: ['sampled', 'glassy', 'ghostly', 'pure'],
      description: 'A glass harmonica: bowls of glass and a wet finger. It was forbidden once for making people sad.',
      values: { 'env.attack': 0.12, 'env.release': 0.9, 'pan.spread': 0.3 },
      mods: { flutter: 0.03 },
      assets: { tape: 'builtin:glass' },
      effects: [['reverb', { type: 'hall', decay: 3.4, mix: 0.3 }]],
    },
    {
      id: 'hollow-pipes',
      name: 'Hollow pipes',
      role: 'TEXTURE',
      tags: ['sampled', 'breathy', 'wind', 'organic'],
      description: 'Somebody blows across a row of bottles, and the bottles are recorded an octave too low.',
      values: { 'tape.tune': -12, 'filter.cutoff': 3000, 'env.attack': 0.3, 'env.release': 1.2, 'pan.spread': 0.7 },
      mods: { place: 0.3 },
      assets: { tape: 'builtin:breath' },
      effects: [
        ['tape', { sync: '1/4', feedback: 0.4, wow: 0.5, mix: 0.24 }],
        ['reverb', { type: 'cathedral', decay: 4.5, mix: 0.32 }],
      ],
    },
  ],
}
