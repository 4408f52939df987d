// Figures of what is made from tables and partials: wavetables, additive waves, FM, noise (Node).
import { bessel } from '../test/effects/reference.ts'
import { UnitRig } from '../test/units/rig.ts'
import { decibels, fft, magnitudes, noteHz, toneAmplitude, worstAlias } from '../test/units/spectrum.ts'
import { aliasRow, framesAt, rigOf, toneOf, type Settings } from './oscillators.ts'
import { ALL_RATES, DECIBELS, HERTZ, NOTE, spectrumPoints, type Row } from './row.ts'

const PART = 'Oscillators'
const POINTS = 2048

/** Frames of 2048 samples from sine amplitudes by harmonic. */
function cycles(frames: readonly ((h: number) => number)[], most: number): Float32Array {
  const out = new Float32Array(frames.length * POINTS)
  frames.forEach((law, f) => {
    for (let h = 1; h <= most; h++)
      for (let i = 0; i < POINTS; i++)
        out[f * POINTS + i] += law(h) * Math.sin((2 * Math.PI * ((h * i) % POINTS)) / POINTS)
  })
  return out
}
const saw = (h: number): number => 2 / (Math.PI * h)
/** 96 times the saw of all harmonics that 2048 samples hold. */
function fullBand(): Float32Array {
  const one = cycles([saw], POINTS / 2 - 1)
  const all = new Float32Array(one.length * 96)
  for (let f = 0; f < 96; f++) all.set(one, f * POINTS)
  return all
}
let loaded: Float32Array | undefined

/** Two-operator FM of ordinary depth: note, ratio, index, feedback. */
const FM_CASES = [
  [84.1, 14, 1, 0],
  [84.1, 3, 6, 0],
  [96.1, 2, 4, 0],
  [84.1, 1, 3, 0.4],
] as const

/** Six operators that hold their level; only those given sound. */
export function fm6(values: Settings, sampleRate = 48_000): UnitRig {
  const rig = new UnitRig('fm6', sampleRate)
  for (let op = 1; op <= 6; op++) {
    const settings = { ratio: 1, detune: 0, gain: -60, velocity: 0, sustain: 1, decay: 0, release: 0.01 }
    for (const [id, value] of Object.entries(settings)) rig.set(`${id}${op}`, value)
  }
  rig.set('feedback', 0).set('follow', 0)
  for (const [id, value] of Object.entries(values)) rig.set(id, value)
  return rig
}
/** The level of a modulator whose index is `radians`. */
export const indexDb = (radians: number): number => decibels(radians / (4 * Math.PI))

/** Mean power density per third of an octave, in dB. */
function thirds(id: string, sampleRate: number, seconds: number): { hz: number; db: number }[] {
  const n = 1 << 14
  const power = new Float64Array(n / 2)
  const rig = new UnitRig(id, sampleRate).start()
  const window = Float64Array.from({ length: n }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / n))
  rig.render(sampleRate)
  for (let at = 0; at < seconds * sampleRate; at += n) {
    for (const lane of rig.render(n)[0]) {
      const re = Float64Array.from(lane, (v, i) => v * window[i])
      const im = new Float64Array(n)
      fft(re, im)
      for (let k = 0; k < n / 2; k++) power[k] += re[k] ** 2 + im[k] ** 2
    }
  }
  const out: { hz: number; db: number }[] = []
  for (let low = 20; low * 2 ** (1 / 3) <= 20_000; low *= 2 ** (1 / 3)) {
    const from = Math.ceil((low * n) / sampleRate)
    const to = Math.max(from + 1, Math.ceil((low * 2 ** (1 / 3) * n) / sampleRate))
    let [sum, octaves] = [0, 0]
    for (let k = from; k < to; k++) {
      sum += power[k]
      octaves += Math.log2(Math.max(k, 1))
    }
    out.push({ hz: (2 ** (octaves / (to - from)) * sampleRate) / n, db: 10 * Math.log10(sum / (to - from)) })
  }
  return out
}
/** dB per octave. */
function slopeOf(points: readonly { hz: number; db: number }[]): number {
  const x = points.map((p) => Math.log2(p.hz))
  const mx = x.reduce((a, b) => a + b) / x.length
  const my = points.reduce((a, p) => a + p.db, 0) / x.length
  return x.reduce((a, v, i) => a + (v - mx) * (points[i].db - my), 0) / x.reduce((a, v) => a + (v - mx) ** 2, 0)
}
const secondsOf = (whole: boolean): number => (whole ? 60 : 12)
const noisePlot = (label: string, points: readonly { hz: number; db: number }[]) => ({
  x: HERTZ,
  y: DECIBELS,
  lines: [{ label, points: points.map(({ hz, db }): [number, number] => [hz, db - points.at(-1)!.db]) }],
})

