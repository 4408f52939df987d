// Figures of the waveform oscillators: alias, harmonics, sweeps, hard sync, sine, unison (Node).
import { UnitRig } from '../test/units/rig.ts'
import { decibels, magnitudes, noteHz, rms, toneAmplitude, worstAlias } from '../test/units/spectrum.ts'
import { ALL_RATES, DECIBELS, HERTZ, NOTE, spectrumPoints, type Depth, type Row } from './row.ts'

const PART = 'Oscillators'
/** 20 Hz to C9; the lowest and highest are on and just above the edges of a mip level. */
const NOTES = [15.487, 24.01, 33.1, 45.4, 57.3, 69, 84.1, 96.3, 108, 119.9, 120]
/** In full every semitone at 48 kHz, every third one elsewhere. */
const notesOf = ({ whole, sampleRate }: Depth, top = 120): number[] => {
  if (!whole) return NOTES.filter((note) => note <= top)
  const step = sampleRate === 48_000 ? 0.99 : 2.97
  return [...Array.from({ length: Math.ceil((120 - 15.487) / step) }, (_, i) => 15.487 + i * step), 119.9, 120].filter(
    (note) => note <= top,
  )
}

/** Frames whose spectrum tells alias from harmonic at `hz`. */
export const framesAt = (hz: number, sampleRate: number): number =>
  hz < 120 ? 1 << 17 : sampleRate > 50_000 ? 1 << 16 : 1 << 15
export type Settings = Readonly<Record<string, number>>
export function rigOf(id: string, sampleRate: number, note: number, settings: Settings = {}): UnitRig {
  const rig = new UnitRig(id, sampleRate).pitch(note)
  for (const [param, value] of Object.entries(settings)) rig.set(param, value)
  return rig.start()
}
export const toneOf = (id: string, sampleRate: number, note: number, settings?: Settings): Float32Array =>
  rigOf(id, sampleRate, note, settings).render(framesAt(noteHz(note), sampleRate))[0][0]

const named = (id: string): string => id[0].toUpperCase() + id.slice(1)
const MIPS = 'Stilson and Smith 1996; mip wavetables with cubic segments'

interface AliasOf {
  readonly id: string
  readonly what: string
  readonly make: (sampleRate: number, note: number) => Float32Array
}
export const aliasRow = ({ id, what, make }: AliasOf, source = MIPS): Row => ({
  id: `${id}-alias`,
  part: PART,
  what: `${what}: loudest component below 20 kHz that is no harmonic, 20 Hz to C9`,
  unit: 'dB',
  bar: { most: -100 },
  source,
  rates: ALL_RATES,
  measure: (depth) => {
    const { sampleRate } = depth
    const points = notesOf(depth).map((note): [number, number] => [
      note,
      worstAlias(make(sampleRate, note), noteHz(note), sampleRate).db,
    ])
    const lines = [45.4, 84.1].map((note) => {
      const signal = make(sampleRate, note)
      const reference = toneAmplitude(signal, noteHz(note), sampleRate)
      return {
        label: `${noteHz(note).toFixed(0)} Hz`,
        points: spectrumPoints(magnitudes(signal), sampleRate, reference),
      }
    })
    return { value: Math.max(...points.map(([, level]) => level)), plot: { x: HERTZ, y: DECIBELS, lines } }
  },
})

const AMPLITUDES: Readonly<Record<string, (h: number) => number>> = {
  saw: (h) => 2 / (Math.PI * h),
  square: (h) => (h % 2 ? 4 / (Math.PI * h) : 0),
  triangle: (h) => (h % 2 ? 8 / (Math.PI * h) ** 2 : 0),
  pulse: (h) => (4 / (Math.PI * h)) * Math.abs(Math.sin(Math.PI * h * WIDTH)),
}
const WIDTH = 0.27
const settingsOf = (id: string): Settings => (id === 'pulse' ? { width: WIDTH } : {})
const harmonics = (id: string): Row => ({
  id: `${id}-harmonics`,
  part: PART,
  what: `${named(id)}: harmonics to 18 kHz against the Fourier series, 20 Hz to C9`,
  unit: 'dB',
  bar: { most: 0.1 },
  source: 'Fourier series',
  rates: ALL_RATES,
  measure: (depth) => {
    const { sampleRate } = depth
    let value = 0
    for (const note of notesOf(depth)) {
      const hz = noteHz(note)
      const signal = toneOf(id, sampleRate, note, settingsOf(id))
      const top = Math.floor(18_000 / hz)
      for (let h = 1; h <= top; h += Math.max(1, Math.floor(top / 24))) {
        const want = AMPLITUDES[id](h)
        if (want < 1e-6) continue
        value = Math.max(value, Math.abs(decibels(toneAmplitude(signal, hz * h, sampleRate) / want)))
      }
    }
    return { value }
  },
})

