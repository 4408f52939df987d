// What dragging in pictures writes: bands, envelopes, points, drawn curves (Node).
import { describe, expect, it, vi } from 'vitest'
import { effectScene, unitScene } from '../../../../../wasm/test/pictures/scenes.ts'
import { shareOf } from './axis.ts'
import { anchorsAfter, anchorsOf, CURVE_PRESETS, drawnOver, pointsOfPreset, removed, set } from './drive/anchors.ts'
import { envelopeHandles, envelopeMoved, envelopeScale } from './envelope/env.ts'
import { msegAdded, msegHandles, msegMoved, msegRemoved, msegScale } from './envelope/mseg.ts'
import { compressorGain, expanderGain, limiterGain } from './dynamics/curves.ts'
import { dotAt, levelAtReduction } from './dynamics/settled.ts'
import { EIGHT_HANDLES } from './equaliser/handles.ts'
import { cutoff } from './filter/handles.ts'
import { filterMagnitude } from './filter/response.ts'
import type { Change, Scene } from './face.ts'
import { facedTypes, fetchFace } from './faces.ts'
import { moved, taken } from './grip.ts'

const AREA = { width: 300, height: 120 }
const after = (scene: Scene, change: Change): Scene => {
  const values = new Map(change)
  return { ...scene, read: (id) => values.get(id) ?? scene.read(id) }
}
const handle = (list: readonly { readonly id: string; readonly x: number; readonly y: number }[], id: string) =>
  list.find((each) => each.id === id)!

describe('handles', () => {
  it('are taken within reach only, the upper one of two', () => {
    const two = [
      { id: 'a', x: 10, y: 10 },
      { id: 'b', x: 10, y: 10 },
    ]
    expect(taken(two, { x: 12, y: 9 })?.id).toBe('b')
    expect(taken(two, { x: 40, y: 10 })).toBeNull()
  })
  it('move with the pointer, ten times slower with Shift', () => {
    expect(moved({ x: 5, y: 5 }, 10, -20, false)).toEqual({ x: 15, y: -15 })
    expect(moved({ x: 5, y: 5 }, 10, -20, true)).toEqual({ x: 6, y: 3 })
  })
})

describe('bands of an equaliser', () => {
  const handles = EIGHT_HANDLES
  it('come to where they are dragged, whatever the others do', () => {
    const scene = effectScene('eq8', { band3Gain: 9, band3Frequency: 400 })
    for (const [id, place] of [
      ['band4', { x: shareOf(500) * 300, y: 30 }],
      ['band2', { x: shareOf(90) * 300, y: 85 }],
    ] as const) {
      const now = handle(handles.at(AREA, after(scene, handles.moved(AREA, scene, id, place))), id)
      expect(now.x).toBeCloseTo(place.x, 3)
      expect(now.y).toBeCloseTo(place.y, 3)
    }
  })
  it('of cuts are dragged up for their Q; the wheel turns Q; a double press switches', () => {
    const scene = effectScene('eq8', { band1On: 1 })
    const change = new Map(handles.moved(AREA, scene, 'band1', { x: 40, y: 60 - (6 / 21) * 60 }))
    expect([...change.keys()]).toEqual(['band1Frequency', 'band1Q'])
    expect(20 * Math.log10(Number(change.get('band1Q')))).toBeGreaterThan(4)
    expect(Number(handles.turned!(scene, 'band4', 1)[0]![1])).toBeGreaterThan(1)
    expect(handles.doubled!(AREA, scene, 'band1', { x: 0, y: 0 })).toEqual([['band1On', 0]])
  })
})

it('a filter’s cutoff comes to the pointer, its resonance to the pointer’s height', () => {
  const handles = cutoff(filterMagnitude)
  const scene = effectScene('filter')
  const place = { x: shareOf(2500) * 300, y: 30 }
  const next = after(scene, handles.moved(AREA, scene, 'cutoff', place))
  expect(handle(handles.at(AREA, next), 'cutoff').x).toBeCloseTo(place.x, 3)
  expect(handle(handles.at(AREA, next), 'cutoff').y).toBeCloseTo(place.y, 1)
  expect(filterMagnitude(2500, next.read, 48000)).toBeGreaterThan(1)
})

