// Figures of what plays recordings: sampler, granular, granulator (Node).
import { render } from '../test/effects/rig.ts'
import { RATE, recording, sine } from '../test/units/samples.ts'
import { decibels, exactHz, magnitudes, toneAmplitude } from '../test/units/spectrum.ts'
import { UnitRig } from '../test/units/rig.ts'
import { ALL_RATES, DECIBELS, HERTZ, type Row } from './row.ts'

const PART = 'Samples and grains'
const N = 16_384
const settled = (channel: Float32Array): Float32Array => channel.subarray(channel.length - N)
const QUALITIES = ['draft', 'good', 'best']
const UPS = [24, 19, 12.1, 1.45] as const
const DOWNS = [0, -5, -12, -17.3] as const
const SAMPLER = 'bandlimited interpolation (Smith); 2 x decimated levels'

/** Loudest component below 20 kHz but the tone at `hz`, in dB of an amplitude of 0.5. */
function stray(signal: Float32Array, hz: number): number {
  const mags = magnitudes(signal)
  let worst = 0
  for (let bin = 12; bin < (20_000 / RATE) * N; bin++)
    if (Math.abs(bin - (hz / RATE) * N) > 12) worst = Math.max(worst, mags[bin])
  return decibels(worst / 0.5)
}
const lanesOf = (moves: readonly number[]): [number, number, number, number] =>
  moves.slice(0, 4).map((move) => 60 + move) as [number, number, number, number]

const samplerAlias = (quality: number, ups: readonly number[], more: Partial<Row> = {}): Row => ({
  id: `sampler-alias-${QUALITIES[quality]}`,
  part: PART,
  what: `Sampler at quality ${QUALITIES[quality]}, ${ups.at(-1)} to 24 semitones above: loudest component below 20 kHz that was not recorded`,
  unit: 'dB',
  bar: { most: -90 },
  source: SAMPLER,
  ...more,
  measure: ({ whole }) => {
    const tones = whole ? [1100, 4700, 8300, 11_700, 15_100, 19_900, 22_700] : [4700, 15_100, 22_700]
    const lines = ups.map((up) => ({ label: `+${up}`, points: [] as [number, number][] }))
    for (const hz of tones) {
      const rig = new UnitRig('sampler').set('quality', quality).sample(recording(90_000, sine(hz)))
      const [left] = rig
        .pitch(lanesOf([...ups, 0, 0]))
        .start()
        .render(N + 512)
      ups.forEach((up, lane) => lines[lane].points.push([hz, stray(settled(left[lane]), hz * 2 ** (up / 12))]))
    }
    const value = Math.max(...lines.flatMap(({ points }) => points.map(([, level]) => level)))
    return { value, plot: { x: { ...HERTZ, label: 'Recorded tone' }, y: DECIBELS, lines } }
  },
})

/** Of lanes played lower, or as recorded: what `read` says of each, the worst. */
function lowered(read: (signal: Float32Array, hz: number) => number): number {
  let value = -Infinity
  for (const hz of [1100, 9700, 17_900]) {
    const rig = new UnitRig('sampler').sample(recording(40_000, sine(hz)))
    const [left] = rig
      .pitch(lanesOf(DOWNS))
      .start()
      .render(N + 512)
    DOWNS.forEach((down, lane) => (value = Math.max(value, read(settled(left[lane]), hz * 2 ** (down / 12)))))
  }
  return value
}

/** Grains of equal distance that all lie in the middle. */
const even = (bytes: Uint8Array): UnitRig => {
  const rig = new UnitRig('granular').sample(bytes).set('position', 0.3).pitch(60)
  for (const id of ['spray', 'jitter', 'spread', 'scan']) rig.set(id, 0)
  return rig
}
/** Grains a second and their seconds, overlapping two, three, four and sixteen times. */
const CLOUDS = [
  [20, 0.1],
  [24, 0.125],
  [50, 0.08],
  [80, 0.2],
  [37, 5 / 37],
] as const
const GRANULATOR = [
  [20, 0.1],
  [16, 0.1875],
  [50, 0.2],
] as const
const ripple = (steady: Float32Array): number => decibels(Math.max(...steady) / Math.min(...steady))

