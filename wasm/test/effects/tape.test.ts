// Tape and multi-tap delay: time, flatness, saturation, wavering, gliding; rhythm, levels, places.
import { describe, expect, it } from 'vitest'
import { render, Rig } from './rig.ts'
import { db, impulse, peak, rms, sine, spectrum } from './signals.ts'

const clean = { mix: 1, feedback: 0, drive: 0, tone: 20000, lowCut: 20, wow: 0, flutter: 0 }
const top = (x: Float32Array) => x.reduce((best, v, n) => (Math.abs(v) > Math.abs(x[best]) ? n : best), 0)
/** Largest second difference: a step stands far above a tone's own. */
function bend(x: Float32Array): number {
  let worst = 0
  for (let n = 2; n < x.length; n++) worst = Math.max(worst, Math.abs(x[n] - 2 * x[n - 1] + x[n - 2]))
  return worst
}

describe('tape', () => {
  it('echoes at its time, or at a note length of the song', () => {
    for (const [values, seconds] of [
      [{ time: 0.25 }, 0.25],
      [{ time: 2 }, 2],
      [{ sync: '1/8D' }, 0.45],
    ] as const) {
      const rig = new Rig('tape', { ...clean, ...values }).song({ bpm: 100 })
      expect(Math.abs(top(rig.process(impulse(98000)).left) - 48000 * seconds)).toBeLessThan(1)
      rig.free()
    }
  })

  it('repeats soft sounds by the feedback, whatever the drive', () => {
    for (const drive of [0, 24]) {
      const values = { ...clean, drive, time: 0.1, feedback: 0.5 }
      const input = new Float32Array(30000)
      input.set(sine(1000, 2400, 48000, 0.003))
      const echoes = render('tape', values, input).left
      const level = (k: number) => db(rms(echoes.subarray(4800 * k + 500, 4800 * k + 2000)))
      for (const k of [2, 3, 4]) expect(level(k) - level(k - 1)).toBeCloseTo(db(0.5), 1)
    }
  })

  it('saturates: loud sounds gain odd harmonics and lose peaks, and nothing folds back', () => {
    const loud = render('tape', { ...clean, drive: 18, time: 0.05 }, sine(1000, 40000)).left
    const magnitudes = spectrum(loud.subarray(6000, 6000 + 32768))
    const at = (hz: number) =>
      db(
        magnitudes
          .slice(Math.round(hz / (48000 / 32768)) - 8, Math.round(hz / (48000 / 32768)) + 9)
          .reduce((a, b) => Math.max(a, b)),
      )
    expect(at(3000) - at(1000)).toBeGreaterThan(-25)
    expect(at(2000) - at(1000)).toBeLessThan(-100)
    expect(at(1500) - at(1000)).toBeLessThan(-90)
    expect(peak(loud)).toBeLessThan(0.55)
  })

  it('swells to a bound above 100 % of feedback and dies below', () => {
    const rig = new Rig('tape', { ...clean, time: 0.05, feedback: 1.1, drive: 6, tone: 3000 })
    rig.process(sine(440, 4800, 48000, 0.05))
    rig.silence(240000)
    const later = rms(rig.silence(48000).left)
    expect(later).toBeGreaterThan(0.05)
    expect(peak(rig.silence(48000).left)).toBeLessThan(2)
    rig.set({ feedback: 0.5 })
    rig.silence(96000)
    expect(peak(rig.silence(4800).left)).toBeLessThan(1e-4)
    rig.free()
  })

  it('wavers in pitch by as much as wow and flutter say', () => {
    /** Mean and largest deviation of a sine's frequency, from the phase of its analytic signal. */
    const deviation = (values: Record<string, number>) => {
      const { left } = render('tape', { ...clean, ...values, time: 0.1 }, sine(1000, 200000, 48000, 0.05))
      const [n, phases] = [480, [] as number[]]
      for (let from = 9600; from + n < left.length; from += n) {
        let [re, im] = [0, 0]
        for (let k = 0; k < n; k++) {
          const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * k) / n)
          re += w * left[from + k] * Math.cos((2 * Math.PI * 1000 * (from + k)) / 48000)
          im -= w * left[from + k] * Math.sin((2 * Math.PI * 1000 * (from + k)) / 48000)
        }
        phases.push(Math.atan2(im, re))
      }
      let worst = 0
      for (let k = 1; k < phases.length; k++) {
        const turn = (phases[k] - phases[k - 1]) / (2 * Math.PI)
        worst = Math.max(worst, (Math.abs(turn - Math.round(turn)) * (48000 / n)) / 1000)
      }
      return worst
    }
    expect(deviation({})).toBeLessThan(1e-5)
    expect(deviation({ wow: 1 })).toBeGreaterThan(0.005)
    expect(deviation({ wow: 1 })).toBeLessThan(0.0085)
    expect(deviation({ flutter: 1 })).toBeGreaterThan(0.002)
    expect(deviation({ flutter: 1 })).toBeLessThan(0.0045)
  })

  it('glides to a new time without a click', () => {
    const rig = new Rig('tape', { ...clean, time: 0.1 })
    const steady = sine(100, 48000, 48000, 0.25)
    rig.process(steady)
    const own = bend(rig.process(steady).left)
    for (const time of [0.15, 0.05, 0.3]) {
      rig.set({ time })
      // At 1.6 times the speed a sine bends 2.6 times as much.
      expect(bend(rig.process(steady).left)).toBeLessThan(3 * own)
    }
    rig.free()
  })
})

