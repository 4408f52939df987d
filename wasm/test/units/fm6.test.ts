// Six-operator FM: all routings, envelopes, key and velocity scaling.
import { expect, test } from 'vitest'

import { fm6 } from '../../report/tables.ts'
import { decibels, noteHz, rms, toneAmplitude } from './spectrum.ts'

/** Modulators of operators 1..6 and carriers of all 32 algorithms, as the chart draws them. */
const chart: readonly [carriers: string, arrows: string][] = [
  ['13', '21 43 54 65'],
  ['13', '21 43 54 65'],
  ['14', '21 32 54 65'],
  ['14', '21 32 54 65'],
  ['135', '21 43 65'],
  ['135', '21 43 65'],
  ['13', '21 43 53 65'],
  ['13', '21 43 53 65'],
  ['13', '21 43 53 65'],
  ['14', '21 32 54 64'],
  ['14', '21 32 54 64'],
  ['13', '21 43 53 63'],
  ['13', '21 43 53 63'],
  ['13', '21 43 54 64'],
  ['13', '21 43 54 64'],
  ['1', '21 31 43 51 65'],
  ['1', '21 31 43 51 65'],
  ['1', '21 31 41 54 65'],
  ['145', '21 32 64 65'],
  ['124', '31 32 54 64'],
  ['1245', '31 32 64 65'],
  ['1345', '21 63 64 65'],
  ['1245', '32 64 65'],
  ['12345', '63 64 65'],
  ['12345', '64 65'],
  ['124', '32 54 64'],
  ['124', '32 54 64'],
  ['136', '21 43 54'],
  ['1235', '43 65'],
  ['1236', '43 54'],
  ['12345', '65'],
  ['123456', ''],
]

test('each algorithm is the sum that its chart draws', () => {
  const frames = 256
  const hz = noteHz(57)
  const level = [0, -14, -5, -16, -3, -12]
  const ratio = [1, 3, 2, 1, 0.5, 4]
  const values: Record<string, number> = { quality: 1 }
  for (let op = 1; op <= 6; op++) {
    values[`gain${op}`] = level[op - 1]!
    values[`ratio${op}`] = ratio[op - 1]!
  }
  let worst = 0
  chart.forEach(([carriers, arrows], algorithm) => {
    const rig = fm6({ ...values, algorithm })
      .pitch(57)
      .start()
    rig.render(64)
    const got = rig.render(frames)[0]![0]!
    for (let i = 0; i < frames; i++) {
      const y = Array<number>(7).fill(0)
      for (let op = 6; op >= 1; op--) {
        let shift = 0
        for (const arrow of arrows.split(' ')) if (arrow[1] === String(op)) shift += y[Number(arrow[0])]! * 4 * Math.PI
        const phase = ((2 * Math.PI * hz) / 48000) * ratio[op - 1]! * (i + 64)
        y[op] = 10 ** (level[op - 1]! / 20) * Math.sin(phase + shift)
      }
      let want = 0
      for (const carrier of carriers) want += y[Number(carrier)]! / carriers.length
      worst = Math.max(worst, Math.abs(got[i]! - want))
    }
  })
  expect(worst).toBeLessThan(2e-4)
})

