// Figures of what moves in time: envelopes and LFOs, to the frame (Node).
import { UnitRig } from '../test/units/rig.ts'
import { ALL_RATES, SECONDS, type Row } from './row.ts'

const PART = 'Envelopes and LFOs'
type Settings = Readonly<Record<string, number>>
function rigOf(id: string, sampleRate: number, settings: Settings): UnitRig {
  const rig = new UnitRig(id, sampleRate)
  for (const [param, value] of Object.entries(settings)) rig.set(param, value)
  return rig
}
const frac = (x: number): number => x - Math.floor(x)

/** Share of a segment that is done at share `u` of its time: linear, exponential, logarithmic. */
function shape(curve: number, u: number, attack: boolean): number {
  if (curve === 0) return u
  if (curve === 2) return Math.expm1(3 * u) / Math.expm1(3)
  const k = attack ? 1.5 : 5
  return Math.expm1(-k * u) / Math.expm1(-k)
}
const STAGES = { delay: 0.0101, attack: 0.05003, hold: 0.0207, decay: 0.2001, sustain: 0.4, release: 0.3003 }
const LANE = 2

/** An envelope played through, and where its stages should end. */
function adsr(curve: number, sampleRate: number) {
  const rig = rigOf('env', sampleRate, { ...STAGES, curve, velocity: 0 }).start()
  const frames = (seconds: number): number => Math.round(Math.fround(seconds) * sampleRate)
  const [d, a, h, dc, r] = [STAGES.delay, STAGES.attack, STAGES.hold, STAGES.decay, STAGES.release].map(frames)
  const held = d + a + h + dc + 1000
  const head = rig.render(held)[0][LANE]
  const tail = rig.release().render(r + 64)[0][LANE]
  return { head, tail, top: d + a, fall: d + a + h, rest: d + a + h + dc, d, a, dc, r }
}

const CURVES = ['linear', 'exponential', 'logarithmic']
const POINTS = Array.from({ length: 16 }, (_, i): readonly [level: number, time: number, curve: number] => {
  const curves = [0, 0.5, -0.5, 1, -1, 0.005, -0.008, 0.012]
  return [i === 15 ? 0 : Math.cos(i * 2.3), 0.0101 + 0.0073 * ((i * 5) % 7), curves[i % 8]]
})
const bend = (u: number, curve: number): number => {
  const k = -6 * curve
  return Math.abs(k) < 1e-9 ? u : Math.expm1(k * u) / Math.expm1(k)
}

/** Beats of the note lengths that are tested, by their place in the list. */
const LENGTHS = [
  [3, 1 / 8],
  [7, 1 / 3],
  [11, 1],
  [16, 4],
] as const

