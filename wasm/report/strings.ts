// Figures of strings, struck bodies and blown pipes: pitch and decay (Node).
import { UnitRig } from '../test/units/rig.ts'
import { decibels, exactHz, noteHz, rms, toneAmplitude } from '../test/units/spectrum.ts'
import { ALL_RATES, NOTE, type Depth, type Row } from './row.ts'

const PART = 'Strings and bodies'
type Settings = Readonly<Record<string, number>>
function rigOf(id: string, sampleRate: number, settings: Settings): UnitRig {
  const rig = new UnitRig(id, sampleRate)
  for (const [param, value] of Object.entries(settings)) rig.set(param, value)
  return rig
}
const cents = (signal: Float32Array, want: number, sampleRate: number): number =>
  Math.abs(1200 * Math.log2(exactHz(signal, want, sampleRate) / want))

/** The plucked string alone. */
const BARE = { body: 0, sympathy: 0, noise: 0, stiffness: 0, release: 30 }

interface TuningOf {
  readonly id: string
  readonly unit: string
  readonly what: string
  readonly most: number
  readonly source: string
  readonly notes: readonly [low: number, high: number]
  /** Semitones between notes, short and in full. */
  readonly steps: readonly [number, number]
  readonly cases: readonly Settings[]
  readonly lanes: readonly [number, number, number, number]
  /** Before it is measured, and while. */
  readonly seconds: readonly [number, number]
  /** RMS that it must have, and the share of the fundamental in it: a pitch read from something else is none. */
  readonly sounding: readonly [rms: number, share: number]
}
const tuning = (of: TuningOf): Row => ({
  id: of.id,
  part: PART,
  what: of.what,
  unit: 'cents',
  bar: { most: of.most },
  source: of.source,
  rates: ALL_RATES,
  measure: ({ sampleRate, whole }) => {
    const [low, high] = of.notes
    const errors = new Map<number, number>()
    for (let note = low; note <= high; note += of.steps[whole ? 1 : 0])
      for (const settings of of.cases) {
        const pitches = of.lanes.map((lane) => note + lane) as [number, number, number, number]
        const rig = rigOf(of.unit, sampleRate, settings).pitch(pitches).start()
        rig.render(Math.round(sampleRate * of.seconds[0]))
        rig.render(Math.round(sampleRate * of.seconds[1]))[0].forEach((signal, lane) => {
          const pitch = pitches[lane]
          if (pitch > high) return
          const level = rms(signal)
          const fundamental = toneAmplitude(signal, noteHz(pitch), sampleRate, 12)
          const sounds = level > of.sounding[0] && fundamental > of.sounding[1] * level
          const error = sounds ? cents(signal, noteHz(pitch), sampleRate) : Infinity
          errors.set(pitch, Math.max(errors.get(pitch) ?? 0, error))
        })
      }
    const points = [...errors].sort(([a], [b]) => a - b)
    return {
      value: Math.max(...errors.values()),
      plot: { x: NOTE, y: { label: 'Pitch error', unit: 'cents' }, lines: [{ label: 'largest error', points }] },
    }
  },
})

/** Relative error of the time to -60 dB. */
type Decays = (depth: Depth) => number[]
const decay = (id: string, what: string, most: number, source: string, errors: Decays): Row => ({
  id,
  part: PART,
  what,
  unit: '%',
  bar: { most },
  source,
  rates: ALL_RATES,
  measure: (depth) => ({ value: 100 * Math.max(...errors(depth).map(Math.abs)) }),
})

/** Seconds in which a partial falls by 60 dB, from its level in two windows of `n` frames. */
function t60(signal: Float32Array, hz: number, sampleRate: number, [from, to]: readonly [number, number], n: number) {
  const level = (at: number): number => decibels(toneAmplitude(signal.subarray(at, at + n), hz, sampleRate, 12))
  return (60 * (to - from)) / sampleRate / (level(from) - level(to))
}
const periods = (hz: number, sampleRate: number, count: number): number => Math.round((sampleRate / hz) * count)

