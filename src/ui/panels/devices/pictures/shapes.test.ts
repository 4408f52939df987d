// Pictures must tell the truth about the values they stand above (Node).
import { describe, expect, it } from 'vitest'
import {
  combMagnitude,
  decibels,
  driven,
  eqDecibels,
  hertzAt,
  ladderMagnitude,
  shareOf,
  svfMagnitude,
} from './response.ts'
import { basicWave, envelopeStages, oscillatorWave, stageShape } from './shapes.ts'

const reader = (values: Record<string, number | string>) => (id: string) => values[id] ?? 0

describe('filter pictures', () => {
  const flat = reader({ mode: 'lowpass', slope: '12', cutoff: 1000, resonance: 1 / 12 })
  it('show -3 dB at the cutoff of a Butterworth low-pass (Q 0.707) and 12 dB per octave above', () => {
    expect(decibels(svfMagnitude(1000, flat))).toBeCloseTo(-3.01, 1)
    expect(decibels(svfMagnitude(16000, flat)) - decibels(svfMagnitude(8000, flat))).toBeCloseTo(-12, 0)
  })
  it('show the other modes where they belong', () => {
    const mode = (name: string) => reader({ mode: name, slope: '12', cutoff: 1000, resonance: 0.3 })
    expect(decibels(svfMagnitude(50, mode('highpass')))).toBeLessThan(-40)
    expect(decibels(svfMagnitude(1000, mode('bandpass')))).toBeCloseTo(0, 6)
    expect(decibels(svfMagnitude(1000, mode('notch')))).toBeLessThan(-100)
  })
  it('double the slope at 24 and stay Butterworth', () => {
    const steep = reader({ mode: 'lowpass', slope: '24', cutoff: 1000, resonance: 1 / 12 })
    expect(decibels(svfMagnitude(1000, steep))).toBeCloseTo(-3.01, 1)
    expect(decibels(svfMagnitude(16000, steep)) - decibels(svfMagnitude(8000, steep))).toBeCloseTo(-24, 0)
  })
  it('keep the -3 dB width of band-pass when the slope doubles', () => {
    const band = (slope: string) => reader({ mode: 'bandpass', slope, cutoff: 1000, resonance: 0.4 })
    const q = 0.5 * 2 ** 2.4
    const edgeHz = 1000 * (Math.sqrt(1 + 1 / (4 * q * q)) + 1 / (2 * q))
    expect(decibels(svfMagnitude(edgeHz, band('12')))).toBeCloseTo(-3.01, 1)
    expect(decibels(svfMagnitude(edgeHz, band('24')))).toBeCloseTo(-3.01, 1)
  })
  it('show the ladder with 24 dB per octave and its resonance', () => {
    const ladder = (resonance: number) => reader({ cutoff: 1000, resonance })
    expect(decibels(ladderMagnitude(16000, ladder(0))) - decibels(ladderMagnitude(8000, ladder(0)))).toBeCloseTo(-24, 0)
    expect(ladderMagnitude(1000, ladder(0.9))).toBeGreaterThan(3 * ladderMagnitude(1000, ladder(0)))
  })
  it('show comb peaks at multiples of its pitch', () => {
    const comb = reader({ cutoff: 500, feedback: 0.8, mix: 1, damping: 0 })
    expect(combMagnitude(1000, comb)).toBeCloseTo(5 * 0.6, 6)
    expect(combMagnitude(750, comb)).toBeCloseTo(0.6 / 1.8, 6)
    const damped = reader({ cutoff: 500, feedback: 0.8, mix: 1, damping: 1 })
    expect(combMagnitude(10000, damped)).toBeLessThan(combMagnitude(10000, comb) / 3)
  })
  it('keep -12 dBFS through saturation at any drive, and flatten above', () => {
    for (const drive of [0, 12, 36]) {
      const saturation = reader({ drive, mix: 1, output: 0 })
      expect(driven(0.25, saturation)).toBeCloseTo(0.25, 9)
      expect(driven(-0.25, saturation)).toBeCloseTo(-0.25, 9)
    }
    expect(driven(1, reader({ drive: 36, mix: 1, output: 0 }))).toBeLessThan(0.26)
    expect(driven(0.8, reader({ drive: 36, mix: 0, output: 0 }))).toBe(0.8)
  })
  it('show the equaliser with its whole gain in the middle of a bell and at the ends of the shelves', () => {
    const bands = {
      lowFrequency: 100,
      bell1Frequency: 500,
      bell2Frequency: 2500,
      highFrequency: 8000,
      bell1Q: 1,
      bell2Q: 4,
    }
    const eq = (gains: object) => reader({ ...bands, lowGain: 0, bell1Gain: 0, bell2Gain: 0, highGain: 0, ...gains })
    expect(eqDecibels(500, eq({}))).toBe(0)
    expect(eqDecibels(500, eq({ bell1Gain: 6 }))).toBeCloseTo(6, 9)
    expect(eqDecibels(2500, eq({ bell2Gain: -12 }))).toBeCloseTo(-12, 9)
    expect(eqDecibels(1, eq({ lowGain: 9 }))).toBeCloseTo(9, 2)
    expect(eqDecibels(100, eq({ lowGain: 9 }))).toBeCloseTo(4.5, 9)
    expect(eqDecibels(1e6, eq({ highGain: -9 }))).toBeCloseTo(-9, 2)
    expect(eqDecibels(20, eq({ highGain: -9 }))).toBeCloseTo(0, 2)
  })
  it('place frequencies on a log axis and back', () => expect(hertzAt(shareOf(440))).toBeCloseTo(440, 6))
})

describe('wave and envelope pictures', () => {
  it('show pulses of their own width', () => {
    const wave = oscillatorWave('pulse', reader({ width: 0.2 }), { type: 'pulse' })!
    expect([wave(0.1), wave(0.3)]).toEqual([1, -1])
  })
  it('show no cycle for noise', () => expect(oscillatorWave('white', reader({}), { type: 'white' })).toBeNull())
  it('start triangles and sines at zero', () => {
    expect(basicWave('triangle', 0)).toBe(0)
    expect(basicWave('triangle', 0.25)).toBe(1)
    expect(basicWave('sine', 0.25)).toBeCloseTo(1)
  })
  it('run stages from end to end in every curve', () => {
    for (const curve of ['linear', 'exponential', 'logarithmic']) {
      expect(stageShape(curve, 0)).toBeCloseTo(0)
      expect(stageShape(curve, 1)).toBeCloseTo(1)
    }
    expect(stageShape('exponential', 0.5)).toBeGreaterThan(0.5)
    expect(stageShape('logarithmic', 0.5)).toBeLessThan(0.5)
  })
  it('hold the sustain level between decay and release', () => {
    const stages = envelopeStages(reader({ attack: 0.1, decay: 0.2, sustain: 0.6, release: 1 }), 0.5)
    expect(stages.slice(3)).toEqual([
      { seconds: 0.2, from: 1, to: 0.6 },
      { seconds: 0.5, from: 0.6, to: 0.6 },
      { seconds: 1, from: 0.6, to: 0 },
    ])
  })
})
