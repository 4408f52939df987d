// Prism: two wavetable oscillators whose place follows a drawn course, an LFO and a strange attractor, into a filter and a phaser of
// each note's own (Node).
import { matrix, output, unit, vibrato, type FactoryPatch } from '../patchSound.ts'

export const PRISM: FactoryPatch = {
  id: 'prism',
  patch: {
    version: 1,
    units: {
      osc1: unit('wavetable', { position: 0.4, level: 0.6, scatter: 1 }),
      osc2: unit('wavetable', { position: 0.6, fine: 5, level: 0.4, scatter: 1 }),
      // Warped waves have an offset.
      low: unit(
        'svf',
        { mode: 'highpass', cutoff: 25, resonance: 0.08 },
        { in: ['osc1', 'osc2'], right: ['osc1.right', 'osc2.right'] },
      ),
      filter: unit('svf', { slope: '24', cutoff: 4000 }, { in: ['low'], right: ['low.right'] }),
      phaser: unit('phaser', { mix: 0, rate: 0.25 }, { in: ['filter'], right: ['filter.right'] }),
      env: unit('env', { attack: 0.01, decay: 0.5, sustain: 0.8, release: 0.4, velocity: 0.4 }),
      env2: unit('env', { attack: 0, decay: 0.4, sustain: 0.2, release: 0.3 }),
      course: unit('mseg', { loop: 'held' }),
      scan: unit('lfo', { shape: 'triangle', rate: 0.15, scatter: 1 }),
      chaos: unit('chaos', { rate: 0.5 }),
      ...vibrato(5.2, 0.3, 0.5, 0),
      ...output('phaser', 'phaser.right'),
    },
    mods: matrix({
      course1: ['course', 'osc1.position', 0],
      course2: ['course', 'osc2.position', 0],
      scan1: ['scan', 'osc1.position', 0],
      scan2: ['scan', 'osc2.position', 0],
      warp: ['env2', 'osc1.amount', 0],
      chaos1: ['chaos', 'osc1.position', 0],
      chaos2: ['chaos.second', 'osc2.position', 0],
      sweep: ['env2', 'filter.cutoff', 0],
      course3: ['course', 'filter.cutoff', 0],
      velocity: ['velocity', 'filter.cutoff', 0.6],
      pressure: ['pressure', 'filter.cutoff', 1],
      vibrato: ['vib', 'voice.pitch', 0.35],
      wheel: ['wheel', 'vib.level1', 0.8],
      key: ['key', 'filter.cutoff', 0.4],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 16, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Wave 1', params: ['osc1.level', 'osc1.position', 'osc1.warp', 'osc1.amount', 'osc1.tune', 'osc1.fine', 'osc1.voices', 'osc1.detune', 'osc1.spread'] }, // prettier-ignore
      { label: 'Wave 2', params: ['osc2.level', 'osc2.position', 'osc2.warp', 'osc2.amount', 'osc2.tune', 'osc2.fine', 'osc2.voices', 'osc2.detune', 'osc2.spread'] }, // prettier-ignore
      { label: 'Filter', params: ['filter.cutoff', 'filter.resonance', 'filter.mode', 'filter.slope'] },
      { label: 'Amp envelope', params: ['env.attack', 'env.decay', 'env.sustain', 'env.release', 'env.velocity'] },
      { label: 'Warp envelope', params: ['env2.attack', 'env2.decay', 'env2.sustain', 'env2.release'] },
      { label: 'Motion', params: ['scan.rate', 'scan.shape', 'scan.sync', 'chaos.rate', 'chaos.wildness', 'course.sync', 'course.loop'] }, // prettier-ignore
      { label: 'Phaser', params: ['phaser.mix', 'phaser.rate', 'phaser.depth', 'phaser.frequency', 'phaser.feedback', 'phaser.stages'] }, // prettier-ignore
      { label: 'Output', params: ['amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'stained-glass',
      name: 'Stained glass',
      role: 'PAD',
      tags: ['wavetable', 'colourful', 'phased', 'slow'],
      description: 'Two waves turn slowly in the light, each note through a phaser of its own.',
      values: {
        'osc1.position': 0.5, 'osc2.position': 0.3, 'osc2.tune': 12, 'osc1.voices': 3, 'osc1.detune': 0.14, 'osc2.level': 0.2,
        'filter.cutoff': 1900, 'filter.slope': '12', 'env.attack': 0.7, 'env.release': 1.8, 'env.sustain': 0.85, 'phaser.mix': 0.45,
        'phaser.rate': 0.13, 'phaser.depth': 1.8, 'phaser.feedback': 0.35, 'scan.rate': 0.11, 'pan.spread': 0.4,
      }, // prettier-ignore
      mods: { scan1: 0.2, scan2: 0.25 },
      effects: [['reverb', { type: 'hall', decay: 4, mix: 0.34 }]],
    },
    {
      id: 'clockwork-arp',
      name: 'Clockwork',
      role: 'ARP',
      tags: ['wavetable', 'rhythmic', 'synced', 'digital'],
      description:
        'A held chord ticks by itself: the wave runs through a course of four steps, in sixteenths of the song.',
      values: {
        'osc1.position': 0.15, 'osc2.position': 0.35, 'osc2.tune': 12, 'osc2.level': 0.3, 'filter.cutoff': 700, 'filter.resonance': 0.3,
        'env.attack': 0.002, 'env.sustain': 0.9, 'env.release': 0.2, 'course.sync': '1/16', 'course.points': 8, 'course.sustain': 'none',
        'course.loopStart': 1, 'course.loopEnd': 8, 'course.level1': 1, 'course.time1': 0.06, 'course.level2': 0, 'course.time2': 0.94, 'course.curve2': 0.5,
        'course.level3': 0.5, 'course.time3': 0.06, 'course.level4': 0, 'course.time4': 0.94, 'course.curve4': 0.5, 'course.level5': 0.8, 'course.time5': 0.06,
        'course.level6': 0.2, 'course.time6': 0.94, 'course.level7': 0.4, 'course.time7': 0.06, 'course.level8': 0, 'course.time8': 0.94, 'pan.spread': 0.5,
      }, // prettier-ignore
      mods: { course1: 0.42, course3: 2.4 },
      effects: [
        ['pingpong', { sync: '1/8D', feedback: 0.35, mix: 0.22 }],
        ['plate', { decay: 1.4, mix: 0.12 }],
      ],
    },
    {
      id: 'comet-lead',
      name: 'Comet',
      role: 'LEAD',
      tags: ['wavetable', 'digital', 'warped', 'gliding'],
      description: 'A bright head, bent by its warp, and a tail of echoes. One voice; the wheel adds vibrato.',
      values: {
        'osc1.position': 0.3, 'osc1.warp': 'asymmetry', 'osc1.amount': 0.2, 'osc1.voices': 3, 'osc1.detune': 0.09, 'osc2.position': 0.44,
        'osc2.fine': -5, 'osc2.level': 0.3, 'filter.cutoff': 3200, 'filter.slope': '12', 'env.attack': 0.006, 'env.sustain': 0.9, 'env.release': 0.2,
        'env2.decay': 0.6, 'vib.level1': 0.2,
      }, // prettier-ignore
      mods: { warp: 0.5, sweep: 1, scan1: 0.05, pressure: ['pressure', 'osc1.amount', 0.3] },
      voices: { mode: 'legato', glideSeconds: 0.05 },
      effects: [
        ['tape', { sync: '1/8D', feedback: 0.42, mix: 0.24 }],
        ['plate', { decay: 2, mix: 0.16 }],
      ],
    },
    {
      id: 'gnarl-bass',
      name: 'Gnarl',
      role: 'BASS',
      tags: ['wavetable', 'growl', 'aggressive', 'neuro'],
      description: 'Vowels torn by a sync warp, twice in every quarter of the song. Not a polite bass.',
      values: {
        'osc1.position': 0.72, 'osc1.warp': 'sync', 'osc1.amount': 0.4, 'osc1.tune': -12, 'osc1.scatter': 0, 'osc2.position': 0, 'osc2.tune': -12,
        'osc2.fine': 0, 'osc2.scatter': 0, 'osc1.level': 0.6, 'osc2.level': 0.5, 'filter.cutoff': 900, 'filter.resonance': 0.25, 'env.attack': 0.003,
        'env.sustain': 1, 'env.release': 0.1, 'scan.sync': '1/8', 'scan.scatter': 0, 'scan.phase': 270, 'phaser.mix': 0.3, 'phaser.sync': '1/2',
      }, // prettier-ignore
      mods: { scan1: 0.2, sweep: 1.2, pressure: ['pressure', 'osc1.amount', 0.5] },
      voices: { mode: 'mono', glideSeconds: 0.03 },
      effects: [
        ['distortion', { drive: 16, shape: 'soft', mix: 0.5, tone: 9000 }],
        ['width', { bassMono: 150 }],
      ],
    },
    {
      id: 'drifting-lights',
      name: 'Drifting lights',
      role: 'TEXTURE',
      tags: ['wavetable', 'chaotic', 'underwater', 'moving'],
      description: 'Creatures with lights on them pass at their own pace: a strange attractor steers both waves.',
      values: {
        'osc1.position': 0.5, 'osc2.position': 0.55, 'osc2.tune': 7, 'osc2.level': 0.3, 'filter.cutoff': 1300, 'filter.slope': '12',
        'env.attack': 1.2, 'env.sustain': 0.9, 'env.release': 2.4, 'chaos.rate': 0.7, 'chaos.wildness': 0.8, 'phaser.mix': 0.4, 'phaser.rate': 0.07,
        'pan.spread': 0.8,
      }, // prettier-ignore
      mods: { chaos1: 0.4, chaos2: 0.4, key: 0 },
      effects: [
        ['granulator', { density: 12, size: 0.25, mix: 0.3, spread: 1 }],
        ['reverb', { type: 'cathedral', decay: 6, mix: 0.4 }],
      ],
    },
  ],
}
