// Weft, the polyphonic synthesizer: two oscillators, sub and noise, two filters in line or side by side, three envelopes, three
// LFOs and sixteen modulations to fill (Node). Places in the wavetable: sine 0, triangle 1/7, saw 2/7, square 3/7, pulses 4/7 and 5/7.
import { matrix, output, unit, type FactoryPatch } from '../patchSound.ts'

const TRIANGLE = 0.143
const SAW = 0.286
const SQUARE = 0.429
const PULSE = 0.571

const SOURCES = { left: ['osc1', 'osc2', 'sub', 'noise'], right: ['osc1.right', 'osc2.right', 'sub', 'noise'] }

export const WEFT: FactoryPatch = {
  id: 'weft',
  patch: {
    version: 1,
    units: {
      osc1: unit('wavetable', { position: SAW, fine: -3, level: 0.5, scatter: 1 }),
      osc2: unit('wavetable', { position: SAW, fine: 3, level: 0.5, scatter: 1 }),
      sub: unit('sync', { wave: 'square', ratio: 1, tune: -12, level: 0 }),
      noise: unit('white', { level: 0 }),
      filter1: unit('ladder', { cutoff: 6000 }, { in: SOURCES.left, right: SOURCES.right }),
      route: unit(
        'mix',
        { level1: 1, level2: 0 },
        { in1: ['filter1'], right1: ['filter1.right'], in2: SOURCES.left, right2: SOURCES.right },
      ),
      filter2: unit('svf', { mode: 'highpass', cutoff: 20 }, { in: ['route'], right: ['route.right'] }),
      blend: unit(
        'mix',
        { level1: 1, level2: 0 },
        { in1: ['filter2'], right1: ['filter2.right'], in2: ['filter1'], right2: ['filter1.right'] },
      ),
      env: unit('env', { attack: 0.004, decay: 0.4, sustain: 0.8, release: 0.25, velocity: 0.5 }),
      env2: unit('env', { attack: 0.004, decay: 0.5, sustain: 0.2, release: 0.3 }),
      env3: unit('env', { attack: 0, decay: 0.3, sustain: 0, release: 0.2 }),
      lfo1: unit('lfo', { rate: 0.2, scatter: 1 }),
      lfo2: unit('lfo', { shape: 'triangle', rate: 0.13, scatter: 1 }),
      lfo3: unit('lfo', { rate: 5.3, delay: 0.3, fade: 0.5 }),
      vib: unit('mix', { level1: 0 }, { in1: ['lfo3'] }),
      ...output('blend', 'blend.right'),
    },
    mods: matrix({
      m1: ['env2', 'filter1.cutoff', 0],
      m2: ['key', 'filter1.cutoff', 0.4],
      m3: ['velocity', 'filter1.cutoff', 0.5],
      m4: ['wheel', 'vib.level1', 0.8],
      m5: ['pressure', 'filter1.cutoff', 1],
      m6: ['vib', 'voice.pitch', 0.35],
      m7: ['lfo1', 'filter1.cutoff', 0],
      m8: ['lfo2', 'osc1.position', 0],
      m9: ['lfo2', 'osc2.position', 0],
      m10: ['lfo1', 'pan.pan', 0],
      m11: ['env3', 'osc1.amount', 0],
      m12: ['env3', 'voice.pitch', 0],
      m13: ['random', 'filter1.cutoff', 0.08],
      m14: ['random', 'osc2.fine', 1.5],
      m15: ['lfo2', 'filter2.cutoff', 0],
      m16: ['env3', 'noise.level', 0],
    }),
    out: { left: 'pan.left', right: 'pan.right' },
    voices: { max: 24, mode: 'poly', glideSeconds: 0 },
    groups: [
      { label: 'Oscillator 1', params: ['osc1.level', 'osc1.position', 'osc1.tune', 'osc1.fine', 'osc1.warp', 'osc1.amount', 'osc1.voices', 'osc1.detune', 'osc1.spread', 'osc1.phase', 'osc1.scatter'] }, // prettier-ignore
      { label: 'Oscillator 2', params: ['osc2.level', 'osc2.position', 'osc2.tune', 'osc2.fine', 'osc2.warp', 'osc2.amount', 'osc2.voices', 'osc2.detune', 'osc2.spread', 'osc2.phase', 'osc2.scatter'] }, // prettier-ignore
      { label: 'Sub and noise', params: ['sub.level', 'sub.wave', 'sub.tune', 'sub.ratio', 'noise.level'] },
      { label: 'Filter 1', params: ['filter1.cutoff', 'filter1.resonance', 'filter1.drive'] },
      { label: 'Filter 2', params: ['filter2.mode', 'filter2.slope', 'filter2.cutoff', 'filter2.resonance'] },
      { label: 'Into filter 2: filter 1, oscillators', params: ['route.level1', 'route.level2'] },
      { label: 'Out: filter 2, filter 1', params: ['blend.level1', 'blend.level2'] },
      { label: 'Amp envelope', params: ['env.attack', 'env.decay', 'env.sustain', 'env.release', 'env.velocity', 'env.delay', 'env.hold', 'env.curve'] }, // prettier-ignore
      { label: 'Filter envelope', params: ['env2.attack', 'env2.decay', 'env2.sustain', 'env2.release', 'env2.velocity', 'env2.delay', 'env2.hold', 'env2.curve'] }, // prettier-ignore
      { label: 'Third envelope', params: ['env3.attack', 'env3.decay', 'env3.sustain', 'env3.release', 'env3.velocity', 'env3.delay', 'env3.hold', 'env3.curve'] }, // prettier-ignore
      { label: 'Output', params: ['amp.level', 'pan.pan', 'pan.spread'] },
    ],
  },
  sounds: [
    {
      id: 'bare-loom',
      name: 'Bare loom',
      role: 'KEYS',
      tags: ['analog', 'plain', 'start', 'polysynth'],
      description:
        'Weft with nothing done to it: two saws, an open filter, sixteen modulations to fill. A place to begin.',
    },
    {
      id: 'linen-pad',
      name: 'Linen',
      role: 'PAD',
      tags: ['warm', 'analog', 'wide', 'thick'],
      description: 'Eight saws and a square an octave below, folded into one soft cloth. Lean on the keys to open it.',
      values: {
        'osc1.fine': 0, 'osc2.fine': 0, 'osc1.voices': 4, 'osc1.detune': 0.16, 'osc1.spread': 0.8, 'osc2.voices': 4, 'osc2.detune': 0.24, 'osc2.spread': 1,
        'osc1.level': 0.4, 'osc2.level': 0.36, 'sub.level': 0.16, 'filter1.cutoff': 520, 'filter1.resonance': 0.12,
        'filter1.drive': 2, 'filter2.cutoff': 70, 'env.attack': 0.8, 'env.decay': 1.5, 'env.sustain': 0.8, 'env.release': 1.9,
        'env2.attack': 1.6, 'env2.decay': 2.5, 'env2.sustain': 0.5, 'env2.release': 1.5, 'pan.spread': 0.3,
      }, // prettier-ignore
      mods: { m1: 1.2, m7: 0.3 },
      effects: [
        ['chorus', { rate: 0.3, depth: 0.35, mix: 0.35 }],
        ['reverb', { type: 'hall', decay: 3.4, mix: 0.28 }],
      ],
    },
    {
      id: 'northern-veil',
      name: 'Northern veil',
      role: 'PAD',
      tags: ['evolving', 'wavetable', 'shimmering', 'cold'],
      description:
        'Waves change their shape against each other while a notch wanders through them, like lights far north.',
      values: {
        'osc1.position': 0.46, 'osc1.fine': -1, 'osc2.fine': 1, 'osc2.position': 0.7, 'osc2.tune': 12, 'osc1.voices': 2, 'osc1.detune': 0.12, 'osc2.voices': 2,
        'osc2.detune': 0.1, 'osc1.level': 0.5, 'osc2.level': 0.22, 'sub.level': 0.14, 'sub.wave': 'triangle',
        'noise.level': 0.02, 'filter1.cutoff': 2300, 'filter2.mode': 'notch', 'filter2.cutoff': 1100, 'filter2.resonance': 0.1,
        'env.attack': 1.6, 'env.decay': 2, 'env.sustain': 0.85, 'env.release': 2.6, 'lfo1.rate': 0.09, 'lfo2.rate': 0.061,
        'pan.spread': 0.5,
      }, // prettier-ignore
      mods: { m7: 0.7, m8: 0.28, m9: -0.26, m10: 0.35, m15: 1.5 },
      effects: [
        ['phaser', { rate: 0.11, depth: 0.5, mix: 0.3 }],
        ['reverb', { type: 'cathedral', decay: 5.5, mix: 0.38 }],
      ],
    },
    {
      id: 'keel-bass',
      name: 'Keel',
      role: 'BASS',
      tags: ['analog', 'heavy', 'mono', 'growling'],
      description: 'A saw over a square that lies an octave below, driven into a ladder. Holds a song upright.',
      values: {
        'osc1.scatter': 0, 'osc2.scatter': 0, 'osc1.fine': -2, 'osc2.fine': 2, 'osc2.phase': 90, 'osc2.position': PULSE, 'osc1.level': 0.4, 'osc2.level': 0.3,
        'sub.level': 0.45, 'filter1.cutoff': 290, 'filter1.resonance': 0.3, 'filter1.drive': 8, 'env.attack': 0.002,
        'env.decay': 0.5, 'env.sustain': 0.75, 'env.release': 0.1, 'env2.attack': 0.001, 'env2.decay': 0.24, 'env2.sustain': 0.25,
        'env2.velocity': 0.5,
      }, // prettier-ignore
      mods: { m1: 2.8, m2: 0.3, m13: 0, m14: 0 },
      voices: { mode: 'mono', glideSeconds: 0 },
      effects: [['saturation', { drive: 9, mix: 0.5 }]],
    },
    {
      id: 'furrow-bass',
      name: 'Furrow',
      role: 'BASS',
      tags: ['wobble', 'dubstep', 'synced', 'dirty'],
      description:
        'A filter ploughs up and down in eighths of the song. The wheel adds vibrato, pressure opens further.',
      values: {
        'osc1.position': 0.36, 'osc1.warp': 'sync', 'osc1.amount': 0.35, 'osc1.voices': 2, 'osc1.detune': 0.1, 'osc1.spread': 0.3,
        'osc2.tune': -12, 'osc1.fine': 0, 'osc2.fine': 0, 'osc2.scatter': 0, 'osc1.level': 0.5, 'osc2.level': 0.3, 'sub.level': 0.3, 'sub.wave': 'sine',
        'filter1.cutoff': 420, 'filter1.resonance': 0.42, 'filter1.drive': 8, 'lfo1.sync': '1/8', 'lfo1.scatter': 0, 'lfo1.phase': 270,
        'env.attack': 0.004, 'env.sustain': 1, 'env.release': 0.12,
      }, // prettier-ignore
      mods: { m7: 1.9, m8: 0.06 },
      voices: { mode: 'legato', glideSeconds: 0.05 },
      effects: [
        ['distortion', { drive: 12, shape: 'tube', mix: 0.4 }],
        ['width', { bassMono: 160 }],
      ],
    },
    {
      id: 'sabre-lead',
      name: 'Sabre',
      role: 'LEAD',
      tags: ['sync', 'cutting', 'mono', 'screaming'],
      description: 'A synced oscillator is drawn like a blade at every note; tied notes slide.',
      values: {
        'osc1.warp': 'sync', 'osc1.amount': 0.3, 'osc1.scatter': 0, 'osc2.position': SQUARE, 'osc1.fine': 0, 'osc2.fine': -4, 'osc1.level': 0.6, 'osc2.level': 0.25,
        'filter1.cutoff': 5200, 'filter1.resonance': 0.1, 'env.attack': 0.003, 'env.sustain': 0.85, 'env.release': 0.15,
        'env3.attack': 0.01, 'env3.decay': 0.7, 'env3.sustain': 0.1, 'vib.level1': 0.25,
      }, // prettier-ignore
      mods: { m11: 0.55, m14: 0 },
      voices: { mode: 'legato', glideSeconds: 0.06 },
      effects: [
        ['distortion', { drive: 9, shape: 'tube', mix: 0.35 }],
        ['delay', { sync: '1/8D', feedback: 0.3, tone: 4500, mix: 0.18 }],
        ['plate', { decay: 1.6, mix: 0.14 }],
      ],
    },
    {
      id: 'hundred-flags',
      name: 'Hundred flags',
      role: 'LEAD',
      tags: ['supersaw', 'huge', 'trance', 'bright'],
      description: 'Fifteen saws an octave apart, every one waving. For the moment when the drums come back.',
      values: {
        'osc1.fine': 0, 'osc2.fine': 0, 'osc1.voices': 8, 'osc1.detune': 0.28, 'osc1.spread': 0.9, 'osc2.tune': 12, 'osc2.voices': 7, 'osc2.detune': 0.22,
        'osc2.spread': 1, 'osc1.level': 0.5, 'osc2.level': 0.24, 'noise.level': 0.02, 'filter1.cutoff': 11000, 'filter2.cutoff': 160,
        'env.attack': 0.006, 'env.sustain': 0.9, 'env.release': 0.4,
      }, // prettier-ignore
      voices: { max: 16 },
      effects: [
        ['pingpong', { sync: '1/8D', feedback: 0.32, mix: 0.16 }],
        ['reverb', { type: 'hall', decay: 2.8, mix: 0.22 }],
      ],
    },
    {
      id: 'plush-chord',
      name: 'Plush chord',
      role: 'CHORD',
      tags: ['soft', 'polysynth', 'house', 'round'],
      description: 'A pulse and a triangle that shut their eyes right after the attack: one hand, four notes, offbeat.',
      values: {
        'osc1.position': PULSE, 'osc2.position': TRIANGLE, 'osc1.fine': 0, 'osc2.tune': 12, 'osc2.fine': -4, 'osc2.level': 0.35, 'sub.level': 0.2,
        'filter1.cutoff': 560, 'filter1.resonance': 0.22, 'filter1.drive': 3, 'env.attack': 0.003, 'env.decay': 0.5,
        'env.sustain': 0.35, 'env.release': 0.3, 'env2.decay': 0.32, 'env2.sustain': 0.12, 'env2.velocity': 0.5, 'pan.spread': 0.4,
      }, // prettier-ignore
      mods: { m1: 2.1 },
      effects: [
        ['chorus', { rate: 0.6, depth: 0.4, mix: 0.45 }],
        ['tape', { sync: '1/8D', feedback: 0.35, mix: 0.2 }],
        ['plate', { decay: 1.5, mix: 0.14 }],
      ],
    },
    {
      id: 'ripple-arp',
      name: 'Ripple',
      role: 'ARP',
      tags: ['plucky', 'liquid', 'resonant', 'echoing'],
      description: 'Drops that ring at their filter and come back on the other side, a dotted eighth later.',
      values: {
        'osc1.position': SQUARE, 'osc2.position': TRIANGLE, 'osc1.fine': 0, 'osc2.tune': 12, 'osc2.fine': 1.5, 'osc2.level': 0.3, 'filter1.cutoff': 480,
        'filter1.resonance': 0.62, 'env.attack': 0.002, 'env.decay': 0.34, 'env.sustain': 0.08, 'env.release': 0.3, 'env2.attack': 0,
        'env2.decay': 0.2, 'env2.sustain': 0, 'env2.velocity': 0.6, 'pan.spread': 0.5,
      }, // prettier-ignore
      mods: { m1: 2.2, m2: 0.6, m13: 0.2, m14: 0.5 },
      effects: [
        ['pingpong', { sync: '1/8D', feedback: 0.45, tone: 5000, mix: 0.3 }],
        ['plate', { decay: 2, mix: 0.16 }],
      ],
    },
    {
      id: 'foundry-brass',
      name: 'Foundry brass',
      role: 'BRASS',
      tags: ['polysynth', 'bold', 'eighties', 'fanfare'],
      description: 'Big synthetic brass, cast in two saws. Soft keys keep the lid on, hard ones blow it off.',
      values: {
        'osc1.fine': -4, 'osc2.fine': 4, 'filter1.cutoff': 360, 'filter1.resonance': 0.16, 'filter1.drive': 4, 'env.attack': 0.03, 'env.decay': 0.6,
        'env.sustain': 0.85, 'env.release': 0.28, 'env2.attack': 0.07, 'env2.decay': 0.7, 'env2.sustain': 0.55, 'env2.release': 0.25,
        'env2.velocity': 0.7, 'env3.decay': 0.09, 'pan.spread': 0.35,
      }, // prettier-ignore
      mods: { m1: 3.1, m3: 0.9, m12: -0.25 },
      effects: [
        ['chorus', { rate: 0.45, depth: 0.25, mix: 0.3 }],
        ['reverb', { type: 'chamber', decay: 1.9, mix: 0.2 }],
      ],
    },
    {
      id: 'thistle-pluck',
      name: 'Thistle',
      role: 'PLUCK',
      tags: ['sharp', 'short', 'warped', 'bright'],
      description: 'A thin pulse bent out of shape for a blink. Prickly alone, perfect between chords.',
      values: {
        'osc1.position': 0.66, 'osc1.warp': 'bend', 'osc1.amount': 0.1, 'osc2.tune': 12, 'osc2.position': SAW, 'osc2.level': 0.2,
        'filter1.cutoff': 1900, 'filter1.resonance': 0.2, 'env.attack': 0.001, 'env.decay': 0.5, 'env.sustain': 0, 'env.release': 0.35,
        'env.velocity': 0.6, 'env2.attack': 0, 'env2.decay': 0.2, 'env2.sustain': 0, 'env3.decay': 0.16, 'pan.spread': 0.6,
      }, // prettier-ignore
      mods: { m1: 2.6, m11: 0.6 },
      effects: [
        ['delay', { sync: '1/16D', feedback: 0.25, mix: 0.16 }],
        ['reverb', { type: 'room', decay: 0.9, mix: 0.2 }],
      ],
    },
  ],
}
