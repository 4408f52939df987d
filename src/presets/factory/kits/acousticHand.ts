// The hand percussion of the acoustic kit: skins, bells, wood, beads and breath (Node).
import { at, bar, body, noise, tone } from './acousticParts.ts'
import { layer, type PadSketch } from './kitSketch.ts'

const hand = (frequency: number, seconds: number, pan: number, slap = 0.25): PadSketch => ({
  layers: [
    body(seconds, {
      body: 'membrane',
      tune: at(frequency),
      modes: 10,
      damping: 0.65,
      position: 0.2,
      hardness: 0.3,
      noise: 0.25,
    }),
    tone({
      level: 0.6,
      frequency,
      sweep: 1.5,
      sweepTime: 0.02,
      decay: seconds * 0.8,
      shape: 0,
      click: slap,
      clickTone: 1800,
      clickTime: 0.02,
      hold: 0,
    }),
  ],
  pan,
})

const shell = (frequency: number, seconds: number, pan: number): PadSketch => ({
  layers: [
    body(seconds, {
      body: 'membrane',
      tune: at(frequency),
      modes: 20,
      damping: 0.3,
      position: 0.25,
      hardness: 0.85,
      noise: 0.2,
      brightness: 0.65,
    }),
    body(seconds * 0.5, {
      body: 'tubular',
      tune: at(frequency * 2.1),
      modes: 12,
      damping: 0.25,
      hardness: 0.9,
      level: 0.25,
    }),
    tone({
      level: 0.4,
      frequency,
      sweep: 1,
      sweepTime: 0.01,
      decay: seconds * 0.7,
      shape: 0,
      click: 0.4,
      clickTone: 5500,
      hold: 0,
    }),
  ],
  pan,
})

const agogo = (frequency: number, pan: number): PadSketch => ({
  layers: [
    body(0.55, {
      body: 'bell',
      tune: at(frequency),
      modes: 14,
      damping: 0.35,
      hardness: 0.85,
      brightness: 0.55,
      noise: 0.1,
    }),
  ],
  pan,
})

const triangle = (seconds: number): PadSketch => ({
  layers: [
    body(seconds, {
      body: 'tubular',
      tune: at(1250),
      modes: 24,
      damping: 0.05,
      hardness: 0.98,
      brightness: 0.85,
      noise: 0.02,
      spread: 0.5,
    }),
  ],
  pan: 0.55,
  voices: 2,
})

const scrape = (seconds: number, rate: number): PadSketch => ({
  layers: [
    layer(
      'pink',
      { level: 1 },
      {
        filter: { mode: 'bandpass', slope: '12', cutoff: 2500, resonance: 0.45 },
        beat: ['saw', rate],
        env: { attack: seconds * 0.3, hold: seconds * 0.45, decay: seconds * 0.25, sustain: 0 },
      },
    ),
    layer(
      'white',
      { level: 0.2 },
      {
        filter: { mode: 'highpass', slope: '12', cutoff: 5200, resonance: 0.1 },
        beat: ['saw', rate],
        env: { attack: seconds * 0.3, hold: seconds * 0.45, decay: seconds * 0.25, sustain: 0 },
      },
    ),
  ],
  pan: 0.45,
  voices: 1,
})

const whistle = (seconds: number, bend: number): PadSketch => ({
  layers: [
    layer('sine', { tune: 38, level: 0.6 }, { env: { attack: 0.012, hold: seconds, decay: 0.05, sustain: 0 }, bend }),
    layer(
      'sine',
      { tune: 41, fine: 20, level: 0.25 },
      { env: { attack: 0.014, hold: seconds, decay: 0.05, sustain: 0 } },
    ),
    layer(
      'pink',
      { level: 0.5 },
      {
        filter: { mode: 'bandpass', slope: '12', cutoff: 3100, resonance: 0.6 },
        env: { attack: 0.006, hold: seconds, decay: 0.06, sustain: 0 },
      },
    ),
  ],
  trill: [33, 0.9],
  pan: -0.4,
  voices: 1,
})