describe('the dot on a dynamics curve', () => {
  it('lies at the level that is turned down by as much', () => {
    const plain = { makeup: 0, automatic: 0, mix: 1 }
    for (const [type, values, gain, levels] of [
      ['compressor', { ...plain, threshold: -30, ratio: 4 }, compressorGain, [-31, -20, -6]],
      ['limiter', {}, limiterGain, [0, 3]],
      ['expander', { mix: 1, threshold: -20, range: -40 }, expanderGain, [-22, -30, -45]],
    ] as const)
      for (const level of levels) {
        const { read } = effectScene(type, values)
        expect(levelAtReduction(type, gain(level, read), read), `${type} ${level}`).toBeCloseTo(level, 3)
      }
  })
  it('knows make-up and mix, and is not there while nothing is turned down', () => {
    const scene = effectScene('compressor', { threshold: -30, ratio: 4, knee: 0, makeup: 6, mix: 1 })
    expect(levelAtReduction('compressor', -15, scene.read)).toBeCloseTo(-10, 3)
    const louder = dotAt('compressor', AREA, scene, -15)!
    const plain = dotAt('compressor', AREA, effectScene('compressor', { threshold: -30, ratio: 4, knee: 0 }), -15)!
    expect(louder.x).toBeCloseTo(plain.x, 3)
    expect(louder.y).toBeLessThan(plain.y)
    expect(dotAt('compressor', AREA, scene, 0)).toBeNull()
  })
  it('moves along the cliff of a gate, which does not say its level', () => {
    const scene = effectScene('gate', { threshold: -40 })
    const open = dotAt('gate', AREA, scene, -3)!
    const shut = dotAt('gate', AREA, scene, -80)!
    expect(open.x).toBe(shut.x)
    expect(open.y).toBeLessThan(shut.y)
    expect(shut.y).toBeLessThan(AREA.height)
    expect(dotAt('gate', AREA, scene, 0)).toBeNull()
    expect(dotAt('multiband', AREA, effectScene('multiband'), -20)).toBeNull()
  })
})

describe('envelopes', () => {
  const scaled = (scene: Scene, of: typeof envelopeScale): Scene => ({ ...scene, scale: of(AREA, scene) })
  it('take every corner where it is dragged', () => {
    const scene = scaled(unitScene('env', { hold: 0.1 }), envelopeScale)
    const corners = envelopeHandles(AREA, scene)
    expect(corners.map(({ id }) => id)).toEqual(['attack', 'hold', 'decay', 'release'])
    for (const { id, x, y } of corners) {
      const next = after(scene, envelopeMoved(AREA, scene, id, { x: x + 12, y: y - 5 }))
      expect(handle(envelopeHandles(AREA, next), id).x).toBeCloseTo(x + 12, 3)
    }
    const decay = handle(corners, 'decay')
    const next = after(scene, envelopeMoved(AREA, scene, 'decay', { x: decay.x, y: decay.y - 10 }))
    expect(Number(next.read('sustain'))).toBeGreaterThan(0.75)
    expect(new Map(envelopeMoved(AREA, scene, 'attack', { x: -50, y: 0 })).get('attack')).toBe(0)
  })
  it('of many points: points, bends, and the release', () => {
    const scene = scaled(unitScene('mseg'), msegScale)
    for (const id of ['p1', 'p3', 'c2']) {
      const { x, y } = handle(msegHandles(AREA, scene), id)
      const place = { x: id === 'c2' ? x : x + 8, y: y + 6 }
      const next = after(scene, msegMoved(AREA, scene, id, place))
      const now = handle(msegHandles(AREA, next), id)
      expect(now.x, id).toBeCloseTo(place.x, 3)
      // Nearly straight bends are taken by two terms of their series.
      expect(now.y, id).toBeCloseTo(place.y, id === 'c2' ? 0 : 3)
    }
  })
  it('gain a point that leaves the others where they are, and lose it again', () => {
    const scene = scaled(unitScene('mseg'), msegScale)
    const before = msegHandles(AREA, scene).filter(({ id }) => id.startsWith('p'))
    const place = { x: (before[1]!.x + before[2]!.x) / 2, y: 40 }
    const more = after(scene, msegAdded(AREA, scene, place))
    const points = msegHandles(AREA, more).filter(({ id }) => id.startsWith('p'))
    expect(points.length).toBe(5)
    expect(points[2]!.x).toBeCloseTo(place.x, 3)
    expect(points[2]!.y).toBeCloseTo(place.y, 3)
    const total = (of: Scene, count: number) =>
      Array.from({ length: count }, (_, i) => Number(of.read(`time${i + 1}`))).reduce((a, b) => a + b)
    expect(total(more, 5)).toBeCloseTo(total(scene, 4), 9)
    expect(more.read('sustain')).toBe('4')
    const back = after(more, msegRemoved(more, 3))
    for (const id of ['points', 'sustain', 'level3', 'level4']) expect(back.read(id)).toEqual(scene.read(id))
    expect(Number(back.read('time3'))).toBeCloseTo(Number(scene.read('time3')), 9)
    expect(msegAdded(AREA, unitScene('mseg', { points: 16 }, { scale: 50 }), place)).toEqual([])
  })
})

