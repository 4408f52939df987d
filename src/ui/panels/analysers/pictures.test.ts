// What the analysers' pictures show where: the frequency scale, the columns of the spectrum, the scope's enlargement (Node).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextZoom, peakOf } from './scopeZoom.ts'
import { columnsOf, DB, hertzAt, HERTZ, levelAt, xOf, yOf } from './spectrumScale.ts'

describe('spectrum', () => {
  test('20 Hz lies at the left edge, 20 kHz at the right, a decade takes a third', () => {
    expect(xOf(HERTZ.from, 300)).toBeCloseTo(0)
    expect(xOf(HERTZ.to, 300)).toBeCloseTo(300)
    expect(xOf(200, 300)).toBeCloseTo(100)
    for (const x of [0, 1, 77, 299]) expect(xOf(hertzAt(x, 300), 300)).toBeCloseTo(x)
  })

  test('levels lie between top and floor, whatever they are', () => {
    expect(yOf(DB.floor, 100)).toBe(100)
    expect(yOf(-500, 100)).toBe(100)
    expect(yOf(DB.top, 100)).toBe(yOf(40, 100))
    expect(yOf(-20, 100)).toBeLessThan(yOf(-40, 100))
  })

  test.each([513, 2049, 16385])('a single loud bin of %i is seen in the column where its frequency lies', (bins) => {
    const columns = columnsOf(236, bins, 48_000)
    const hertzPerBin = 24_000 / (bins - 1)
    for (const hertz of [40, 147, 1000, 9000, 19_000]) {
      const bin = Math.round(hertz / hertzPerBin)
      const levels = new Float32Array(bins).fill(-200)
      levels[bin] = -6
      const seen = Array.from({ length: 236 }, (_, x) => levelAt(columns, x, levels))
      const top = Math.max(...seen)
      const at = seen.indexOf(top)
      // Between wide bins the picture is a line: its top column is the one nearest to the bin.
      expect(top, `${hertz} Hz`).toBeGreaterThan(-40)
      expect(Math.abs(at - xOf(bin * hertzPerBin, 236)), `${hertz} Hz`).toBeLessThanOrEqual(1.5)
    }
  })

  test('no column reads outside of the bins, at any width and sample rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.constantFrom(257, 1025, 16385),
        fc.constantFrom(8000, 44_100, 96_000),
        (width, bins, sampleRate) => {
          const columns = columnsOf(width, bins, sampleRate)
          const levels = new Float32Array(bins).fill(-30)
          const seen = Array.from({ length: width }, (_, x) => levelAt(columns, x, levels))
          expect(new Set(seen)).toEqual(new Set([-30]))
        },
      ),
    )
  })
})

describe('scope', () => {
  test('the enlargement is the largest power of two at which the wave fits, and stays while it still does', () => {
    expect(nextZoom(1, 1)).toBe(1)
    expect(nextZoom(1, 0.08)).toBe(8)
    expect(nextZoom(1, 0.1)).toBe(4)
    expect(nextZoom(8, 0.2)).toBe(4)
    // Between: neither enlarged nor reduced.
    for (const peak of [0.1, 0.11]) expect(nextZoom(8, peak)).toBe(8)
    expect(nextZoom(64, 0)).toBe(64)
  })

  test('it never flickers between two steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4, noNaN: true }), fc.constantFrom(1, 2, 4, 8, 16, 32, 64), (peak, from) => {
        const zoom = nextZoom(from, peak)
        expect(nextZoom(zoom, peak)).toBe(zoom)
      }),
    )
  })

  test('the peak is the furthest of low and high', () => {
    expect(peakOf(Float32Array.of(-0.5, -0.1), Float32Array.of(0.2, 0.4))).toBeCloseTo(0.5)
    expect(peakOf(new Float32Array(0), new Float32Array(0))).toBe(0)
  })
})
