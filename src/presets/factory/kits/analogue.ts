// Factory kit: drums as analogue machines of the early eighties made them, every one from its circuit's idea (Node).
import { layer, type KitSketch, type PadSketch } from './kitSketch.ts'

const noise = (values: Record<string, number | string>) => layer('drumnoise', values)
const tone = (values: Record<string, number | string>) => layer('drumtone', values)
const metal = (values: Record<string, number | string>) => layer('metal', values)

const tom = (frequency: number, decay: number, pan: number): PadSketch => ({
  layers: [
    tone({ frequency, sweep: 7, sweepTime: 0.05, decay, shape: 0.2, click: 0.1, clickTone: 1800, hold: 0.01 }),
    noise({ level: 0.12, decay: decay * 0.6, mode: 'lowpass', cutoff: frequency * 9 }),
  ],
  pan,
})

const conga = (frequency: number, decay: number, pan: number): PadSketch => ({
  layers: [tone({ frequency, sweep: 4, sweepTime: 0.012, decay, shape: 0.1, click: 0.18, clickTone: 2500, hold: 0 })],
  pan,
})

const hat = (decay: number, more: Record<string, number> = {}): PadSketch => ({
  layers: [metal({ frequency: 330, tone: 9500, width: 2, highpass: 7200, noise: 0.1, decay, ...more })],
  pan: 0.15,
})

const block = (frequency: number, decay: number, pan: number): PadSketch => ({
  layers: [
    tone({ frequency, sweep: 2, sweepTime: 0.004, decay, shape: 0.35, click: 0.2, clickTone: 5000, hold: 0 }),
    tone({ level: 0.4, frequency: frequency * 1.53, sweep: 0, decay: decay * 0.7, shape: 0, click: 0, hold: 0 }),
  ],
  pan,
})

const whistle = (decay: number, glide: number): PadSketch => ({
  layers: [
    layer(
      'square',
      { tune: 36, level: 0.5 },
      {
        filter: { mode: 'lowpass', slope: '24', cutoff: 3200, resonance: 0.2 },
        env: { attack: 0.008, hold: decay, decay: 0.06, sustain: 0 },
        bend: glide,
      },
    ),
    layer(
      'white',
      { level: 0.25 },
      {
        filter: { mode: 'bandpass', slope: '12', cutoff: 2600, resonance: 0.7 },
        env: { attack: 0.01, hold: decay, decay: 0.05, sustain: 0 },
      },
    ),
  ],
  trill: [28, 0.7],
  pan: -0.4,
  voices: 1,
})

const guiro = (seconds: number, rate: number): PadSketch => ({
  layers: [
    layer(
      'white',
      { level: 0.8 },
      {
        filter: { mode: 'bandpass', slope: '12', cutoff: 3400, resonance: 0.55 },
        beat: ['saw', rate],
        env: { attack: seconds * 0.5, hold: seconds * 0.3, decay: seconds * 0.2, sustain: 0 },
      },
    ),
  ],
  pan: 0.45,
  voices: 1,
})

const cuica = (tune: number, seconds: number, bend: number): PadSketch => ({
  layers: [
    layer(
      'triangle',
      { tune, level: 0.9 },
      {
        filter: { mode: 'bandpass', slope: '12', cutoff: 900, resonance: 0.3 },
        env: { attack: 0.025, hold: 0.02, decay: seconds, sustain: 0 },
        bend,
      },
    ),
  ],
  pan: -0.5,
  voices: 2,
})

const agogo = (frequency: number, pan: number): PadSketch => ({
  layers: [
    metal({
      frequency,
      count: 2,
      spread: 1.05,
      noise: 0,
      tone: frequency * 2.2,
      width: 2.5,
      highpass: 500,
      decay: 0.45,
    }),
  ],
  pan,
})

const triangle = (decay: number): PadSketch => ({
  layers: [
    metal({ frequency: 1480, count: 4, spread: 0.9, noise: 0, tone: 7400, width: 1.6, highpass: 4200, decay }),
    tone({ level: 0.4, frequency: 1995, sweep: 0, decay: decay * 0.8, shape: 0, click: 0, hold: 0 }),
  ],
  pan: 0.55,
  voices: 2,
})