export const MODULATORS: readonly Row[] = [
  {
    id: 'env-level',
    part: PART,
    what: 'Envelope, all curves and stages: level against its formula, share of the peak',
    unit: '%',
    bar: { most: 0.01 },
    source: 'exact exponential segments',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      const lines = CURVES.map((label, curve) => {
        const { head, tail, top, fall, rest, d, a, dc, r } = adsr(curve, sampleRate)
        head.forEach((v, i) => {
          let want = i < d ? 0 : i < top ? shape(curve, (i - d) / a, true) : 1
          if (i >= fall) want = i < rest ? 1 - 0.6 * shape(curve, (i - fall) / dc, false) : 0.4
          value = Math.max(value, Math.abs(v - want))
        })
        tail.forEach((v, i) => {
          value = Math.max(value, Math.abs(v - (i < r ? 0.4 * (1 - shape(curve, i / r, false)) : 0)))
        })
        const all = [...head, ...tail]
        const step = Math.ceil(all.length / 160)
        const points = all.flatMap((v, i): [number, number][] => (i % step ? [] : [[i / sampleRate, v]]))
        return { label, points }
      })
      return { value: 100 * value, plot: { x: SECONDS, y: { label: 'Level', unit: '' }, lines } }
    },
  },
  {
    id: 'env-time',
    part: PART,
    what: 'Envelope, all curves: distance in time of its peak and of its end from what is stated',
    unit: 'frames',
    bar: { most: 1 },
    source: 'exact exponential segments',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const errors = CURVES.map((_, curve) => {
        const { head, tail, top, r } = adsr(curve, sampleRate)
        const peak = head.findIndex((v) => v >= 0.99999)
        return Math.max(Math.abs(peak - top), Math.abs(tail.indexOf(0) - r))
      })
      return { value: Math.max(...errors) }
    },
  },
  {
    id: 'mseg-level',
    part: PART,
    what: 'Envelope of sixteen points: level against its formula, share of the peak',
    unit: '%',
    bar: { most: 0.01 },
    source: 'exact exponential segments',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      const rig = rigOf('mseg', sampleRate, { points: POINTS.length, sustain: 0 })
      POINTS.forEach(([level, time, curve], i) =>
        rig
          .set(`level${i + 1}`, level)
          .set(`time${i + 1}`, time)
          .set(`curve${i + 1}`, curve),
      )
      rig.start()
      const total = POINTS.reduce((sum, [, time]) => sum + time, 0) * sampleRate
      const out = rig.render(Math.ceil(total) + 64)[0][1]
      let [before, from, value] = [0, 0, 0]
      for (const [level, time, curve] of POINTS) {
        const [a, b] = [Math.round(before), Math.round(before + time * sampleRate)]
        for (let i = a; i < b; i++)
          value = Math.max(value, Math.abs(out[i] - (from + (level - from) * bend((i - a) / (b - a), curve))))
        before += time * sampleRate
        from = level
      }
      const step = Math.ceil(out.length / 240)
      const points = [...out].flatMap((v, i): [number, number][] => (i % step ? [] : [[i / sampleRate, v]]))
      return {
        value: 100 * value,
        plot: { x: SECONDS, y: { label: 'Level', unit: '' }, lines: [{ label: '16 points', points }] },
      }
    },
  },
  {
    id: 'lfo-drift',
    part: PART,
    what: 'LFO: distance from its sine after ten minutes',
    unit: '%',
    bar: { most: 0.01 },
    source: 'phase counted in whole numbers',
    rates: ALL_RATES,
    measure: ({ sampleRate, whole }) => {
      const rig = rigOf('lfo', sampleRate, { rate: 7.3 }).start()
      const seconds = whole ? 600 : 60
      let last: Float32Array = new Float32Array()
      for (let second = 0; second < seconds; second++) last = rig.render(sampleRate)[0][0]
      const rate = Math.fround(7.3) // the engine's rate is the nearest float
      let value = 0
      for (let i = 0; i < sampleRate; i += 333) {
        const turns = frac(((seconds - 1) * sampleRate + i) * (rate / sampleRate))
        value = Math.max(value, Math.abs(last[i] - Math.sin(2 * Math.PI * turns)))
      }
      return { value: 100 * value }
    },
  },
  {
    id: 'lfo-sync',
    part: PART,
    what: 'LFO in time with the song: distance of its cycles from the beat through a tempo ramp, 90 to 170 bpm',
    unit: 'frames',
    bar: { most: 0 },
    source: 'phase from song ticks',
    rates: ALL_RATES,
    measure: ({ sampleRate }) => {
      let value = 0
      for (const [sync, beats] of LENGTHS) {
        // A saw that falls where a cycle begins.
        const rig = rigOf('lfo', sampleRate, { shape: 2, phase: 180, sync })
        const length = 2 * sampleRate
        const positions: number[] = []
        let [beat, bpm] = [1.03, 90]
        rig.song(bpm, beat).start()
        const out = rig.render(length, {
          before: (frame, n) => {
            bpm = 90 + (80 * frame) / length
            rig.song(bpm, beat)
            for (let i = 0; i < n; i++) positions.push(beat + (i * bpm) / (60 * sampleRate))
            beat += (n * bpm) / (60 * sampleRate)
          },
        })[0][0]
        // The fall is a ramp of 1 ms whose middle is the beginning of the cycle: it changes sign on that frame.
        const falls: number[] = []
        for (let i = 1; i < out.length; i++) if (out[i - 1] > 0 && out[i] <= 0) falls.push(i)
        for (let i = 1; i < positions.length; i++)
          if (Math.floor(positions[i] / beats) > Math.floor(positions[i - 1] / beats))
            value = Math.max(value, Math.min(...falls.map((fall) => Math.abs(fall - i))))
      }
      return { value }
    },
  },
]