/**
 * Loudest component below 20 kHz that is no harmonic, against the loudest that is: near whole ratios there is hardly a
 * fundamental. A synced wave above half the sample rate is silence: no reference is softer than -26 dB.
 */
function syncAlias(signal: Float32Array, hz: number, sampleRate: number): number {
  const mags = magnitudes(signal)
  const bin = sampleRate / signal.length
  let [harmonic, other] = [0.05, 0]
  for (let k = 12; k < mags.length; k++) {
    if (Math.abs(k * bin - Math.round((k * bin) / hz) * hz) < 12 * bin) harmonic = Math.max(harmonic, mags[k])
    else if (k * bin < 20_000) other = Math.max(other, mags[k])
  }
  return decibels(other / harmonic)
}
const SYNC_WAVES = ['saw', 'square', 'triangle', 'sine']
const BLEP = 'Brandt 2001; Esqueda 2016'
const syncOf = (id: string, names: readonly string[], more: Partial<Row> = {}): Row => ({
  id,
  part: PART,
  what: `Hard sync, ${names.join(', ')} at 1 to 6 times the note: loudest component below 20 kHz that is no harmonic, 55 Hz to C8`,
  unit: 'dB',
  bar: { most: -90 },
  source: BLEP,
  rates: ALL_RATES,
  ...more,
  measure: ({ sampleRate, whole }) => {
    const notes = whole ? [33.1, 45.3, 57.7, 69.2, 81.4, 90.3, 96.2, 102.6, 108] : [45.3, 81.4, 96.2, 108]
    const size = sampleRate > 50_000 ? 1 << 16 : 1 << 15
    const lines = names.map((label) => ({
      label,
      points: notes.map((note): [number, number] => {
        const levels = [1, 1.37, 2.71, 4.43, 6].map((ratio) =>
          syncAlias(
            rigOf('sync', sampleRate, note, { wave: SYNC_WAVES.indexOf(label), ratio }).render(size)[0][0],
            noteHz(note),
            sampleRate,
          ),
        )
        return [note, Math.max(...levels)]
      }),
    }))
    const value = Math.max(...lines.flatMap(({ points }) => points.map(([, level]) => level)))
    return { value, plot: { x: NOTE, y: DECIBELS, lines } }
  },
})

const WAVES = ['saw', 'square', 'triangle', 'pulse']