const stringDecay: Decays = ({ sampleRate }) =>
  [33, 57, 81].flatMap((note) =>
    [0.5, 2, 6].map((seconds) => {
      const rig = rigOf('string', sampleRate, { decay: seconds, brightness: 0.4 }).pitch(note).start()
      const signal = rig.render(Math.round(sampleRate * (seconds * 0.7 + 0.3)))[0][0]
      const hz = noteHz(note)
      const from = sampleRate / 10
      const to = from + Math.round(sampleRate * seconds * 0.6)
      return t60(signal, hz, sampleRate, [from, to], periods(hz, sampleRate, Math.ceil(hz * 0.06))) / seconds - 1
    }),
  )

const pluckDecay: Decays = ({ sampleRate, whole }) =>
  (whole ? [28, 45, 64, 84] : [28, 64]).flatMap((note) =>
    [0.8, 3, 10].flatMap((seconds) =>
      [0.1, 0.4, 0.8].flatMap((damping) => {
        const hz = noteHz(note)
        const settings = { ...BARE, decay: seconds, damping, position: 0.11, hardness: 1 }
        const rig = rigOf('pluck', sampleRate, settings).pitch(note).start()
        const signal = rig.render(Math.round(sampleRate * 1.6))[0][0]
        const top = Math.max(5000, 4 * hz) / hz
        return [1, Math.round(Math.sqrt(top)), Math.round(top)].flatMap((harmonic) => {
          const wanted = seconds * harmonic ** -damping
          if (wanted < 0.12) return []
          const from = Math.round(sampleRate * 0.03)
          // Whole periods: a harmonic of a pulse falls in steps.
          const to = from + periods(hz, sampleRate, Math.round(hz * Math.min(wanted * 0.5, 1.2)))
          const n = periods(hz, sampleRate, Math.max(6, Math.ceil(hz * 0.08)))
          return [t60(signal, hz * harmonic, sampleRate, [from, to], n) / wanted - 1]
        })
      }),
    ),
  )

/** Place of the body with harmonic modes. */
const HARMONIC_BODY = 8
const modalDecay: Decays = ({ sampleRate }) =>
  [0.1, 2, 20].flatMap((seconds) =>
    [0, 0.5].flatMap((damping) => {
      const notes = [33, 57, 81, 93] as const
      const settings = { body: HARMONIC_BODY, modes: 4, tracking: 0, hardness: 1, position: 0.2, noise: 0 }
      const rig = rigOf('modal', sampleRate, { ...settings, decay: seconds, damping })
        .pitch(notes)
        .start()
      const [from, to] = [0.02, 0.02 + Math.min(seconds * 0.35, 0.6)].map((t) => Math.round(t * sampleRate))
      const lanes = rig.render(to + sampleRate / 2)[0]
      return notes.flatMap((note, lane) =>
        [1, 2, 3].flatMap((harmonic) => {
          if (seconds === 0.1 && (note < 50 || damping > 0)) return [] // too short for the window that tells modes apart
          const hz = noteHz(note) * harmonic
          const n = periods(hz, sampleRate, Math.ceil(Math.max(hz * 0.04, 24)))
          return [t60(lanes[lane], hz, sampleRate, [from, to], n) / (seconds * harmonic ** (-2 * damping)) - 1]
        }),
      )
    }),
  )

/** Bow and winds: place of the model, the lowest note and a highest three octaves and more above. */
const BLOWN = [
  ['bow', 'Bowed string', {}, 36, 93],
  ['wind', 'Clarinet', { model: 0 }, 50, 91],
  ['wind', 'Saxophone', { model: 1 }, 49, 88],
  ['wind', 'Flute', { model: 2 }, 60, 96],
  ['wind', 'Brass', { model: 3 }, 46, 86],
] as const

