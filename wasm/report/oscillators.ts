// Figures of the oscillators: alias, harmonics, purity, side bands, noise, loudness of unison (Node).
import { bessel } from '../test/effects/reference.ts'
import { UnitRig } from '../test/units/rig.ts'
import { decibels, magnitudes, noteHz, rms, toneAmplitude, worstAlias } from '../test/units/spectrum.ts'
import { DECIBELS, HERTZ, spectrumPoints, type Row } from './row.ts'

const PART = 'Oscillators'
const RATE = 48_000
/** 27.5 Hz to C9. */
const NOTES = [21, 33.1, 45.4, 57.3, 69, 84.1, 96.3, 108, 119.9, 120]

const frames = (hz: number): number => (hz < 120 ? 1 << 17 : 1 << 15)
function tone(id: string, note: number, settings: Readonly<Record<string, number>> = {}): Float32Array {
  const rig = new UnitRig(id).pitch(note)
  for (const [param, value] of Object.entries(settings)) rig.set(param, value)
  return rig.start().render(frames(noteHz(note)))[0][0]
}
const spectrumOf = (signal: Float32Array, hz: number): [number, number][] =>
  spectrumPoints(magnitudes(signal), RATE, toneAmplitude(signal, hz, RATE))

const alias = (id: string, most: number, settings?: Readonly<Record<string, number>>, notes = NOTES): Row => ({
  id: `${id}-alias`,
  part: PART,
  what: `${id[0].toUpperCase()}${id.slice(1)}: loudest component below 20 kHz that is no harmonic, 27.5 Hz to ${notes.at(-1) === 120 ? 'C9' : 'A5'}`,
  unit: 'dB',
  bar: { most },
  source: 'Stilson and Smith 1996; mip wavetables with cubic segments',
  measure: () => {
    const value = Math.max(...notes.map((note) => worstAlias(tone(id, note, settings), noteHz(note), RATE).db))
    const shown = [45.4, 84.1].map((note) => ({
      label: `${noteHz(note).toFixed(0)} Hz`,
      points: spectrumOf(tone(id, note, settings), noteHz(note)),
    }))
    return { value, plot: { x: HERTZ, y: DECIBELS, lines: shown } }
  },
})

const sideBands: Row = {
  id: 'fm-side-bands',
  part: PART,
  what: 'Six-operator FM: side bands against Bessel functions of the index, to index 10',
  unit: 'dB',
  bar: { most: 0.05 },
  source: 'Chowning 1973',
  measure: () => {
    const [note, ratio] = [74.3, 0.347]
    const hz = noteHz(note)
    let value = 0
    let points: [number, number][] = []
    for (const index of [0.5, 1, 2.5, 5, 7.5, 10]) {
      const rig = new UnitRig('fm6')
      for (let op = 1; op <= 6; op++)
        for (const [id, v] of Object.entries({
          ratio: 1,
          detune: 0,
          gain: -60,
          velocity: 0,
          sustain: 1,
          decay: 0,
          release: 0.01,
        }))
          rig.set(`${id}${op}`, v)
      rig.set('feedback', 0).set('follow', 0).set('algorithm', 4)
      rig
        .set('gain1', 0)
        .set('ratio1', 8)
        .set('gain2', decibels(index / (4 * Math.PI)))
        .set('ratio2', ratio)
      const signal = rig
        .pitch(note)
        .start()
        .render(1 << 15)[0][0]
        .subarray(1 << 14)
      for (let n = -12; n <= 12; n++) {
        const want = Math.abs(bessel(n, index)) / 3 // three carriers share the level
        if (want < 3e-4) continue
        value = Math.max(value, Math.abs(decibels(toneAmplitude(signal, hz * (8 + n * ratio), RATE) / want)))
      }
      points = spectrumPoints(magnitudes(signal), RATE, 1 / 3, -140)
    }
    return { value, plot: { x: HERTZ, y: DECIBELS, lines: [{ label: 'index 10', points }] } }
  },
}

