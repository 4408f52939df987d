// Lines, snapping, rows, hits and shapes of the arrangement (Node).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SNAPS, ZOOM } from '../../../project/arrangement.ts'
import { newProject } from '../../../project/document.ts'
import { barPosition, tickOfBar } from '../../../project/song/bars.ts'
import { curveShape } from '../../../project/song/curve.ts'
import { alignSignatures, barTicks } from '../../../project/song/signatures.ts'
import { clipInWords, panInWords, placeInWords } from './describe.ts'
import { gridLines } from './grid.ts'
import { hitTest, soundTarget } from './hit.ts'
import { lanePosition, laneScale } from './laneShape.ts'
import type { Clip, Lane, Signatures, Track } from './model.ts'
import { noteShape } from './noteShape.ts'
import { LANE_HEIGHT, layoutRows, TRACK_HEIGHT as HEIGHTS } from './rows.ts'
import { snapTick } from './snap.ts'
import { TICKS_PER_BEAT as BEAT } from './ticks.ts'
import { scrollAfterZoom, songBeats, zoomAt, zoomPosition } from './timeScale.ts'

const TRACK_HEIGHT = HEIGHTS.usual
const FOUR: Signatures = [{ tick: 0, numerator: 4, denominator: 4 }]
const CHANGING: Signatures = [
  { tick: 0, numerator: 4, denominator: 4 },
  { tick: 8 * BEAT, numerator: 6, denominator: 8 },
  { tick: 14 * BEAT, numerator: 3, denominator: 4 },
]

const signature = fc.record({
  tick: fc.nat(2000 * BEAT),
  numerator: fc.integer({ min: 1, max: 32 }),
  denominator: fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const, 16 as const, 32 as const),
})
const signatures = fc
  .array(signature, { minLength: 1, maxLength: 6 })
  .map((points) => alignSignatures([...points].sort((a, b) => a.tick - b.tick)))
const zoom = fc.double({ min: ZOOM.min, max: ZOOM.max, noNaN: true }).map((perBeat) => perBeat / BEAT)

const clip = (startBeat: number, lengthBeats: number, over: Partial<Clip> = {}): Clip => ({
  id: `clip${startBeat}`,
  name: 'Verse',
  startTick: startBeat * BEAT,
  lengthTicks: lengthBeats * BEAT,
  mute: false,
  notes: [],
  controls: [],
  ...over,
})
const lane = (points: Lane['points']): Lane => ({ id: 'lane', target: 'pan', enabled: true, points })
const track = (id: string, over: Partial<Track> = {}): Track => ({
  id,
  kind: 'instrument',
  name: id,
  colour: 1,
  devices: [],
  sends: [],
  clips: [],
  automation: [],
  gainDb: 0,
  pan: 0,
  mute: false,
  solo: false,
  ...over,
})

describe('bars', () => {
  test('bars and beats are counted through changes of signature', () => {
    const at = (beats: number) => barPosition(CHANGING, beats * BEAT)
    expect(at(0)).toEqual({ bar: 1, beat: 1, tick: 0 })
    expect(at(7.5)).toEqual({ bar: 2, beat: 4, tick: BEAT / 2 })
    expect(at(8)).toEqual({ bar: 3, beat: 1, tick: 0 })
    expect(at(10.5)).toEqual({ bar: 3, beat: 6, tick: 0 })
    expect(at(14)).toEqual({ bar: 5, beat: 1, tick: 0 })
    expect(at(18)).toEqual({ bar: 6, beat: 2, tick: 0 })
  })

  test('the start of every bar is that bar, beat 1', () => {
    fc.assert(
      fc.property(signatures, fc.integer({ min: 1, max: 500 }), (points, bar) => {
        expect(barPosition(points, tickOfBar(points, bar))).toEqual({ bar, beat: 1, tick: 0 })
      }),
    )
  })
})