describe('multitap', () => {
  const one = { mix: 1, feedback: 0, highCut: 20000, time: 0.1 }
  const places: Record<string, number[]> = {
    even: [1, 2, 3, 4, 5, 6, 7, 8],
    swing: [4 / 3, 2, 10 / 3, 4, 16 / 3, 6, 22 / 3, 8],
    tresillo: [1.125, 2.25, 3, 4.125, 5.25, 6, 7.125, 8],
  }
  it.each(Object.keys(places))('%s: eight echoes at their steps, each with its level and place', (rhythm) => {
    const { left, right } = render('multitap', { ...one, rhythm, taps: 8 }, impulse(45000))
    const levels = [1, 0.8, 0.65, 0.52, 0.42, 0.34, 0.27, 0.22]
    const pans = [-0.6, 0.6, -0.3, 0.3, -0.9, 0.9, -0.15, 0.15]
    for (const [k, steps] of places[rhythm].entries()) {
      const at = Math.round(Math.fround(0.1) * 48000 * steps)
      const turn = ((pans[k] + 1) * Math.PI) / 4
      expect(left[at]).toBeCloseTo(levels[k] * Math.cos(turn), 5)
      expect(right[at]).toBeCloseTo(levels[k] * Math.sin(turn), 5)
    }
    expect(left.filter((v) => v !== 0).length).toBeLessThanOrEqual(8)
  })

  it.each(['faster', 'slower'])('%s: steps shrink or grow by a fifth and fill the pattern', (rhythm) => {
    const { left } = render('multitap', { ...one, rhythm, taps: 8 }, impulse(45000))
    const at = [...left.entries()].filter(([, v]) => v !== 0).map(([n]) => n)
    const steps = at.map((n, k) => n - (at[k - 1] ?? 0))
    expect(at.length).toBe(8)
    expect(at[7]).toBe(38400)
    for (let k = 1; k < 8; k++) expect(steps[k] / steps[k - 1]).toBeCloseTo(rhythm === 'faster' ? 0.8 : 1.25, 1)
  })

  it('repeats the pattern from its last echo', () => {
    const { left } = render('multitap', { ...one, taps: 3, feedback: 0.5 }, impulse(40000))
    for (const k of [1, 2, 3]) expect(left[4800 * (k + 3)] / left[4800 * k]).toBeCloseTo(0.5, 4)
  })

  it('keeps time with the song', () => {
    const rig = new Rig('multitap', { ...one, sync: '1/8' }).song({ bpm: 90 })
    expect(rig.process(impulse(20000)).left.findIndex((v) => v !== 0)).toBe(16000)
    rig.free()
  })

  it('changes time, rhythm and number without a click', () => {
    const rig = new Rig('multitap', one)
    const steady = sine(100, 48000, 48000, 0.25)
    rig.process(steady)
    const own = bend(rig.process(steady).left)
    for (const values of [{ time: 0.13 }, { taps: 8 }, { rhythm: 'slower' }, { taps: 1 }] as Record<
      string,
      number | string
    >[]) {
      rig.set(values)
      expect(bend(rig.process(steady).left)).toBeLessThan(3 * own + 1e-3)
    }
    rig.free()
  })
})
