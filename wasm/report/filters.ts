// Figures of the filters of a voice: state-variable, ladder, comb, formant, phaser, ring (Node).
import { UnitRig } from '../test/units/rig.ts'
import { decibels, exactHz, fft, magnitudes, noteHz, toneAmplitude, worstAlias } from '../test/units/spectrum.ts'
import { ALL_RATES, DECIBELS, HERTZ, logSteps, spectrumPoints, type Row } from './row.ts'

const PART = 'Voice filters'
type Settings = Readonly<Record<string, number>>
function rigOf(id: string, sampleRate: number, settings: Settings): UnitRig {
  const rig = new UnitRig(id, sampleRate)
  for (const [param, value] of Object.entries(settings)) rig.set(param, value)
  return rig.start()
}
/** |H| at each bin, from an impulse of height `size`. */
function responseOf(rig: UnitRig, n: number, size = 1, lane = 0): Float64Array {
  const re = Float64Array.from(rig.render(n, { input: (frame) => (frame === 0 ? size : 0) })[0][lane])
  const im = new Float64Array(n)
  fft(re, im)
  return re.map((v, k) => Math.hypot(v, im[k]) / size)
}
const cents = (hz: number, want: number): number => Math.abs(1200 * Math.log2(hz / want))
const peakOf = (lanes: readonly Float32Array[]): number =>
  Math.max(...lanes.map((lane) => lane.reduce((m, v) => Math.max(m, Math.abs(v)), 0)))
function randomOf(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}
const tone =
  (hz: number, sampleRate: number, from = 0) =>
  (frame: number): number =>
    Math.sin((2 * Math.PI * hz * (frame + from)) / sampleRate)

/** |H| of one trapezoidal section: low-pass, high-pass, band-pass, notch. */
function section(mode: number, hz: number, cutoffHz: number, q: number, sampleRate: number): number {
  const w = Math.tan((Math.PI * hz) / sampleRate) / Math.tan((Math.PI * cutoffHz) / sampleRate)
  return [1, w * w, w / q, Math.abs(1 - w * w)][mode] / Math.hypot(1 - w * w, w / q)
}
interface SvfAt {
  readonly mode: number
  readonly slope: number
  readonly cutoffHz: number
  readonly resonance: number
}
function svfWanted({ mode, slope, cutoffHz, resonance }: SvfAt, hz: number, sampleRate: number): number {
  const q = 0.5 * 2 ** (6 * resonance)
  const h = (value: number): number => section(mode, hz, cutoffHz, value, sampleRate)
  if (slope === 0) return h(q)
  if (mode === 2) return h(q * 0.643594) ** 2
  if (mode === 3) return h(q * 1.553774) ** 2
  return h(0.541196) * h(q / 0.541196)
}
/** A resonance of 0.9 at 40 Hz rings for seconds. */
const svfFrames = ({ cutoffHz, resonance }: SvfAt): number =>
  1 << (cutoffHz < 100 ? (resonance > 0.5 ? 19 : 17) : cutoffHz < 1000 ? (resonance > 0.5 ? 17 : 15) : 14)

/** Small-signal magnitude of a trapezoidal four-pole loop at twice the sample rate. */
function ladderWanted(hz: number, cutoffHz: number, resonance: number, sampleRate: number): number {
  const s = Math.tan((Math.PI * hz) / (2 * sampleRate)) / Math.tan((Math.PI * cutoffHz) / (2 * sampleRate))
  const k = 3.8 * resonance
  return (1 + k / 2) / Math.hypot(1 - 6 * s * s + s ** 4 + k, 4 * s - 4 * s ** 3)
}

/** First and second formant of a tenor in Hz, and the level of the second. */
const TENOR = [
  ['a', 650, 1080, -6],
  ['e', 400, 1700, -14],
  ['i', 290, 1870, -15],
  ['o', 400, 800, -10],
  ['u', 350, 600, -20],
] as const