export const TABLES: readonly Row[] = [
  aliasRow(
    {
      id: 'wavetable',
      what: 'Wavetable, its own frames',
      make: (sampleRate, note) => toneOf('wavetable', sampleRate, note, { position: note > 60 ? 2 / 7 : 4.5 / 7 }),
    },
    'as the saw; frames band-limited by FFT',
  ),
  {
    id: 'wavetable-loaded-alias',
    part: PART,
    what: 'Wavetable, 96 loaded frames with all harmonics: loudest component below 20 kHz that is no harmonic, 20 Hz to C9',
    unit: 'dB',
    bar: { most: -100 },
    source: 'as the saw; frames band-limited by FFT',
    heldAt: { 44_100: { most: -95 } },
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      loaded ??= fullBand()
      const points = (whole ? [15.487, 22.1, 30.3, 40.7, 57.3, 84.1, 108, 119.9] : [30.3, 57.3]).map(
        (note): [number, number] => {
          const rig = new UnitRig('wavetable', sampleRate)
            .wavetable(loaded!)
            .pitch(note)
            .set('position', 0.6213)
            .start()
          const signal = rig.render(framesAt(noteHz(note), sampleRate))[0][0]
          return [note, worstAlias(signal, noteHz(note), sampleRate).db]
        },
      )
      return {
        value: Math.max(...points.map(([, level]) => level)),
        plot: { x: NOTE, y: DECIBELS, lines: [{ label: 'loudest alias', points }] },
      }
    },
  },
  {
    id: 'wavetable-scan',
    part: PART,
    what: 'Wavetable: loudest component between the harmonics of C7 while its frames are scanned slowly',
    unit: 'dB',
    bar: { most: -90 },
    source: 'frames morphed per sample',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const frames = Array.from({ length: 64 }, (_, f) => (h: number) => (1 + ((f * h * 7) % 5)) / (8 * h))
      const [note, count] = [96.27, sampleRate > 50_000 ? 1 << 17 : 1 << 16]
      const rig = new UnitRig('wavetable', sampleRate).wavetable(cycles(frames, 24)).pitch(note).set('position', 0.1)
      const signal = rig
        .start()
        .render(count, { before: (frame, n) => rig.ramp('position', 0.1 + (0.2 * (frame + n)) / count, n) })[0][0]
      const [hz, bin] = [noteHz(note), sampleRate / count]
      // The scan's own side bands lie next to each harmonic; what steps from block to block would lie 1500 Hz away.
      const mags = magnitudes(signal)
      let worst = 0
      for (let k = 40; k * bin < 20_000; k++)
        if (Math.abs(k * bin - Math.round((k * bin) / hz) * hz) > 400) worst = Math.max(worst, mags[k])
      const reference = toneAmplitude(signal, hz, sampleRate)
      return {
        value: decibels(worst / reference),
        plot: {
          x: HERTZ,
          y: DECIBELS,
          lines: [{ label: 'scanned', points: spectrumPoints(mags, sampleRate, reference) }],
        },
      }
    },
  },
  aliasRow(
    {
      id: 'additive',
      what: 'Additive, 64 equal harmonics',
      make: (sampleRate, note) => {
        const rig = new UnitRig('additive', sampleRate)
          .bake(Array.from({ length: 64 }, () => 1))
          .pitch(note)
          .start()
        return rig.render(framesAt(noteHz(note), sampleRate))[0][0]
      },
    },
    'as the saw',
  ),
  {
    id: 'partials-alias',
    part: PART,
    what: 'Partials, 128 of equal level: loudest component below 20 kHz that is none of them, 33 Hz to C8',
    unit: 'dB',
    bar: { most: -100 },
    source: 'recurrences that fade out below half the sample rate',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const levels = [24.3, 60.2, 84.1, 108.3].map((note) => {
        const settings = { decay: 100, damping: 0, count: 128, tilt: 0 }
        const signal = rigOf('partials', sampleRate, note, settings).render(1 << (sampleRate > 50_000 ? 17 : 16))[0][0]
        return worstAlias(signal, noteHz(note), sampleRate).db
      })
      return { value: Math.max(...levels) }
    },
  },
  {
    id: 'fm6-side-bands',
    part: PART,
    what: 'Six-operator FM: side bands against Bessel functions of the index, to index 10',
    unit: 'dB',
    bar: { most: 0.05 },
    source: 'Chowning 1973',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const [note, ratio] = [74.3, 0.347]
      const hz = noteHz(note)
      let value = 0
      let points: [number, number][] = []
      for (const index of [0.5, 1, 2.5, 5, 7.5, 10]) {
        const rig = fm6({ algorithm: 4, gain1: 0, ratio1: 8, gain2: indexDb(index), ratio2: ratio }, sampleRate)
        const signal = rig
          .pitch(note)
          .start()
          .render(1 << 15)[0][0]
          .subarray(1 << 14)
        for (let n = -12; n <= 12; n++) {
          const want = Math.abs(bessel(n, index)) / 3 // three carriers share the level
          if (want < 3e-4) continue
          value = Math.max(value, Math.abs(decibels(toneAmplitude(signal, hz * (8 + n * ratio), sampleRate) / want)))
        }
        points = spectrumPoints(magnitudes(signal), sampleRate, 1 / 3, -140)
      }
      return { value, plot: { x: HERTZ, y: DECIBELS, lines: [{ label: 'index 10', points }] } }
    },
  },
  {
    id: 'fm-side-bands',
    part: PART,
    what: 'FM: side bands against Bessel functions of the index, to index 10',
    unit: 'dB',
    bar: { most: 0.05 },
    source: 'Chowning 1973',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      // Off every whole ratio, so that no side band falls on another.
      const [hz, ratio] = [noteHz(84), Math.fround(0.7071)]
      let value = 0
      for (const index of [0.5, 2, 5, 10]) {
        const signal = rigOf('fm', sampleRate, 84, { ratio, index }).render(1 << 16)[0][0]
        for (let order = -4; order <= 10; order++) {
          const at = hz * (1 + order * ratio)
          const want = Math.abs(bessel(order, index))
          if (want < 0.01 || Math.abs(at) > Math.min(22_000, 0.45 * sampleRate)) continue
          value = Math.max(value, Math.abs(decibels(toneAmplitude(signal, Math.abs(at), sampleRate) / want)))
        }
      }
      return { value }
    },
  },
  {
    id: 'fm-alias',
    part: PART,
    what: 'FM of ordinary depth on high notes, twice oversampled: loudest component below 20 kHz that is no side band',
    unit: 'dB',
    bar: null,
    held: { most: -80 },
    heldAt: { 44_100: { most: -45 } },
    note: 'FM has no band limit of its own: side bands beyond half the sample rate fold back, ever more with depth and pitch.',
    source: 'Chowning 1973',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const levels = FM_CASES.map(([note, ratio, index, feedback]) => {
        const signal = rigOf('fm', sampleRate, note, { ratio, index, feedback }).render(1 << 15)[0][0]
        return worstAlias(signal, noteHz(note), sampleRate).db
      })
      return { value: Math.max(...levels) }
    },
  },
  {
    id: 'fm6-alias',
    part: PART,
    what: 'Six-operator FM, an electric piano at index 2 up to C7: loudest component below 20 kHz that is no side band',
    unit: 'dB',
    bar: null,
    held: { most: -100 },
    note: 'FM has no band limit of its own: side bands beyond half the sample rate fold back, ever more with depth and pitch.',
    source: 'Chowning 1973; DX7 practice',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const points = [60.03, 72.03, 84.03, 96.03].map((note): [number, number] => {
        const rig = fm6({ algorithm: 4, gain1: 0, gain2: indexDb(2), ratio2: 3 }, sampleRate).pitch(note)
        const signal = rig
          .start()
          .render(1 << 15)[0][0]
          .subarray(1 << 14)
        return [note, worstAlias(signal, noteHz(note), sampleRate).db]
      })
      return {
        value: Math.max(...points.map(([, level]) => level)),
        plot: { x: NOTE, y: DECIBELS, lines: [{ label: 'loudest alias', points }] },
      }
    },
  },
  {
    id: 'white-flat',
    part: PART,
    what: 'White noise: largest distance of a third of an octave from their mean, 300 Hz to 20 kHz',
    unit: 'dB',
    bar: { most: 0.2 },
    source: 'counter-based random numbers',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      const all = thirds('white', sampleRate, secondsOf(whole))
      // A fifth of the time averages less: only what is four times as wide is as sure.
      const points = all.filter(({ hz }) => hz > (whole ? 300 : 1200))
      const mean = points.reduce((sum, p) => sum + p.db, 0) / points.length
      if (Math.abs(slopeOf(all)) > 0.1) return { value: Infinity } // flat enough, but tilted
      return { value: Math.max(...points.map((p) => Math.abs(p.db - mean))), plot: noisePlot('power density', all) }
    },
  },
  {
    id: 'pink-slope',
    part: PART,
    what: 'Pink noise: distance of its slope from -3.01 dB per octave, 20 Hz to 20 kHz and over any two octaves from 320 Hz',
    unit: 'dB',
    bar: { most: 0.3 },
    source: 'Kellet; Voss-McCartney',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      const points = thirds('pink', sampleRate, secondsOf(whole))
      const slopes = [slopeOf(points)]
      for (let i = 12; i + 6 < points.length; i += 3) slopes.push(slopeOf(points.slice(i, i + 7)))
      const off = slopes.map((slope) => Math.abs(slope + 10 * Math.log10(2)))
      return { value: Math.max(...off), plot: noisePlot('power density', points) }
    },
  },
]