describe('grid', () => {
  test('numbers stand every fourth bar at 21 pixels a bar, as the design draws them', () => {
    const lines = gridLines(FOUR, 21 / (4 * BEAT), 0, 64 * BEAT)
    expect(lines.filter(({ numbered }) => numbered).map(({ bar }) => bar)).toEqual([1, 5, 9, 13, 17])
    expect(lines.every(({ kind }) => kind !== 'part')).toBe(true)
  })

  test('lines stay apart, rise, lie in the view and on places that count', () => {
    fc.assert(
      fc.property(signatures, zoom, fc.nat(500 * BEAT), (points, pixelsPerTick, from) => {
        const to = from + Math.round(1000 / pixelsPerTick)
        const lines = gridLines(points, pixelsPerTick, from, to)
        expect(lines.length).toBeLessThan(1000 / 9 + 2 * points.length + 2)
        lines.forEach((line, i) => {
          expect(line.tick).toBeGreaterThanOrEqual(from)
          expect(line.tick).toBeLessThanOrEqual(to)
          if (i > 0) expect(line.tick).toBeGreaterThan(lines[i - 1]!.tick)
          const { bar, beat, tick } = barPosition(points, line.tick)
          expect([line.bar, line.beat]).toEqual([bar, beat])
          expect(line.kind === 'part').toBe(tick > 0)
        })
      }),
    )
  })
})

describe('snap', () => {
  test('the nearest step wins, and steps begin again at each signature', () => {
    const snap = (kind: (typeof SNAPS)[number], beats: number) => snapTick(kind, CHANGING, beats * BEAT, 1) / BEAT
    expect(snap('bar', 5.9)).toBe(4)
    expect(snap('bar', 6.1)).toBe(8)
    expect(snap('bar', 10)).toBe(11)
    expect(snap('1/8', 3.3)).toBe(3.5)
    expect(snap('1/16', 0.13)).toBe(0.25)
    expect(snap('off', 1.234)).toBeCloseTo(1.234, 4)
    expect(snap('bar', -3)).toBe(0)
  })

  test('a snapped place stays where it is, and is a line where the grid is drawn', () => {
    fc.assert(
      fc.property(
        signatures,
        zoom,
        fc.nat(2000 * BEAT),
        fc.constantFrom(...SNAPS),
        (points, pixelsPerTick, tick, kind) => {
          const once = snapTick(kind, points, tick, pixelsPerTick)
          expect(snapTick(kind, points, once, pixelsPerTick)).toBe(once)
          if (kind === 'grid')
            expect(gridLines(points, pixelsPerTick, once, once).map((line) => line.tick)).toContain(once)
        },
      ),
    )
  })
})

describe('zoom', () => {
  test('what is under the pointer stays there', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(1200), fc.double({ min: 1, max: 4, noNaN: true }), (scroll, x, factor) => {
        const after = scrollAfterZoom(scroll, x, 20, 20 * factor)
        expect((after + x) / (20 * factor)).toBeCloseTo((scroll + x) / 20, 6)
      }),
    )
  })

  test('the slider goes there and back, and its ends are the limits', () => {
    expect([zoomAt(0), zoomAt(1)]).toEqual([ZOOM.min, ZOOM.max])
    expect(zoomAt(zoomPosition(21))).toBeCloseTo(21, 9)
  })

  test('the whole song fits, with room after it; an empty one shows 16 bars', () => {
    const empty = newProject()
    expect(songBeats(empty)).toEqual({ fit: 64, whole: 96 })
    expect(songBeats({ ...empty, tracks: [track('a', { clips: [clip(60, 40)] })] }).fit).toBe(100)
  })
})

