// Factory kit: an acoustic set, from the modes of skins, plates and bars and the noise of wires, beads and hands (Node).
import { layer, type KitSketch, type Layer, type PadSketch } from './kitSketch.ts'

type Values = Readonly<Record<string, number | string>>

const noise = (values: Values): Layer => layer('drumnoise', values)
const tone = (values: Values): Layer => layer('drumtone', values)
/** A body that rings for `seconds`; the envelope only ends the voice when nothing is left to hear. */
const body = (seconds: number, values: Values, more: Partial<Layer> = {}): Layer =>
  layer(
    'modal',
    { decay: seconds, tracking: 0, spread: 0.2, ...values },
    {
      env: { attack: 0, hold: seconds, decay: Math.max(0.02, seconds * 0.3), sustain: 0, velocity: 0.5 },
      ...more,
    },
  )
/** Semitones of a frequency above the middle C that a pad's units hear. */
const at = (frequency: number): number => Math.max(-48, Math.min(48, Math.round(12 * Math.log2(frequency / 261.63))))

const tom = (frequency: number, seconds: number, pan: number): PadSketch => ({
  layers: [
    body(seconds, {
      body: 'membrane',
      tune: at(frequency),
      modes: 14,
      damping: 0.55,
      position: 0.35,
      hardness: 0.45,
      noise: 0.2,
    }),
    tone({
      level: 0.75,
      frequency,
      sweep: 3.5,
      sweepTime: 0.06,
      decay: seconds * 0.9,
      shape: 0,
      click: 0.15,
      clickTone: 2600,
      hold: 0,
    }),
  ],
  pan,
})

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

/** Bronze: a plate of many modes, and the wash that they blur into. */
const cymbal = (
  seconds: number,
  {
    low,
    bright,
    wash,
    washTone,
    stick = 0.3,
  }: { low: number; bright: number; wash: number; washTone: number; stick?: number },
  pan: number,
  more: Values = {},
): PadSketch => ({
  layers: [
    body(seconds, {
      body: 'plate',
      tune: at(low),
      modes: 128,
      damping: 0.12,
      brightness: bright,
      position: 0.1,
      hardness: 0.95,
      noise: 0.5,
      spread: 0.6,
      level: 0.7,
      ...more,
    }),
    layer(
      'metal',
      {
        level: wash,
        frequency: low * 2.3,
        spread: 1.6,
        noise: 0.75,
        tone: washTone,
        width: 3,
        highpass: washTone * 0.4,
        decay: seconds * 0.8,
      },
      { env: { attack: 0.003, hold: seconds, decay: seconds * 0.3, sustain: 0, velocity: 0.5 } },
    ),
    noise({ level: stick, decay: 0.02, mode: 'highpass', cutoff: 7000 }),
  ],
  pan,
  voices: 2,
})

const hat = (seconds: number, wash: number, more: Values = {}): PadSketch => ({
  layers: [
    body(
      seconds,
      {
        body: 'plate',
        tune: at(610),
        modes: 96,
        damping: 0.08,
        brightness: 0.8,
        position: 0.1,
        hardness: 0.9,
        noise: 0.6,
        spread: 0.3,
        level: 0.5,
        ...more,
      },
      { filter: { mode: 'highpass', slope: '24', cutoff: 3800, resonance: 0.1 } },
    ),
    layer('metal', {
      level: wash,
      frequency: 870,
      spread: 1.4,
      noise: 0.7,
      tone: 9000,
      width: 3,
      highpass: 5000,
      decay: seconds,
    }),
  ],
  pan: 0.2,
})