const cuica = (tune: number, seconds: number, bend: number): PadSketch => ({
  layers: [
    layer(
      'saw',
      { tune, level: 0.5 },
      {
        filter: { mode: 'bandpass', slope: '12', cutoff: 760, resonance: 0.45 },
        env: { attack: 0.03, hold: 0.03, decay: seconds, sustain: 0 },
        bend,
      },
    ),
    layer(
      'pink',
      { level: 0.25 },
      {
        filter: { mode: 'bandpass', slope: '12', cutoff: 1400, resonance: 0.2 },
        env: { attack: 0.02, hold: 0, decay: seconds, sustain: 0 },
      },
    ),
  ],
  pan: -0.5,
  voices: 2,
})

export const HAND: Readonly<Record<string, PadSketch>> = {
  tamb: {
    layers: [
      body(0.24, {
        body: 'plate',
        tune: at(3400),
        modes: 40,
        damping: 0.05,
        hardness: 0.98,
        noise: 0.8,
        brightness: 0.8,
        level: 0.6,
      }),
      noise({ level: 0.6, taps: 4, spacing: 0.016, decay: 0.11, mode: 'highpass', cutoff: 8500, resonance: 0.1 }),
    ],
    pan: -0.25,
  },
  cowbell: {
    layers: [
      body(0.32, {
        body: 'tubular',
        tune: at(560),
        modes: 16,
        damping: 0.35,
        hardness: 0.8,
        brightness: 0.55,
        noise: 0.15,
        stretch: -0.15,
      }),
    ],
    pan: 0.2,
  },
  vibra: {
    layers: [
      layer(
        'white',
        { level: 0.9 },
        {
          filter: { mode: 'bandpass', slope: '12', cutoff: 2900, resonance: 0.6 },
          beat: ['saw', 19],
          env: { attack: 0.004, decay: 1.3, sustain: 0 },
        },
      ),
      body(0.1, { body: 'xylophone', tune: at(1400), modes: 6, damping: 0.5, hardness: 0.8, level: 0.6 }),
    ],
    pan: -0.45,
    voices: 2,
  },
  bongohi: hand(400, 0.16, 0.3),
  bongolo: hand(296, 0.22, 0.4),
  congam: {
    layers: [
      body(0.07, {
        body: 'membrane',
        tune: at(228),
        modes: 10,
        damping: 0.9,
        position: 0.6,
        hardness: 0.35,
        noise: 0.4,
      }),
      noise({ level: 0.4, decay: 0.035, mode: 'bandpass', cutoff: 1300, resonance: 0.1 }),
    ],
    pan: -0.3,
  },
  congahi: hand(222, 0.42, -0.3, 0.35),
  congalo: hand(163, 0.52, -0.4, 0.3),
  timbhi: shell(340, 0.5, 0.25),
  timblo: shell(248, 0.65, 0.35),
  agohi: agogo(880, -0.2),
  agolo: agogo(622, -0.3),
  cabasa: {
    layers: [noise({ taps: 5, spacing: 0.0085, decay: 0.06, mode: 'bandpass', cutoff: 7800, resonance: 0.12 })],
    pan: 0.5,
  },
  maracas: {
    layers: [noise({ taps: 2, spacing: 0.012, decay: 0.045, mode: 'bandpass', cutoff: 5600, resonance: 0.3 })],
    pan: -0.5,
  },
  whistle: whistle(0.12, 0),
  whistlel: whistle(0.5, -2),
  guiro: scrape(0.14, 40),
  guirol: scrape(0.48, 30),
  claves: bar(2500, 0.13, -0.15, 'xylophone'),
  blockhi: bar(980, 0.1, 0.45),
  blocklo: bar(660, 0.13, 0.55),
  cuicam: cuica(5, 0.14, -4),
  cuica: cuica(0, 0.4, 7),
  trim: triangle(0.15),
  tri: triangle(2.4),
}
