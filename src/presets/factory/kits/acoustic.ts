// Factory kit: an acoustic set, from the modes of skins, plates and bars and the noise of wires, beads and hands (Node).
import { HAND } from './acousticHand.ts'
import { at, bar, body, noise, tone, type Values } from './acousticParts.ts'
import { layer, type KitSketch, type PadSketch } from './kitSketch.ts'

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

/** `bright` 1: struck with the tip; less: as the pedal shuts it. */
const hat = (seconds: number, wash: number, bright = 1): PadSketch => ({
  layers: [
    body(
      seconds,
      {
        body: 'plate',
        tune: at(610 * bright),
        modes: 96,
        damping: 0.08,
        brightness: 0.8 * bright,
        position: 0.1,
        hardness: 0.9 * bright,
        noise: 0.6,
        spread: 0.3,
        level: 0.5,
      },
      { filter: { mode: 'highpass', slope: '24', cutoff: 3800 * bright, resonance: 0.1 } },
    ),
    layer('metal', {
      level: wash,
      frequency: 870 * bright,
      spread: 1.4,
      noise: 0.7 * bright,
      tone: 9000 * bright,
      width: 3 * bright,
      highpass: 5000 * bright,
      decay: seconds,
    }),
  ],
  pan: 0.2,
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
  voices: 13,
  effects: [
    ['saturation', { drive: 5, mix: 0.8 }],
    ['plate', { decay: 0.5, mix: 0.07 }],
  ],
  pads: {
    ...HAND,
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
    hatp: hat(0.055, 0.5, 0.5),
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
    splash: cymbal(0.7, { low: 420, bright: 0.8, wash: 0.5, washTone: 8000 }, -0.2),
    crashb: cymbal(2, { low: 265, bright: 0.85, wash: 0.55, washTone: 8200 }, 0.45, { stretch: 0.08 }),
    rideb: cymbal(1.8, { low: 250, bright: 0.5, wash: 0.22, washTone: 5200, stick: 0.45 }, 0.55, { stretch: -0.08 }),
  },
}
