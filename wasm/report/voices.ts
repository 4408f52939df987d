// Figures of what shapes a voice: filters, envelopes, strings, struck bodies, grains (Node).
import { recording } from '../test/units/samples.ts'
import { UnitRig } from '../test/units/rig.ts'
import { decibels, exactHz, fft, noteHz, toneAmplitude } from '../test/units/spectrum.ts'
import { DECIBELS, HERTZ, logSteps, type Row } from './row.ts'

const PART = 'Voices'
/** Time constants in an exponential decay, as dsp/envelope.h says. */
const CURVATURE = 5
const RATE = 48_000

/** |H| of one trapezoidal low-pass section at `hz`. */
function lowpass(hz: number, cutoffHz: number, q: number): number {
  const w = Math.tan((Math.PI * hz) / RATE) / Math.tan((Math.PI * cutoffHz) / RATE)
  return 1 / Math.hypot(1 - w * w, w / q)
}

function magnitudeOf(rig: UnitRig, size: number): Float64Array {
  const h = rig.render(size, { input: (frame) => (frame === 0 ? 1 : 0) })[0][0]
  const [re, im] = [Float64Array.from(h), new Float64Array(size)]
  fft(re, im)
  return re.map((v, k) => Math.hypot(v, im[k]))
}

const cents = (hz: number, want: number): number => Math.abs(1200 * Math.log2(hz / want))

export const VOICES: readonly Row[] = [
  {
    id: 'svf-response',
    part: PART,
    what: 'State-variable filter, low-pass 12 dB: magnitude against its digital transfer function',
    unit: 'dB',
    bar: { most: 0.01 },
    source: 'Zavalishin 2018; Simper 2013',
    measure: () => {
      const size = 1 << 15
      let value = 0
      const lines = [200, 1000, 5000].map((cutoff) => {
        const points: [number, number][] = []
        for (const resonance of [0, 0.5]) {
          const rig = new UnitRig('svf')
            .set('mode', 0)
            .set('slope', 0)
            .set('cutoff', cutoff)
            .set('resonance', resonance)
          const measured = magnitudeOf(rig.start(), size)
          for (const hz of logSteps(20, 20_000, 120)) {
            const k = Math.round((hz * size) / RATE)
            const want = lowpass((k * RATE) / size, cutoff, 0.5 * 2 ** (6 * resonance))
            if (want > 1e-4) value = Math.max(value, Math.abs(decibels(measured[k] / want)))
            if (resonance > 0) points.push([(k * RATE) / size, decibels(measured[k])])
          }
        }
        return { label: `${cutoff} Hz`, points }
      })
      return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
    },
  },
  {
    id: 'env-decay',
    part: PART,
    what: 'Envelope: level of an exponential decay against its formula, share of the peak',
    unit: '%',
    bar: { most: 0.01 },
    source: 'exact exponential segments',
    measure: () => {
      const [attack, decay, sustain] = [0.01, 0.4, 0.25]
      const rig = new UnitRig('env').set('curve', 1).set('velocity', 0)
      rig.set('attack', attack).set('decay', decay).set('sustain', sustain)
      const out = rig.start().render(RATE)[0][0]
      // Over its time the segment goes through five time constants, stretched to end where it says.
      const fall = (u: number): number => -Math.expm1(-CURVATURE * u) / -Math.expm1(-CURVATURE)
      let value = 0
      for (let n = attack * RATE; n < (attack + decay) * RATE; n += 24) {
        const want = 1 - (1 - sustain) * fall((n - attack * RATE) / (decay * RATE))
        value = Math.max(value, Math.abs(out[n] - want))
      }
      const points = Array.from({ length: 100 }, (_, i): [number, number] => [(i * 480) / RATE, out[i * 480]])
      return {
        value: 100 * value,
        plot: {
          x: { label: 'Time', unit: 's' },
          y: { label: 'Level', unit: '' },
          lines: [{ label: 'attack, decay', points }],
        },
      }
    },
  },
  ...(['string', 'pluck'] as const).map((id): Row => ({
    id: `${id}-tuning`,
    part: PART,
    what: `${id === 'string' ? 'String' : 'Plucked string'}: largest pitch error, A0 to C7`,
    unit: 'cents',
    bar: { most: 0.5 },
    source: 'Jaffe and Smith 1983; Välimäki 1996',
    measure: () => {
      const points: [number, number][] = []
      for (let note = 21; note <= 96; note += 3) {
        const rig = new UnitRig(id).pitch(note).set('decay', 8).start()
        rig.render(RATE / 5)
        points.push([note, cents(exactHz(rig.render(RATE)[0][0], noteHz(note), RATE), noteHz(note))])
      }
      return {
        value: Math.max(...points.map(([, error]) => error)),
        plot: {
          x: { label: 'Note', unit: '' },
          y: { label: 'Pitch error', unit: 'cents' },
          lines: [{ label: 'error', points }],
        },
      }
    },
  })),
  {
    id: 'modal-tuning',
    part: PART,
    what: 'Struck body: largest pitch error of the mode of the note, A0 to A7',
    unit: 'cents',
    bar: { most: 0.1 },
    source: 'Mathews and Smith 2003',
    measure: () => {
      let value = 0
      for (let note = 21; note <= 105; note += 6) {
        const rig = new UnitRig('modal').pitch(note).set('modes', 1).set('decay', 10).set('noise', 0).start()
        rig.render(960)
        value = Math.max(value, cents(exactHz(rig.render(RATE / 2)[0][0], noteHz(note), RATE), noteHz(note)))
      }
      return { value }
    },
  },
  {
    id: 'modal-decay',
    part: PART,
    what: 'Struck body: error of the time in which a mode falls by 60 dB, 2 s',
    unit: '%',
    bar: { most: 1 },
    source: 'two-pole resonators',
    measure: () => {
      let value = 0
      for (const note of [33, 57, 81, 93]) {
        const hz = noteHz(note)
        const rig = new UnitRig('modal').pitch(note).set('body', 8).set('modes', 4).set('tracking', 0)
        rig.set('hardness', 1).set('position', 0.2).set('noise', 0).set('decay', 2).set('damping', 0)
        const out = rig.start().render(2 * RATE)[0][0]
        const n = Math.round((RATE / hz) * Math.ceil(Math.max(hz * 0.04, 24)))
        const level = (at: number): number => decibels(toneAmplitude(out.subarray(at, at + n), hz, RATE, 12))
        const seconds = (60 * 24_000) / RATE / (level(960) - level(24_960))
        value = Math.max(value, 100 * Math.abs(seconds / 2 - 1))
      }
      return { value }
    },
  },
  {
    id: 'grain-ripple',
    part: PART,
    what: 'Granular: ripple of overlapping grains of a constant',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Roads 2001',
    measure: () => {
      const constant = recording(96_000, () => 0.5)
      let value = 0
      for (const [density, size] of [
        [20, 0.1],
        [50, 0.08],
        [80, 0.2],
      ]) {
        const rig = new UnitRig('granular').sample(constant).pitch(60).set('density', density).set('size', size)
        for (const id of ['spray', 'jitter', 'spread', 'scan']) rig.set(id, 0)
        const steady = rig.set('position', 0.3).start().render(24_000)[0][0].subarray(12_000)
        value = Math.max(value, decibels(Math.max(...steady) / Math.min(...steady)))
      }
      return { value }
    },
  },
]