export const SAMPLES: readonly Row[] = [
  samplerAlias(2, UPS),
  samplerAlias(1, [24, 19, 12.1], {
    held: { most: -78 },
    note: 'Its kernel is shorter and cheaper; a semitone or two above the root it also lets recorded tones above 19 kHz through. The best quality, which is the default, meets the bar.',
  }),
  {
    id: 'sampler-images',
    part: PART,
    what: 'Sampler, down to 17 semitones below: loudest component below 20 kHz that was not recorded',
    unit: 'dB',
    bar: { most: -90 },
    source: SAMPLER,
    measure: () => ({ value: lowered(stray) }),
  },
  {
    id: 'sampler-level',
    part: PART,
    what: 'Sampler: level of recorded tones to 19 kHz, as recorded, below and just above',
    unit: 'dB',
    bar: { most: 0.05 },
    source: SAMPLER,
    measure: () => {
      const off = (signal: Float32Array, hz: number): number =>
        Math.abs(decibels(toneAmplitude(signal, hz, RATE) / 0.5))
      const moves = [0, 0.02, 0.5, 1] as const
      const rig = new UnitRig('sampler')
        .sample(recording(40_000, sine(19_000)))
        .pitch(lanesOf(moves))
        .start()
      const above = rig.render(N + 512)[0].map((lane, k) => off(settled(lane), 19_000 * 2 ** (moves[k] / 12)))
      return { value: Math.max(lowered(off), ...above) }
    },
  },
  {
    id: 'sampler-tuning',
    part: PART,
    what: 'Sampler: pitch error, as recorded and down to 17 semitones below',
    unit: 'cents',
    bar: { most: 0.01 },
    source: SAMPLER,
    measure: () => ({
      value: lowered((signal, hz) => Math.abs(1200 * Math.log2(exactHz(signal, hz, RATE) / hz))),
    }),
  },
  {
    id: 'grain-ripple',
    part: PART,
    what: 'Granular: ripple of overlapping grains of a constant, 2 to 16 at a time',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Roads 2001',
    measure: () => {
      const constant = recording(96_000, () => 0.5)
      const ripples = CLOUDS.map(([density, size]) => {
        const [left] = even(constant).set('density', density).set('size', size).start().render(24_000)
        return ripple(left[0].subarray(12_000))
      })
      return { value: Math.max(...ripples) }
    },
  },
  {
    id: 'grain-onset',
    part: PART,
    what: 'Granular: distance of grains from their frame, however blocks are cut',
    unit: 'frames',
    bar: { most: 0 },
    source: 'scheduler by hash',
    measure: () => {
      let value = 0
      for (const cut of [0, 1, 7, 31]) {
        const rig = even(recording(96_000, () => 1))
        rig.set('density', 100).set('size', 0.005).set('shape', 0.02)
        const heard = rig.start().render(4800, cut ? { cut } : {})[0][0]
        const onsets: number[] = []
        for (let i = 1; i < heard.length; i++) if (heard[i - 1] === 0 && heard[i] > 0) onsets.push(i - 1)
        if (onsets.length !== 10) return { value: Infinity }
        onsets.forEach((at, k) => (value = Math.max(value, Math.abs(at - k * 480))))
      }
      return { value }
    },
  },
  {
    id: 'granulator-ripple',
    part: PART,
    what: 'Granulator: ripple of overlapping grains of a constant',
    unit: 'dB',
    bar: { most: 0.1 },
    source: 'Roads 2001',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const ripples = GRANULATOR.map(([density, size]) => {
        const values = { mix: 1, spray: 0, jitter: 0, spread: 0, reverse: 0, position: 0.1, density, size }
        const constant = new Float32Array(sampleRate).fill(0.3)
        const { left } = render('granulator', values, constant, undefined, sampleRate)
        return ripple(left.subarray(Math.round(0.625 * sampleRate)))
      })
      return { value: Math.max(...ripples) }
    },
  },
]