export const OSCILLATORS: readonly Row[] = [
  ...WAVES.map((id) =>
    aliasRow({ id, what: named(id), make: (sampleRate, note) => toneOf(id, sampleRate, note, settingsOf(id)) }),
  ),
  ...WAVES.map(harmonics),
  {
    id: 'saw-sweep',
    part: PART,
    what: 'Saw: largest step of the level on a sweep over every mip level, 26 Hz to 2.6 kHz',
    unit: 'dB',
    bar: { most: 0.5 },
    source: MIPS,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const [from, to, seconds] = [20, 100, 6]
      const length = seconds * sampleRate
      const rig = new UnitRig('saw', sampleRate).pitch(from).start()
      const signal = rig.render(length, {
        before: (frame, n) => rig.rampPitch(from + ((to - from) * (frame + n)) / length, n),
      })[0][0]
      // Loudness over windows; band-limiting lowers the saw only when harmonics leave the band.
      const band = (22_680 * sampleRate) / 48_000
      const power = (h: number): number =>
        Math.sqrt(Array.from({ length: h }, (_, i) => 2 / (Math.PI * (i + 1)) ** 2).reduce((a, b) => a + b, 0))
      const [window, hop] = [sampleRate / 10, sampleRate / 20]
      const points: [number, number][] = []
      for (let at = 0; at + window <= length; at += hop) {
        const note = from + ((to - from) * (at + hop)) / length
        const level = decibels(rms(signal, at, at + window) / power(Math.max(1, Math.floor(band / noteHz(note)))))
        if (noteHz(note) > 95) points.push([note, level])
      }
      const steps = points.slice(1).map(([, level], i) => Math.abs(level - points[i][1]))
      return {
        value: Math.max(...steps),
        plot: { x: NOTE, y: DECIBELS, lines: [{ label: 'level', points }] },
      }
    },
  },
  syncOf('sync-alias', ['saw', 'square', 'triangle']),
  syncOf('sync-sine-alias', ['sine'], {
    held: { most: -27 },
    heldAt: { 44_100: { most: -21 }, 96_000: { most: -90 } },
    note: 'Its reset is corrected up to the fifth derivative: enough while the synced sine stays below 10 kHz; above, the missing ones fold back.',
  }),
  {
    id: 'sync-mean',
    part: PART,
    what: 'Hard sync: largest mean over 100 ms while ratio and pitch sweep, all waves',
    unit: '',
    bar: { most: 0.02 },
    source: BLEP,
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (let wave = 0; wave < SYNC_WAVES.length; wave++) {
        const rig = rigOf('sync', sampleRate, 57, { wave, ratio: 1 })
        const signal = rig.render(sampleRate, {
          before: (f, n) =>
            rig.ramp('ratio', 1 + (7 * (f + n)) / sampleRate, n).rampPitch(57 + (12 * (f + n)) / sampleRate, n),
        })[0][0]
        const window = sampleRate / 10
        for (let at = 0; at < sampleRate; at += window)
          value = Math.max(value, Math.abs(signal.subarray(at, at + window).reduce((a, b) => a + b, 0) / window))
      }
      return { value }
    },
  },
  {
    id: 'sine-thd',
    part: PART,
    what: 'Sine: distortion and noise in the whole band, 27.5 Hz to 12 kHz',
    unit: 'dB',
    bar: { most: -130 },
    source: 'minimax polynomial of 9th order, 32-bit phase',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = -Infinity
      const lines = [27.5, 110.3, 997, 4186, 11_987].map((hz) => {
        const signal = rigOf('sine', sampleRate, 69 + 12 * Math.log2(hz / 440)).render(1 << 16)[0][0]
        const mags = magnitudes(signal)
        const bin = sampleRate / signal.length
        let [wanted, rest] = [0, 0]
        mags.forEach((m, k) => {
          if (Math.abs(k * bin - hz) < 14 * bin) wanted += m ** 2
          else rest += m ** 2
        })
        value = Math.max(value, 10 * Math.log10(rest / wanted))
        return { label: `${hz} Hz`, points: spectrumPoints(mags, sampleRate, toneAmplitude(signal, hz, sampleRate)) }
      })
      return { value, plot: { x: HERTZ, y: DECIBELS, lines: [lines[2]] } }
    },
  },
  {
    id: 'sine-drift',
    part: PART,
    what: 'Sine: drift of its pitch over ten minutes',
    unit: 'cents',
    bar: { most: 0.001 },
    source: '32-bit phase that wraps exactly',
    note: 'The phase is a whole number: it is the same after 24 hours. What is left is the rounding of the pitch to a float.',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      const rig = rigOf('sine', sampleRate, 69)
      const increment = Math.round((440 / sampleRate) * 2 ** 32)
      const seconds = whole ? 600 : 20
      let signal: Float32Array = new Float32Array()
      for (let second = 0; second < seconds; second++) signal = rig.render(sampleRate)[0][0]
      const phase = Math.asin(Math.max(-1, Math.min(1, signal[0]))) / (2 * Math.PI)
      const from = BigInt((seconds - 1) * sampleRate)
      const expected = Number((from * BigInt(increment)) % (1n << 32n)) / 2 ** 32
      const turns = Math.abs(((phase - expected + 1.5) % 1) - 0.5)
      return { value: 1200 * Math.log2(1 + turns / ((seconds - 1) * 440)) }
    },
  },
  {
    id: 'unison-level',
    part: PART,
    what: 'Unison and supersaw, 2 to 16 voices: spread of the level over seeds',
    unit: 'dB',
    bar: { most: 0.5 },
    source: 'Szabo 2010',
    measure: ({ sampleRate, whole }) => {
      const cases: [string, Settings][] = [
        ['supersaw', {}],
        ['supersaw', { mix: 1, detune: 0.5 }],
        ['unison', { voices: 2, detune: 0.2 }],
        ['unison', { voices: 7, detune: 0.3 }],
        ['unison', { wave: 1, voices: 16, detune: 0.4 }],
      ]
      const spreads = cases.map(([id, settings]) => {
        const levels: number[] = []
        for (let seed = 0; seed < (whole ? 64 : 12); seed += 4) {
          const seeds = [1, 2, 3, 4].map((k) => Math.imul(seed + k, 0x9e3779b9) >>> 0)
          const rig = new UnitRig(id, sampleRate).seed(seeds as [number, number, number, number]).pitch(57)
          for (const [param, value] of Object.entries(settings)) rig.set(param, value)
          // Eight seconds: the slowest beat of the default supersaw on A3 lasts two.
          const [left, right] = rig.start().render(8 * sampleRate)
          left.forEach((lane, l) => levels.push(decibels(Math.hypot(rms(lane), rms(right[l])))))
        }
        return Math.max(...levels) - Math.min(...levels)
      })
      return { value: Math.max(...spreads) }
    },
  },
]