const STRINGS_SOURCE = 'Jaffe and Smith 1983; Välimäki 1996'
export const STRINGS: readonly Row[] = [
  tuning({
    id: 'string-tuning',
    unit: 'string',
    what: 'String, bright and dark: largest pitch error, A0 to C7',
    most: 0.5,
    source: STRINGS_SOURCE,
    notes: [21, 96],
    steps: [15, 1],
    cases: [0.3, 0.6, 1].map((brightness) => ({ brightness, decay: 8 })),
    lanes: [0, 0.25, 0.5, 0.75],
    seconds: [0.2, 0.5],
    sounding: [1e-7, 0.001],
  }),
  decay(
    'string-decay',
    'String: error of the decay time of the fundamental, 0.5 to 6 s',
    5,
    STRINGS_SOURCE,
    stringDecay,
  ),
  tuning({
    id: 'pluck-tuning',
    unit: 'pluck',
    what: 'Plucked string, nylon to steel, stiff or not: largest pitch error, A0 to C7',
    most: 0.5,
    source: STRINGS_SOURCE,
    notes: [21, 96],
    steps: [15, 1],
    cases: [
      [0.1, 0],
      [0.5, 0.1],
      [0.9, 0.5],
    ].map(([damping, stiffness]) => ({ ...BARE, damping, stiffness, decay: 6 })),
    lanes: [0, 0.25, 0.5, 0.75],
    seconds: [0.2, 0.5],
    sounding: [1e-7, 0.001],
  }),
  decay(
    'pluck-decay',
    'Plucked string: error of the decay time of three bands, the note to 5 kHz, 0.8 to 10 s',
    5,
    STRINGS_SOURCE,
    pluckDecay,
  ),
  tuning({
    id: 'modal-tuning',
    unit: 'modal',
    what: 'Struck body: largest pitch error of the mode of the note, A0 to A7',
    most: 0.1,
    source: 'Mathews and Smith 2003',
    notes: [21, 105],
    steps: [12, 1],
    cases: [{ modes: 1, decay: 10, noise: 0 }],
    lanes: [0, 0.37, 1.11, 2.93],
    seconds: [0.02, 0.5],
    sounding: [1e-7, 0.001],
  }),
  decay(
    'modal-decay',
    'Struck body: error of the decay time of three modes, damped or not, 0.1 to 20 s',
    1,
    'Mathews and Smith 2003; van den Doel',
    modalDecay,
  ),
  {
    id: 'modal-bounded',
    part: PART,
    what: 'Struck body, all bodies: peak while pitch, stretch and damping jump every 8 frames',
    unit: '',
    bar: { most: 6 },
    source: 'two-pole resonators in coupled form',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (let body = 0; body <= HARMONIC_BODY; body++) {
        const rig = rigOf('modal', sampleRate, { body, modes: 64, decay: 30 }).pitch(60).start()
        let count = 0
        const wild = rig.render(24_000, {
          cut: 8,
          before: () => {
            count++
            rig.pitch([20 + ((count * 37) % 100), 60 + 24 * Math.sin(count), 110, 30])
            rig.set('stretch', ((count * 13) % 11) / 11 - 0.5).set('damping', (count % 7) / 7)
          },
        })[0]
        for (const lane of wild) for (const v of lane) value = Math.max(value, Math.abs(v))
        rig.set('decay', 0.1).set('stretch', 0).set('damping', 0).set('tracking', 0)
        rig.render(Math.round(0.3 * sampleRate))
        if (rig.render(480)[0].some((lane) => rms(lane) > 1e-4)) return { value: Infinity } // it must fall silent afterwards
      }
      return { value }
    },
  },
  ...BLOWN.map(([unit, name, settings, low, high]) =>
    tuning({
      id: `${name.toLowerCase().replace(' ', '-')}-tuning`,
      unit,
      what: `${name}, soft and loud: largest pitch error, over three octaves and more`,
      most: 5,
      source: 'Smith, digital waveguides; tuned by measurement',
      notes: [low, high],
      steps: [22, 1],
      cases: [0.25, 0.55, 0.9].map((pressure) => ({ ...settings, ...(unit === 'bow' ? { body: 0 } : {}), pressure })),
      lanes: [0, 1.5, 3.3, 5],
      seconds: [0.6, 0.3],
      sounding: [0.01, 0.25],
    }),
  ),
]