export const ANALOGUE: KitSketch = {
  id: 'circuit-kit',
  name: 'Circuit kit',
  tags: ['kit', 'analogue', 'machine', 'deep', 'synthetic'],
  description:
    'A drum machine of decaying sines, noise and six squares: long booming kick, crackling claps, ticking hats.',
  voices: 16,
  effects: [['saturation', { drive: 4, mix: 0.8 }]],
  pads: {
    kickb: {
      layers: [
        tone({
          frequency: 41,
          sweep: 14,
          sweepTime: 0.03,
          decay: 2.2,
          shape: 0.05,
          click: 0.06,
          clickTone: 1200,
          hold: 0.03,
        }),
      ],
      voices: 1,
    },
    kick: {
      layers: [
        tone({
          frequency: 50,
          sweep: 26,
          sweepTime: 0.014,
          decay: 0.85,
          shape: 0.12,
          click: 0.25,
          clickTone: 3200,
          hold: 0.02,
        }),
      ],
      voices: 2,
    },
    stick: {
      layers: [
        tone({ frequency: 1720, sweep: 0, decay: 0.045, shape: 0.1, click: 0.35, clickTone: 6000, hold: 0 }),
        tone({ level: 0.55, frequency: 480, sweep: 3, sweepTime: 0.004, decay: 0.05, shape: 0.3, click: 0, hold: 0 }),
      ],
      pan: -0.1,
    },
    snare: {
      layers: [
        tone({
          frequency: 178,
          sweep: 10,
          sweepTime: 0.012,
          decay: 0.16,
          head: 0.6,
          shape: 0.1,
          click: 0.2,
          clickTone: 4000,
          hold: 0,
        }),
        noise({ level: 0.85, decay: 0.24, mode: 'highpass', cutoff: 1500, resonance: 0.05 }),
      ],
    },
    clap: {
      layers: [
        noise({ taps: 4, spacing: 0.0105, decay: 0.21, mode: 'bandpass', cutoff: 1150, resonance: 0.28 }),
        noise({ level: 0.25, taps: 3, spacing: 0.0105, decay: 0.12, mode: 'highpass', cutoff: 3500 }),
      ],
      pan: 0.1,
    },
    snareb: {
      layers: [
        tone({
          frequency: 246,
          sweep: 18,
          sweepTime: 0.02,
          decay: 0.11,
          shape: 0.4,
          click: 0.3,
          clickTone: 5000,
          hold: 0,
        }),
        noise({ level: 0.9, decay: 0.36, mode: 'bandpass', cutoff: 3300, resonance: 0.12 }),
      ],
    },
    floorlo: tom(72, 0.75, -0.4),
    hatc: hat(0.075),
    floorhi: tom(86, 0.68, -0.3),
    hatp: hat(0.05, { frequency: 285, tone: 7000, highpass: 4800, noise: 0.25 }),
    tomlo: tom(106, 0.6, -0.15),
    hato: hat(0.62, { noise: 0.14 }),
    tommid: tom(131, 0.52, 0),
    tomhim: tom(160, 0.46, 0.15),
    crash: {
      layers: [metal({ frequency: 390, spread: 1.35, noise: 0.5, tone: 6500, width: 3.2, highpass: 2800, decay: 2.1 })],
      pan: -0.35,
      voices: 2,
    },
    tomhi: tom(196, 0.4, 0.3),
    ride: {
      layers: [
        metal({
          frequency: 445,
          spread: 1.1,
          noise: 0,
          tone: 4900,
          width: 1,
          highpass: 3300,
          decay: 1.9,
        }),
        tone({ level: 0.45, frequency: 1850, sweep: 0, decay: 0.16, shape: 0.2, click: 0.3, clickTone: 9000, hold: 0 }),
      ],
      pan: 0.35,
      voices: 2,
    },
    china: {
      layers: [
        metal({ frequency: 255, spread: 1.8, noise: 0.35, tone: 3600, width: 2.4, highpass: 1300, decay: 1.15 }),
      ],
      pan: -0.5,
      voices: 2,
    },
    ridebell: {
      layers: [
        metal({ frequency: 615, count: 3, spread: 1.2, noise: 0, tone: 3300, width: 2.6, highpass: 1100, decay: 1.1 }),
      ],
      pan: 0.35,
      voices: 2,
    },
    tamb: {
      layers: [
        noise({ level: 0.6, taps: 3, spacing: 0.022, decay: 0.16, mode: 'highpass', cutoff: 7500 }),
        metal({ level: 0.6, frequency: 760, noise: 0.1, tone: 10500, width: 1.2, highpass: 8500, decay: 0.2 }),
      ],
      pan: -0.25,
    },
    splash: {
      layers: [metal({ frequency: 560, spread: 1.3, noise: 0.4, tone: 8500, width: 2.6, highpass: 4200, decay: 0.55 })],
      pan: -0.2,
      voices: 2,
    },
    cowbell: {
      layers: [metal({ frequency: 540, count: 2, noise: 0, tone: 1150, width: 2.4, highpass: 350, decay: 0.42 })],
      pan: 0.2,
    },
    crashb: {
      layers: [metal({ frequency: 470, spread: 1.5, noise: 0.6, tone: 8200, width: 2.8, highpass: 3600, decay: 1.6 })],
      pan: 0.4,
      voices: 2,
    },
    vibra: {
      layers: [
        layer(
          'white',
          { level: 0.9 },
          {
            filter: { mode: 'bandpass', slope: '12', cutoff: 2300, resonance: 0.75 },
            beat: ['saw', 24],
            env: { attack: 0.002, hold: 0, decay: 1.1, sustain: 0 },
          },
        ),
        tone({
          level: 0.25,
          frequency: 1500,
          sweep: 0,
          decay: 0.04,
          shape: 0.5,
          click: 0.05,
          clickTone: 4000,
          hold: 0,
        }),
      ],
      pan: -0.45,
      voices: 2,
    },
    rideb: {
      layers: [
        metal({ frequency: 520, spread: 0.85, noise: 0.12, tone: 6400, width: 1.8, highpass: 3800, decay: 1.9 }),
        tone({ level: 0.2, frequency: 980, sweep: 0, decay: 0.1, shape: 0.4, click: 0.4, clickTone: 7000, hold: 0 }),
      ],
      pan: 0.5,
      voices: 2,
    },
    bongohi: conga(420, 0.13, 0.3),
    bongolo: conga(315, 0.17, 0.4),
    congam: {
      layers: [
        tone({
          frequency: 250,
          sweep: 6,
          sweepTime: 0.006,
          decay: 0.1,
          shape: 0.15,
          click: 0.25,
          clickTone: 2100,
          hold: 0,
        }),
        noise({ level: 0.3, decay: 0.03, mode: 'bandpass', cutoff: 1500 }),
      ],
      pan: -0.3,
    },
    congahi: conga(238, 0.34, -0.3),
    congalo: conga(176, 0.42, -0.4),
    timbhi: {
      layers: [
        tone({
          frequency: 355,
          sweep: 3,
          sweepTime: 0.01,
          decay: 0.35,
          head: 0.8,
          shape: 0.3,
          click: 0.4,
          clickTone: 5000,
          hold: 0,
        }),
        metal({ level: 0.2, frequency: 700, count: 4, noise: 0, tone: 4200, width: 2, highpass: 2000, decay: 0.2 }),
      ],
      pan: 0.25,
    },
    timblo: {
      layers: [
        tone({
          frequency: 262,
          sweep: 3,
          sweepTime: 0.012,
          decay: 0.5,
          head: 0.8,
          shape: 0.3,
          click: 0.4,
          clickTone: 3800,
          hold: 0,
        }),
        metal({ level: 0.16, frequency: 520, count: 4, noise: 0, tone: 3100, width: 2, highpass: 1500, decay: 0.25 }),
      ],
      pan: 0.35,
    },
    agohi: agogo(905, -0.2),
    agolo: agogo(655, -0.3),
    cabasa: {
      layers: [noise({ taps: 2, spacing: 0.03, decay: 0.075, mode: 'highpass', cutoff: 6200, resonance: 0.2 })],
      pan: 0.5,
    },
    maracas: { layers: [noise({ decay: 0.05, mode: 'highpass', cutoff: 4600, resonance: 0.35 })], pan: -0.5 },
    whistle: whistle(0.13, 0),
    whistlel: whistle(0.55, -3),
    guiro: guiro(0.16, 38),
    guirol: guiro(0.52, 26),
    claves: {
      layers: [
        layer('sine', { tune: 39 }, { env: { attack: 0, decay: 0.075, sustain: 0 } }),
        noise({ level: 0.1, decay: 0.01, mode: 'bandpass', cutoff: 5000 }),
      ],
      pan: -0.15,
    },
    blockhi: block(1060, 0.07, 0.45),
    blocklo: block(710, 0.085, 0.55),
    cuicam: cuica(7, 0.12, -5),
    cuica: cuica(2, 0.34, 9),
    trim: triangle(0.12),
    tri: triangle(1.6),
  },
}
