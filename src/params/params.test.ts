// Behaviour of knob positions, read-outs and typed values (Node).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatValue, speakValue } from './format.ts'
import { clampPlain, stepPlain, toPlain, toUnit } from './map.ts'
import { parseValue } from './parse.ts'
import type { CurveName, Scale, UnitName } from './scale.ts'

const RUNS = { seed: 7, numRuns: process.env.VERIFY ? 20_000 : 300 }
const scale = (unit: UnitName, min: number, max: number, curve: CurveName = 'linear'): Scale => ({
  unit,
  min,
  max,
  curve,
})
const cutoff = scale('hertz', 20, 20_000, 'log')
const time = scale('seconds', 0.001, 20, 'log')
const gain = scale('decibels', -60, 24)
const mode: Scale = {
  ...scale('none', 0, 2, 'option'),
  options: [
    { id: 'lowpass', label: 'Low-pass' },
    { id: 'highpass', label: 'High-pass' },
    { id: 'notch', label: 'Notch' },
  ],
}
const onOff = scale('none', 0, 1, 'toggle')
const UNITS: UnitName[] = [
  'none',
  'hertz',
  'seconds',
  'decibels',
  'fraction',
  'ratio',
  'cents',
  'semitones',
  'octaves',
  'degrees',
  'perSecond',
]
const continuous = fc
  .record({
    unit: fc.constantFrom(...UNITS),
    low: fc.double({ min: 0.001, max: 100, noNaN: true }),
    span: fc.double({ min: 1.01, max: 1000, noNaN: true }),
    curve: fc.constantFrom<CurveName>('linear', 'log'),
  })
  .map(({ unit, low, span, curve }) => scale(unit, low, low * span, curve))
const unitRange = fc.double({ min: 0, max: 1, noNaN: true })

describe('the travel of a time that may be zero', () => {
  const stage = scale('seconds', 0, 20)
  it('gives milliseconds and seconds both room on the knob', () => {
    expect(toUnit(stage, 0)).toBe(0)
    expect(toUnit(stage, 0.005)).toBeGreaterThan(0.1)
    expect(toUnit(stage, 1)).toBeLessThan(0.5)
    expect(toPlain(stage, 1)).toBe(20)
    expect(stepPlain(stage, 0.005, 1)).toBeLessThan(0.01)
  })
})

describe('knob positions', () => {
  it('come back from plain values within rounding, for any range and curve', () => {
    fc.assert(
      fc.property(continuous, unitRange, (s, u) => {
        expect(toUnit(s, toPlain(s, u))).toBeCloseTo(u, 6)
      }),
      RUNS,
    )
  })
  it('are exact at both ends and never leave the range', () => {
    fc.assert(
      fc.property(continuous, fc.double(), (s, u) => {
        const plain = toPlain(s, u) as number
        expect(plain).toBeGreaterThanOrEqual(s.min)
        expect(plain).toBeLessThanOrEqual(s.max)
        expect([toPlain(s, 0), toPlain(s, 1)]).toEqual([s.min, s.max])
      }),
      RUNS,
    )
  })
  it('rise with the plain value', () => {
    fc.assert(
      fc.property(continuous, unitRange, unitRange, (s, a, b) => {
        if (a < b) expect(toPlain(s, a) as number).toBeLessThanOrEqual(toPlain(s, b) as number)
      }),
      RUNS,
    )
  })
  it('put 632 Hz in the middle of 20 Hz to 20 kHz', () => {
    expect(toPlain(cutoff, 0.5)).toBeCloseTo(632.46, 1)
  })
  it('pick options by id, also from an index, and switches as 0 or 1', () => {
    expect(toPlain(mode, 0.5)).toBe('highpass')
    expect(toUnit(mode, 'notch')).toBe(1)
    expect(clampPlain(mode, 2)).toBe('notch')
    expect(clampPlain(mode, 'nonsense')).toBe('lowpass')
    expect(toPlain(onOff, 0.7)).toBe(1)
  })
  it('take whole numbers for counts', () => {
    expect(toPlain(scale('count', 1, 16), 0.5)).toBe(9)
  })
})

describe('steps', () => {
  it('are natural where musicians expect it', () => {
    expect(stepPlain(scale('semitones', -48, 48), 0, 1)).toBe(1)
    expect(stepPlain(gain, 0, -1, 'fine')).toBe(-0.1)
    expect(stepPlain(mode, 'lowpass', 1)).toBe('highpass')
    expect(stepPlain(mode, 'notch', 1)).toBe('notch')
    expect(stepPlain(scale('count', 1, 16), 16, 1)).toBe(16)
  })
  it('are undone by the opposite step away from the ends', () => {
    fc.assert(
      fc.property(continuous, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (s, u) => {
        const start = toPlain({ ...s, unit: 'none' }, u)
        const there = stepPlain({ ...s, unit: 'none' }, start, 1)
        expect(stepPlain({ ...s, unit: 'none' }, there, -1) as number).toBeCloseTo(start as number, 6)
      }),
      RUNS,
    )
  })
})