export const FILTERS: readonly Row[] = [
  {
    id: 'svf-response',
    part: PART,
    what: 'State-variable filter, all modes and slopes, 40 Hz to 20 kHz: magnitude against its digital transfer function',
    unit: 'dB',
    bar: { most: 0.01 },
    source: 'Zavalishin 2018; Simper 2013',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      let value = 0
      const lines: { label: string; points: [number, number][] }[] = []
      for (let mode = 0; mode < 4; mode++)
        for (const slope of [0, 1])
          for (const cutoffHz of [40, 200, 1000, 5000, 20_000])
            for (const resonance of [0, 0.1, 0.5, 0.9]) {
              const at = { mode, slope, cutoffHz, resonance }
              if (cutoffHz < 1000 && resonance > 0.5 && !whole) continue
              const n = svfFrames(at)
              const rig = rigOf('svf', sampleRate, { mode, slope, cutoff: cutoffHz, resonance })
              const got = responseOf(rig, n)
              const points: [number, number][] = []
              for (let k = 4; k < n / 2; k = Math.ceil(k * 1.17)) {
                const hz = (k * sampleRate) / n
                if (hz > 20_000) break
                points.push([hz, decibels(got[k])])
                const want = svfWanted(at, hz, sampleRate)
                // 50 dB down, the rounding of floats counts.
                if (want > 3e-3) value = Math.max(value, Math.abs(decibels(got[k] / want)))
              }
              if (slope === 0 && cutoffHz === 1000 && resonance === 0.5)
                lines.push({ label: ['low-pass', 'high-pass', 'band-pass', 'notch'][mode], points })
            }
      return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
    },
  },
  {
    id: 'svf-tuning',
    part: PART,
    what: 'State-variable filter at the highest resonance: distance of its peak from the cutoff, 110 Hz to 2.6 kHz',
    unit: 'cents',
    bar: { most: 2 },
    source: 'Zavalishin 2018',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = [110, noteHz(69), 1760, noteHz(100)].map((cutoffHz) => {
        const n = 1 << 16
        const mags = responseOf(rigOf('svf', sampleRate, { mode: 2, cutoff: cutoffHz, resonance: 0.95 }), n)
        let k = 1
        for (let i = 1; i < n / 2; i++) if (mags[i] > mags[k]) k = i
        // 1 / |H|^2 of a resonance is a parabola.
        const [a, b, c] = [mags[k - 1], mags[k], mags[k + 1]].map((v) => 1 / v ** 2)
        return cents(((k + (0.5 * (a - c)) / (a - 2 * b + c)) * sampleRate) / n, cutoffHz)
      })
      return { value: Math.max(...errors) }
    },
  },
  {
    id: 'svf-bounded',
    part: PART,
    what: 'State-variable filter: peak for full-scale noise while cutoff and resonance jump over their ranges every 5 frames',
    unit: '',
    bar: { most: 100 },
    source: 'Zavalishin 2018',
    note: 'The filter itself amplifies its resonance by up to 26; it falls to exact silence afterwards.',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (const slope of [0, 1])
        for (const mode of [0, 1, 2, 3]) {
          const rig = rigOf('svf', sampleRate, { mode, slope })
          const random = randomOf(12345)
          const out = rig.render(48_000, {
            cut: 5,
            before: (_, n) => rig.ramp('cutoff', 20 * 1000 ** random(), n).ramp('resonance', 0.95 * random(), n),
            input: () => 2 * random() - 1,
          })[0]
          rig.set('cutoff', 1000).set('resonance', 0.5)
          const rest = rig.render(sampleRate, { input: () => 0 })[0].map((lane) => lane.subarray(-1))
          value = Math.max(value, peakOf(out), peakOf(rest) > 0 ? Infinity : 0)
        }
      return { value }
    },
  },
  {
    id: 'ladder-response',
    part: PART,
    what: 'Ladder: small-signal magnitude against its analytic response, 200 Hz to 12 kHz',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Huovilainen 2004; Zavalishin 2018',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const n = 1 << 15
      let value = 0
      const lines: { label: string; points: [number, number][] }[] = []
      for (const cutoffHz of [200, 1000, 5000, 12_000])
        for (const resonance of [0, 0.3, 0.7, 0.9]) {
          const got = responseOf(rigOf('ladder', sampleRate, { cutoff: cutoffHz, resonance }), n, 1e-3)
          const points: [number, number][] = []
          for (let k = 8; k < n / 2; k = Math.ceil(k * 1.2)) {
            const hz = (k * sampleRate) / n
            const want = ladderWanted(hz, cutoffHz, resonance, sampleRate)
            if (hz > 18_000 || want < 0.01) break
            points.push([hz, decibels(got[k])])
            value = Math.max(value, Math.abs(decibels(got[k] / want)))
          }
          if (resonance === 0.7) lines.push({ label: `${cutoffHz} Hz`, points })
        }
      return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
    },
  },
  {
    id: 'ladder-tuning',
    part: PART,
    what: 'Ladder at full resonance: pitch of its ringing against its analytic pole, 110 Hz to 10 kHz',
    unit: 'cents',
    bar: { most: 5 },
    source: "D'Angelo and Välimäki 2014",
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = [110, 440, 1760, 5000, 10_000].map((cutoffHz) => {
        const rig = rigOf('ladder', sampleRate, { cutoff: cutoffHz, resonance: 1 })
        const signal = rig.render(1 << 14, { input: (f) => (f === 0 ? 1e-3 : 0) })[0][0]
        const from = Math.min(2000, Math.round((sampleRate / cutoffHz) * 4))
        // Poles of (1 + s)^4 = -3.8 lie at 3.8^(1/4) sin 45 degrees of the cutoff.
        const radius = 3.8 ** 0.25 * Math.SQRT1_2
        const [twice, warped] = [2 * sampleRate, Math.tan((Math.PI * cutoffHz) / (2 * sampleRate))]
        const poleHz = (Math.atan(radius * warped) * twice) / Math.PI
        return cents(exactHz(signal.subarray(from, from + 4096), poleHz, sampleRate), poleHz)
      })
      return { value: Math.max(...errors) }
    },
  },
  {
    id: 'ladder-alias',
    part: PART,
    what: 'Ladder, drive 12 dB: loudest alias below 20 kHz of a full-scale sine at 1244 Hz',
    unit: 'dB',
    bar: { most: -80 },
    source: "Huovilainen 2004; D'Angelo and Välimäki 2014",
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const hz = noteHz(87)
      const rig = rigOf('ladder', sampleRate, { cutoff: 20_000, resonance: 0.8, drive: 12 })
      rig.render(4800, { input: tone(hz, sampleRate) })
      const signal = rig.render(1 << 15, { input: tone(hz, sampleRate, 4800) })[0][0]
      const first = toneAmplitude(signal, hz, sampleRate)
      // It must saturate to be measured at all.
      if (toneAmplitude(signal, 3 * hz, sampleRate) < 0.01 * first) return { value: Infinity }
      const points = spectrumPoints(magnitudes(signal), sampleRate, first, -160)
      return {
        value: worstAlias(signal, hz, sampleRate).db,
        plot: { x: HERTZ, y: DECIBELS, lines: [{ label: '1244 Hz', points }] },
      }
    },
  },
  {
    id: 'comb-tuning',
    part: PART,
    what: 'Comb: pitch of its ringing, 55 Hz to 3 kHz, damped or not',
    unit: 'cents',
    bar: { most: 2 },
    source: 'Jaffe and Smith 1983',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (const cutoff of [55, 220, 881, 3000])
        for (const damping of [0, 0.3, 0.7]) {
          if (damping > 0.5 && cutoff > 300) continue // dies within a few periods: no pitch to measure
          const signal = rigOf('comb', sampleRate, { cutoff, damping, feedback: 0.95 }).render(sampleRate / 2, {
            input: (f) => (f < 8 ? Math.sin(f * 0.8) + 0.4 : 0),
          })[0][0]
          const part = signal.subarray(0, Math.round((sampleRate / cutoff) * 24))
          value = Math.max(value, cents(exactHz(part, cutoff, sampleRate), cutoff))
        }
      return { value }
    },
  },
  {
    id: 'voice-phaser-notch',
    part: PART,
    what: 'Phaser of a voice, 4 to 8 stages: level of a tone in its shallowest notch',
    unit: 'dB',
    bar: { most: -40 },
    source: 'Smith, Physical Audio Signal Processing',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = -Infinity
      for (const [stages, count] of [4, 6, 8].entries())
        for (let notch = 1; notch <= count / 2; notch++) {
          // Each stage turns by -2 atan(tan(pi f / fs) / tan(pi fc / fs)); a notch is an odd multiple of half a turn.
          const angle = ((2 * notch - 1) * Math.PI) / (2 * count)
          const warp = Math.tan((Math.PI * 1000) / sampleRate)
          const hz = (sampleRate / Math.PI) * Math.atan(Math.tan(angle) * warp)
          for (const feedback of [0, 0.6]) {
            const rig = rigOf('phaser', sampleRate, { depth: 0, frequency: 1000, stages, feedback })
            rig.render(4800, { input: tone(hz, sampleRate) })
            const out = rig.render(1 << 12, { input: tone(hz, sampleRate, 4800) })[0][0]
            value = Math.max(value, decibels(toneAmplitude(out, hz, sampleRate)))
          }
        }
      return { value }
    },
  },
  {
    id: 'ring-fold',
    part: PART,
    what: 'Ring modulator of a voice, 17 kHz by 14 kHz: level of the sum that would fold back, against the difference',
    unit: 'dB',
    bar: { most: -90 },
    source: 'twice oversampled',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const [a, b] = [17_000, 14_000]
      const rig = rigOf('ring', sampleRate, {})
      const out = rig.render(1 << 14, { input: tone(a, sampleRate), mod: tone(b, sampleRate) })[0][0].subarray(1 << 13)
      const mags = magnitudes(out)
      const bin = sampleRate / out.length
      let other = 0
      mags.forEach((v, k) => {
        if (k * bin < 20_000 && Math.abs(k * bin - (a - b)) > 14 * bin) other = Math.max(other, v)
      })
      const first = toneAmplitude(out, a - b, sampleRate)
      return {
        value: decibels(other / first),
        plot: { x: HERTZ, y: DECIBELS, lines: [{ label: 'output', points: spectrumPoints(mags, sampleRate, first) }] },
      }
    },
  },
  {
    id: 'formant-peaks',
    part: PART,
    what: 'Formant filter: level of the second formant against the first, five vowels of a tenor, against the table',
    unit: 'dB',
    bar: { most: 2.5 },
    source: 'Csound formant tables',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const size = 1 << 14
      let value = 0
      const lines = TENOR.map(([label, first, second, level], vowel) => {
        const rig = rigOf('formant', sampleRate, { vowel, sharpness: 2 })
        rig.render(3200, { input: () => 0 })
        const mags = responseOf(rig, size, 1, 1)
        const at = (hz: number): number => mags[Math.round((hz * size) / sampleRate)]
        value = Math.max(value, Math.abs(decibels(at(second) / at(first)) - level))
        for (const hz of [first, second]) if (at(hz * 0.8) > at(hz) || at(hz * 1.25) > at(hz)) value = Infinity // no peak there at all
        return { label, points: logSteps(100, 5000, 120).map((hz): [number, number] => [hz, decibels(at(hz))]) }
      })
      return { value, plot: { x: HERTZ, y: DECIBELS, lines } }
    },
  },
]
