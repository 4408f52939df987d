// Every pad of the factory kits, rendered: loud enough, not clipped, over in time, and like no other pad (Node).
import { describe, expect, test } from 'vitest'
import { factoryKits } from '../../../src/presets/factory/kits/kits.ts'
import { GM_DRUMS } from '../../../src/presets/gmDrums.ts'
import { measureStroke, MOST_PEAK_DB, padsOf, renderPads, strokeTarget, type Stroke } from './kits.ts'

/** Some strokes are too short to be as loud as they should without clipping. */
const QUIETER_LU = 2
const TOLERANCE_LU = 0.5
const APART = 3

/** How unlike two strokes are: mean difference of their bands in dB, and 6 dB for each octave of decay time. */
function distance(a: Stroke, b: Stroke): number {
  const floor = -40
  const bands = a.bands.map((level, band) => Math.abs(Math.max(floor, level) - Math.max(floor, b.bands[band]!)))
  return (
    bands.reduce((sum, one) => sum + one, 0) / bands.length +
    6 * Math.abs(Math.log2(a.decaySeconds / b.decaySeconds)) +
    6 * Math.abs(Math.log2(a.centroidHz / b.centroidHz))
  )
}

describe.each(factoryKits().map((kit) => [kit.id, kit] as const))('%s', (_, kit) => {
  const sounds = renderPads(kit, 1)
  const strokes = new Map([...sounds].map(([note, sound]) => [note, measureStroke(sound)]))
  const of = (note: number): Stroke => strokes.get(note)!

  test('every key sounds, at its loudness, and none clips', () => {
    expect(strokes.size).toBe(47)
    for (const { low, name } of padsOf(kit)) {
      const { loudness, peakDb } = of(low)
      const target = strokeTarget(low)
      expect(loudness, `${name} is silent or too quiet`).toBeGreaterThan(target - QUIETER_LU - TOLERANCE_LU)
      expect(loudness, `${name} is too loud`).toBeLessThan(target + TOLERANCE_LU)
      expect(peakDb, `${name} clips`).toBeLessThan(MOST_PEAK_DB + 0.5)
      // What is not loud enough has no room left.
      if (loudness < target - TOLERANCE_LU) expect(peakDb, name).toBeGreaterThan(MOST_PEAK_DB - 1)
    }
  })

  test('no two keys sound alike', () => {
    const notes = [...strokes.keys()]
    for (const [index, note] of notes.entries())
      for (const other of notes.slice(index + 1)) {
        const name = (key: number): string => GM_DRUMS.find((drum) => drum.note === key)!.name
        expect(distance(of(note), of(other)), `${name(note)} and ${name(other)}`).toBeGreaterThan(APART)
      }
  })

  test('drums are where drums are: kicks low, toms in order, hats high and short, cymbals long', () => {
    for (const kick of [35, 36]) expect(of(kick).centroidHz).toBeLessThan(160)
    const toms = [41, 43, 45, 47, 48, 50].map((note) => of(note).centroidHz)
    expect(toms).toEqual([...toms].sort((a, b) => a - b))
    for (const hat of [42, 46]) expect(of(hat).centroidHz).toBeGreaterThan(6000)
    expect(of(44).centroidHz).toBeGreaterThan(4000)
    expect(of(42).decaySeconds).toBeLessThan(0.2)
    expect(of(46).decaySeconds).toBeGreaterThan(2 * of(42).decaySeconds)
    for (const cymbal of [49, 51, 57, 59]) expect(of(cymbal).decaySeconds).toBeGreaterThan(0.45)
    for (const [long, short] of [
      [72, 71],
      [74, 73],
      [79, 78],
      [81, 80],
    ] as const)
      expect(of(long).decaySeconds).toBeGreaterThan(1.4 * of(short).decaySeconds)
    for (const [high, low] of [
      [60, 61],
      [63, 64],
      [65, 66],
      [67, 68],
      [76, 77],
    ] as const)
      expect(of(high).centroidHz).toBeGreaterThan(1.15 * of(low).centroidHz)
  })
})