test('feedback goes through the loop that the chart draws', () => {
  const loops = [
    [6, 6], [2, 2], [6, 6], [4, 6], [6, 6], [5, 6], [6, 6], [4, 4], [2, 2], [3, 3], [6, 6], [2, 2], [6, 6], [6, 6],
    [2, 2], [6, 6], [2, 2], [3, 3], [6, 6], [3, 3], [3, 3], [6, 6], [6, 6], [6, 6], [6, 6], [6, 6], [3, 3], [5, 5],
    [6, 6], [5, 5], [6, 6], [6, 6],
  ] as const // prettier-ignore
  const feedback = 0.4
  const turn = (2 * Math.PI * noteHz(57)) / 48000
  let worst = 0
  chart.forEach(([carriers, arrows], algorithm) => {
    const [from, to] = loops[algorithm]!
    const values: Record<string, number> = { quality: 1, algorithm, feedback }
    for (let op = 1; op <= 6; op++) values[`gain${op}`] = -12
    const got = fm6({ ...values })
      .pitch(57)
      .start()
      .render(400)[0]![0]!
    const level = 10 ** (-12 / 20)
    let [last, before] = [0, 0]
    for (let i = 0; i < 400; i++) {
      const rise = -Math.expm1((-1.5 * Math.min(i, 24)) / 24) / -Math.expm1(-1.5)
      const y = Array<number>(7).fill(0)
      for (let op = 6; op >= 1; op--) {
        let shift = op === to ? ((last + before) / 2) * feedback * Math.PI : 0
        for (const arrow of arrows.split(' ')) if (arrow[1] === String(op)) shift += y[Number(arrow[0])]! * 4 * Math.PI
        y[op] = level * rise * Math.sin(turn * i + shift)
      }
      before = last
      last = y[from]!
      let want = 0
      for (const carrier of carriers) want += y[Number(carrier)]! / carriers.length
      worst = Math.max(worst, Math.abs(got[i]! - want))
    }
  })
  expect(worst).toBeLessThan(1e-3)
})

test('fixed operators keep their frequency, others follow the note by their ratio', () => {
  for (const note of [48, 72]) {
    const fixed = fm6({ algorithm: 31, gain1: 0, fixed1: 1, hertz1: 1234.5, gain2: 0, ratio2: 2.5, detune2: 40 })
    const signal = fixed
      .pitch(note)
      .start()
      .render(1 << 14)[0]![0]!
    expect(toneAmplitude(signal.subarray(4096), 1234.5, 48000)).toBeCloseTo(1 / 6, 3)
    expect(toneAmplitude(signal.subarray(4096), noteHz(note + 0.4) * 2.5, 48000)).toBeCloseTo(1 / 6, 3)
  }
})

test('velocity, key scaling, rate scaling and release do what they say; a note ends with its carriers', () => {
  const rig = fm6({ algorithm: 31, gain1: 0, velocity1: 0.5 }).velocity([1, 0.5, 0, 1]).pitch([60, 60, 60, 60]).start()
  rig.render(480)
  const level = rig.render(9600)[0]!.map((lane) => rms(lane) / (Math.SQRT1_2 / 6))
  expect(level.map((v) => Number(v.toFixed(2)))).toEqual([1, 0.75, 0.5, 1])

  const scaled = fm6({ algorithm: 31, gain1: 0, keys1: -3 }).pitch([60, 72, 84, 48]).start()
  scaled.render(480)
  scaled.render(9600)[0]!.forEach((lane, i) => {
    expect(Math.abs(decibels(rms(lane) / (Math.SQRT1_2 / 6)) - [0, -3, -6, 3][i]!)).toBeLessThan(0.05)
  })

  const ending = fm6({ algorithm: 4, gain1: 0, gain2: -20, follow: 1 })
  for (const op of [1, 3, 5]) ending.set(`release${op}`, 0.1)
  ending.set('release2', 5).pitch([60, 72, 48, 60]).start()
  ending.render(1000)
  expect(ending.finished()).toBe(0)
  ending.release(7)
  ending.render(2399)
  expect(ending.finished()).toBe(0)
  ending.render(2)
  expect(ending.finished()).toBe(2)
  ending.render(2400)
  expect(ending.finished()).toBe(3)
  ending.render(4801)
  expect(ending.finished()).toBe(7)
})

test('another algorithm fades in without a step', () => {
  const rig = fm6({ algorithm: 31, gain1: -3, gain2: -20, ratio2: 2 }).pitch(45).start()
  const before = rig.render(4800)[0]![0]!
  const after = rig.set('algorithm', 4).set('quality', 1).render(4800)[0]![0]!
  let most = 0
  for (let i = 2001; i < 4800; i++)
    most = Math.max(most, Math.abs(before[i]! - before[i - 1]!), Math.abs(after[i]! - after[i - 1]!))
  let step = Math.abs(after[0]! - before[4799]!)
  for (let i = 1; i < 200; i++) step = Math.max(step, Math.abs(after[i]! - after[i - 1]!))
  expect(step).toBeLessThan(most * 2.5)
})