export const OSCILLATORS: readonly Row[] = [
  alias('saw', -100),
  alias('square', -100),
  alias('triangle', -100),
  alias('pulse', -100, { width: 0.27 }),
  alias('sync', -90, undefined, [33.1, 45.4, 57.3, 69, 81]),
  {
    id: 'saw-harmonics',
    part: PART,
    what: 'Saw: harmonics to 18 kHz against 2 / (pi h), 27.5 Hz to C9',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Fourier series',
    measure: () => {
      let value = 0
      for (const note of NOTES) {
        const hz = noteHz(note)
        const signal = tone('saw', note)
        const top = Math.floor(18_000 / hz)
        for (let h = 1; h <= top; h += Math.max(1, Math.floor(top / 16)))
          value = Math.max(value, Math.abs(decibels((toneAmplitude(signal, hz * h, RATE) * Math.PI * h) / 2)))
      }
      return { value }
    },
  },
  {
    id: 'sine-thd',
    part: PART,
    what: 'Sine: distortion and noise below 20 kHz, 997 Hz',
    unit: 'dB',
    bar: { most: -130 },
    source: 'minimax polynomial of 9th order, 32-bit phase',
    measure: () => {
      const note = 69 + 12 * Math.log2(997 / 440)
      const signal = tone('sine', note)
      const mags = magnitudes(signal)
      const bin = RATE / signal.length
      const reference = toneAmplitude(signal, 997, RATE)
      let power = 0
      for (let k = 2; k * bin < 20_000; k++) if (Math.abs(k * bin - 997) > 14 * bin) power += mags[k] ** 2
      // A Kaiser window spreads noise over about 3.4 bins.
      return {
        value: 10 * Math.log10(power / 3.4 / reference ** 2),
        plot: { x: HERTZ, y: DECIBELS, lines: [{ label: '997 Hz', points: spectrumPoints(mags, RATE, reference) }] },
      }
    },
  },
  sideBands,
  {
    id: 'pink-slope',
    part: PART,
    what: 'Pink noise: distance of its slope from -3.01 dB per octave, 20 Hz to 20 kHz',
    unit: 'dB',
    bar: { most: 0.3 },
    source: 'Kellet',
    measure: () => {
      const lanes = new UnitRig('pink').start().render(1 << 18)[0]
      const size = 1 << 15
      const power = new Float64Array(size / 2 + 1)
      for (const lane of lanes)
        for (let at = 0; at + size <= lane.length; at += size)
          magnitudes(lane.subarray(at, at + size), 8).forEach((m, k) => (power[k] += m * m))
      const octaves = Array.from({ length: 10 }, (_, i) => 27.5 * 2 ** i).filter((hz) => hz * 1.42 < 20_000)
      const level = octaves.map((hz) => {
        const [from, to] = [hz / Math.SQRT2, hz * Math.SQRT2].map((edge) => Math.round((edge * size) / RATE))
        let sum = 0
        for (let k = from; k < to; k++) sum += power[k]
        return 10 * Math.log10(sum / (to - from))
      })
      const n = level.length
      const mean = level.reduce((a, b) => a + b) / n
      const slope =
        level.reduce((sum, l, i) => sum + (i - (n - 1) / 2) * (l - mean), 0) /
        level.reduce((sum, _, i) => sum + (i - (n - 1) / 2) ** 2, 0)
      const points = octaves.map((hz, i): [number, number] => [hz, level[i] - level[0]])
      return {
        value: Math.abs(slope + 10 * Math.log10(2)),
        plot: { x: HERTZ, y: DECIBELS, lines: [{ label: 'power density by octave', points }] },
      }
    },
  },
  {
    id: 'supersaw-level',
    part: PART,
    what: 'Supersaw: spread of the level over 12 seeds',
    unit: 'dB',
    bar: { most: 0.5 },
    source: 'Szabo 2010',
    measure: () => {
      // Eight seconds: the slowest beat of the default supersaw on A3 lasts two.
      const levels = Array.from({ length: 3 }, (_, i) => {
        const seeds = [1, 2, 3, 4].map((k) => Math.imul(4 * i + k, 0x9e3779b9) >>> 0)
        const rig = new UnitRig('supersaw')
          .seed(seeds as [number, number, number, number])
          .pitch(57)
          .start()
        const [left, right] = rig.render(8 * RATE)
        return left.map((lane, l) => decibels(Math.hypot(rms(lane), rms(right[l]))))
      }).flat()
      return { value: Math.max(...levels) - Math.min(...levels) }
    },
  },
]