describe('rows and hits', () => {
  const tracks = [
    track('a', { automation: [lane([])], clips: [clip(0, 4), clip(2, 4, { id: 'over' })] }),
    track('b', { automation: [lane([])] }),
  ]
  const rows = layoutRows(tracks, ['a'])

  test('open lanes stand below their own track', () => {
    expect(rows.rows.map(({ kind, trackIndex, top }) => [kind, trackIndex, top])).toEqual([
      ['track', 0, 0],
      ['lane', 0, TRACK_HEIGHT],
      ['track', 1, TRACK_HEIGHT + LANE_HEIGHT],
    ])
    expect(rows.height).toBe(2 * TRACK_HEIGHT + LANE_HEIGHT)
  })

  test('of clips that overlap the upper one is hit; lanes and empty places have none', () => {
    expect(hitTest(rows, tracks, 10, 1 * BEAT)?.clip?.id).toBe('clip0')
    expect(hitTest(rows, tracks, 10, 3 * BEAT)?.clip?.id).toBe('over')
    expect(hitTest(rows, tracks, 10, 6 * BEAT)?.clip).toBeNull()
    expect(hitTest(rows, tracks, TRACK_HEIGHT + 5, 1 * BEAT)?.clip).toBeNull()
    expect(hitTest(rows, tracks, rows.height + 5, 0)).toBeNull()
  })

  test('a sound replaces on a track, is new between tracks, below them, and wherever Alt says so', () => {
    const at = (y: number, asNew = false) => {
      const found = soundTarget(rows, tracks, y, asNew)
      return found.kind === 'replace' ? found.track.id : found.index
    }
    expect(at(30)).toBe('a')
    expect(at(TRACK_HEIGHT + 10)).toBe('a')
    expect(at(2)).toBe(0)
    expect(at(TRACK_HEIGHT + LANE_HEIGHT - 2)).toBe(1)
    expect(at(TRACK_HEIGHT + LANE_HEIGHT + 2)).toBe(1)
    expect(at(rows.height + 40)).toBe(2)
    expect(at(30, true)).toBe(0)
    expect(at(rows.height - 10, true)).toBe(2)
  })
})

describe('shapes', () => {
  test('notes stay inside the picture, higher ones above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 1 }), (numbers) => {
        const { thickness, top } = noteShape(
          numbers.map((note) => ({ note })),
          36,
        )
        for (const note of numbers) {
          expect(top(note)).toBeGreaterThanOrEqual(-1e-9)
          expect(top(note) + thickness).toBeLessThanOrEqual(36 + 1e-9)
        }
        expect(top(Math.max(...numbers))).toBeLessThanOrEqual(top(Math.min(...numbers)))
      }),
    )
  })

  test('a lane goes through its points, holds, and keeps its ends', () => {
    const { scale } = laneScale(track('a'), [], 'pan')!
    const point = (beat: number, value: number, over: Partial<Lane['points'][number]> = {}) => ({
      id: String(beat),
      tick: beat * BEAT,
      value,
      curve: 0,
      hold: false,
      ...over,
    })
    const moving = lane([point(1, -1), point(3, 1, { hold: true }), point(5, 0)])
    const at = (beat: number) => lanePosition(moving, scale, beat * BEAT)
    expect([0, 1, 2, 3, 4, 5, 9].map(at)).toEqual([0, 0, 0.5, 1, 1, 0.5, 0.5])
    expect(lanePosition(lane([]), scale, 0)).toBeNull()
  })

  test('curves begin and end at their points; their sign says which way they bend', () => {
    for (const curve of [-1, -0.3, 0, 0.3, 1]) {
      expect(curveShape(0, curve)).toBeCloseTo(0, 12)
      expect(curveShape(1, curve)).toBeCloseTo(1, 12)
    }
    expect(curveShape(0.5, 0.5)).toBeGreaterThan(0.5)
    expect(curveShape(0.5, -0.5)).toBeLessThan(0.5)
  })
})

test('clips, places and pans are said as musicians say them', () => {
  const note = { id: 'n', tick: 0, lengthTicks: BEAT, note: 60, velocity: 1 }
  const verse = clip(16, 16, { notes: Array.from({ length: 32 }, () => note) })
  expect(clipInWords({ name: 'Bass' }, verse, FOUR)).toBe('Bass, clip Verse, bar 5 to 9, 32 notes')
  expect(clipInWords({ name: 'Bass' }, { ...verse, notes: [note], mute: true }, FOUR)).toBe(
    'Bass, clip Verse, bar 5 to 9, 1 note, muted',
  )
  expect(placeInWords(FOUR, 17.25 * BEAT)).toBe('bar 5 beat 2 sixteenth 2')
  expect(barTicks(FOUR[0]!)).toBe(4 * BEAT)
  expect([-0.3, 0, 1].map(panInWords)).toEqual(['30 % left', 'centre', '100 % right'])
})