const bar = (frequency: number, seconds: number, pan: number, kind = 'marimba'): PadSketch => ({
  layers: [
    body(seconds, {
      body: kind,
      tune: at(frequency),
      modes: 8,
      damping: 0.4,
      hardness: 0.75,
      noise: 0.35,
      position: 0.4,
    }),
    noise({ level: 0.12, decay: 0.012, mode: 'bandpass', cutoff: frequency * 2.5 }),
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

const snare = (frequency: number, wires: Values, seconds: number): PadSketch => ({
  layers: [
    body(0.22, {
      body: 'membrane',
      tune: at(frequency),
      modes: 24,
      damping: 0.45,
      position: 0.3,
      hardness: 0.7,
      noise: 0.3,
      level: 0.45,
    }),
    tone({
      level: 0.6,
      frequency,
      sweep: 2,
      sweepTime: 0.015,
      decay: 0.2,
      head: 0.4,
      shape: 0,
      click: 0.15,
      clickTone: 4500,
      hold: 0,
    }),
    noise({
      level: 0.95,
      taps: 2,
      spacing: 0.004,
      decay: seconds,
      mode: 'bandpass',
      cutoff: 4200,
      resonance: 0.02,
      ...wires,
    }),
  ],
})

export const ACOUSTIC: KitSketch = {
  id: 'timber-kit',
  name: 'Timber kit',
  tags: ['kit', 'acoustic', 'wooden', 'natural', 'room'],
  description: 'A drum set of maple and bronze in a small room: skins, wires and plates that ring by their own modes.',
  effects: [
    ['saturation', { drive: 5, mix: 0.8 }],
    ['plate', { decay: 0.5, mix: 0.07 }],
  ],
  pads: {
    kickb: {
      layers: [
        body(0.5, { body: 'membrane', tune: at(48), modes: 8, damping: 0.8, position: 0.9, hardness: 0.2, noise: 0.1 }),
        tone({
          level: 0.9,
          frequency: 47,
          sweep: 5,
          sweepTime: 0.04,
          decay: 0.55,
          shape: 0,
          click: 0.12,
          clickTone: 900,
          clickTime: 0.03,
          hold: 0,
        }),
      ],
      voices: 2,
    },
    kick: {
      layers: [
        body(0.32, {
          body: 'membrane',
          tune: at(59),
          modes: 10,
          damping: 0.75,
          position: 0.85,
          hardness: 0.5,
          noise: 0.2,
        }),
        tone({
          level: 0.9,
          frequency: 58,
          sweep: 9,
          sweepTime: 0.02,
          decay: 0.32,
          shape: 0.05,
          click: 0.45,
          clickTone: 3000,
          clickTime: 0.015,
          hold: 0,
        }),
      ],
      voices: 2,
    },
    stick: bar(1250, 0.07, -0.1, 'xylophone'),
    snare: snare(190, {}, 0.38),
    clap: {
      layers: [
        noise({ taps: 6, spacing: 0.007, decay: 0.13, mode: 'bandpass', cutoff: 1500, resonance: 0.15 }),
        noise({ level: 0.5, taps: 4, spacing: 0.009, decay: 0.09, mode: 'bandpass', cutoff: 2700, resonance: 0.2 }),
      ],
      pan: 0.1,
    },
    snareb: snare(262, { cutoff: 5600, mode: 'highpass' }, 0.3),
    floorlo: tom(70, 1.1, -0.4),
    hatc: hat(0.09, 0.45),
    floorhi: tom(84, 1, -0.3),
    hatp: hat(0.06, 0.3, { hardness: 0.5, brightness: 0.55, tune: at(480) }),
    tomlo: tom(102, 0.85, -0.15),
    hato: hat(0.75, 0.55),
    tommid: tom(126, 0.75, 0),
    tomhim: tom(152, 0.65, 0.15),
    crash: cymbal(2.6, { low: 210, bright: 0.75, wash: 0.6, washTone: 6000 }, -0.4),
    tomhi: tom(186, 0.55, 0.3),
    ride: cymbal(2.2, { low: 330, bright: 0.6, wash: 0.12, washTone: 7500, stick: 0.7 }, 0.35, { damping: 0.2 }),
    china: cymbal(1.4, { low: 160, bright: 0.65, wash: 0.75, washTone: 3400 }, -0.55, { stretch: 0.2 }),
    ridebell: {
      layers: [
        body(2, { body: 'bell', tune: at(690), modes: 20, damping: 0.2, hardness: 0.9, brightness: 0.6, spread: 0.4 }),
        noise({ level: 0.1, decay: 0.02, mode: 'highpass', cutoff: 6000 }),
      ],
      pan: 0.35,
      voices: 2,
    },
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
    splash: cymbal(0.7, { low: 420, bright: 0.8, wash: 0.5, washTone: 8000 }, -0.2),
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
    crashb: cymbal(2, { low: 265, bright: 0.85, wash: 0.55, washTone: 8200 }, 0.45, { stretch: 0.08 }),
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
    rideb: cymbal(1.8, { low: 250, bright: 0.5, wash: 0.22, washTone: 5200, stick: 0.45 }, 0.55, { stretch: -0.08 }),
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
  },
}