describe('read-outs', () => {
  it.each([
    [cutoff, 900, '900 Hz', '900 hertz'],
    [cutoff, 1200, '1.2 kHz', '1.2 kilohertz'],
    [cutoff, 999.7, '1 kHz', '1 kilohertz'],
    [cutoff, 45.32, '45.3 Hz', '45.3 hertz'],
    [scale('hertz', 0.01, 40, 'log'), 0.354, '0.354 Hz', '0.354 hertz'],
    [gain, -6.2, '\u22126.2 dB', 'minus 6.2 decibels'],
    [gain, -0.01, '0.0 dB', '0.0 decibels'],
    [gain, -Infinity, '\u2212∞ dB', 'minus infinity decibels'],
    [scale('fraction', 0, 1), 0.34, '34 %', '34 percent'],
    [scale('fraction', 0, 1), 0.025, '2.5 %', '2.5 percent'],
    [time, 0.6, '600 ms', '600 milliseconds'],
    [time, 0.9999, '1 s', '1 second'],
    [time, 3, '3 s', '3 seconds'],
    [time, 0.00125, '1.25 ms', '1.25 milliseconds'],
    [scale('cents', -100, 100), 7, '7 cents', '7 cents'],
    [scale('cents', -100, 100), -1, '\u22121 cent', 'minus 1 cent'],
    [scale('degrees', 0, 360), 90, '90°', '90 degrees'],
    [scale('ratio', 0, 16), 1.5, '1.5 ×', '1.5 times'],
    [scale('count', 1, 16), 5, '5', '5'],
    [mode, 'lowpass', 'Low-pass', 'Low-pass'],
    [mode, 1, 'High-pass', 'High-pass'],
    [onOff, 1, 'On', 'On'],
  ])('show %o at %s as %s and speak %s', (s, plain, shown, spoken) => {
    expect(formatValue(s, plain)).toBe(shown)
    expect(speakValue(s, plain)).toBe(spoken)
  })
  it('can be typed back within what three figures show', () => {
    fc.assert(
      fc.property(continuous, unitRange, (s, u) => {
        const plain = toPlain(s, u) as number
        const back = parseValue(s, formatValue(s, plain)) as number
        const shownStep = s.unit === 'decibels' ? 0.1 : s.unit === 'fraction' ? 0.01 : 0
        expect(Math.abs(back - plain)).toBeLessThanOrEqual(Math.max(Math.abs(plain) * 0.006, shownStep, 1e-5))
      }),
      RUNS,
    )
  })
})

describe('typed values', () => {
  it.each([
    [cutoff, '1.2k', 1200],
    [cutoff, '1,2 kHz', 1200],
    [cutoff, '5', 5000],
    [cutoff, 'A4', 440],
    [cutoff, 'c#4', 277.1826],
    [cutoff, 'Bb3', 233.0819],
    [cutoff, '99999', 20_000],
    [gain, '-6', -6],
    [gain, '\u22126.2 dB', -6.2],
    [gain, '-inf', -60],
    [time, '600ms', 0.6],
    [time, '3 s', 3],
    [time, '600', 0.6],
    [time, '2', 2],
    [scale('fraction', 0, 1), '34%', 0.34],
    [scale('fraction', 0, 1), '34', 0.34],
    [scale('semitones', -48, 48), '1 oct', 12],
    [scale('cents', -100, 100), '7 cents', 7],
    [scale('count', 1, 16), '4.6', 5],
    [mode, 'high-pass', 'highpass'],
    [mode, 'not', 'notch'],
    [onOff, 'off', 0],
  ])('%o understands %s', (s, text, plain) => {
    const value = parseValue(s, text)
    if (typeof plain === 'number') expect(value).toBeCloseTo(plain, 3)
    else expect(value).toBe(plain)
  })
  it('read a bare number in the unit that the read-out shows', () => {
    expect(parseValue(time, '7', 0.01)).toBeCloseTo(0.007)
    expect(parseValue(time, '7', 3)).toBe(7)
  })
  it.each(['', 'loud', '12 parsec', '1.2.3', 'H4', '--3', '6 Hz'])('are refused when not understood: "%s"', (text) => {
    expect(parseValue(gain, text)).toBeNull()
  })
  it('are refused or inside the range for any text at all, without ever throwing', () => {
    fc.assert(
      fc.property(fc.constantFrom(cutoff, gain, time), fc.string({ maxLength: 200 }), (s, text) => {
        const value = parseValue(s, text)
        if (value === null) return
        expect(value as number).toBeGreaterThanOrEqual(s.min)
        expect(value as number).toBeLessThanOrEqual(s.max)
      }),
      RUNS,
    )
  })
})