describe('the drawn curve', () => {
  const of = (id: string) => {
    const preset = CURVE_PRESETS.find((each) => each.id === id)!
    return { y: pointsOfPreset(preset, 17), straight: preset.straight }
  }
  it('is said by few points: two for a line, corners for a clip', () => {
    expect(anchorsOf(of('straight').y, true)).toEqual([0, 16])
    expect(anchorsOf(of('hard').y, true)).toEqual([0, 4, 12, 16])
    for (const { id, straight } of CURVE_PRESETS) {
      const { y } = of(id)
      expect(anchorsOf(y, straight).length, id).toBeLessThanOrEqual(17)
      expect(Math.max(...y.map(Math.abs)), id).toBeLessThanOrEqual(1)
    }
  })
  it('bends between a moved point and its neighbours, and stays beyond them', () => {
    const { y } = of('hard')
    const next = set({ y, anchors: anchorsOf(y, true) }, 12, 0.5, true)
    expect(next.anchors).toEqual([0, 4, 12, 16])
    expect(next.y[12]).toBe(0.5)
    expect(next.y[8]).toBeCloseTo(-0.25, 9)
    expect(next.y.slice(0, 4)).toEqual(y.slice(0, 4))
    expect(set(next, 14, 9, true).y[14]).toBe(1)
  })
  it('gains points, loses them, but never its ends', () => {
    const { y } = of('straight')
    const more = set({ y, anchors: [0, 16] }, 8, 0.6, true)
    expect(more.anchors).toEqual([0, 8, 16])
    expect(more.y[4]).toBeCloseTo(-0.2, 9)
    expect(removed(more, 8, true)).toEqual({ y: y.map((value) => expect.closeTo(value, 9)), anchors: [0, 16] })
    expect(removed(more, 0, true)).toEqual(more)
  })
  it('is drawn by hand over every point that is passed, in both directions', () => {
    const { y } = of('straight')
    const drawn = drawnOver({ y, anchors: [0, 16] }, [0.5, 0], [0, 1], false)
    expect(drawn.anchors).toEqual([0, 8, 9, 10, 11, 12, 16])
    expect([8, 9, 10, 11, 12].map((k) => drawn.y[k])).toEqual([1, 0.75, 0.5, 0.25, 0])
  })
  it('finds its points anew when it came from elsewhere, and keeps those on the curve', () => {
    const { y } = of('straight')
    expect(anchorsAfter([0, 5, 16], y, true)).toEqual([0, 5, 16])
    expect(anchorsAfter([0, 5, 16], of('hard').y, true)).toEqual([0, 4, 12, 16])
  })
})

// Canvases ask for the theme when they are loaded; editors are components.
const listening = { matches: false, addEventListener: () => undefined }
vi.stubGlobal('window', { matchMedia: () => listening })
vi.mock('./drive/CurveEditor.tsx', () => ({ CurveEditor: () => null }))
vi.mock('./dynamics/ReductionDot.tsx', () => ({ ReductionDot: () => null }))
vi.mock('./sample/Behind.tsx', () => ({
  SamplerBehind: () => null,
  GranularBehind: () => null,
  RoomBehind: () => null,
}))
vi.mock('./equaliser/SpectrumBehind.tsx', () => ({ SpectrumBehind: () => null }))

it('every device that is said to have a face has one in its chunk', async () => {
  for (const owner of ['units', 'effects'] as const)
    for (const type of facedTypes(owner)) expect(await fetchFace(owner, type), `${owner} ${type}`).not.toBeNull()
})
