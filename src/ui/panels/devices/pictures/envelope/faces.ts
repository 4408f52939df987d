// Pictures of envelopes: their course over time, every corner to be dragged (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import { fillArea, horizontal, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import { number, type Faces, type Paint } from '../face.ts'
import {
  drawnStages,
  envelopeHandles,
  envelopeMoved,
  envelopeScale,
  MARGIN,
  stageShape,
  yOfLevel as yOfEnvelope,
} from './env.ts'
import {
  drawnSegments,
  msegAdded,
  msegHandles,
  msegMoved,
  msegRemoved,
  msegScale,
  segmentShape,
  yOfLevel,
} from './mseg.ts'

const CURVE_POINTS = 24

const envelope: Paint = (surface, scene) => {
  const curve = String(scene.read('curve'))
  const base = surface.height - MARGIN.bottom
  const points: Point[] = [[MARGIN.side, base]]
  for (const { id, left, right, from, to } of drawnStages(surface, scene)) {
    if (id !== 'held' && right === left) continue
    if (left > MARGIN.side) vertical(surface, left)
    for (let k = 1; k <= CURVE_POINTS; k++) {
      const t = k / CURVE_POINTS
      const level = from + (to - from) * stageShape(curve, t, id === 'attack' ? 'attack' : 'fall')
      points.push([left + (right - left) * t, yOfEnvelope(level, surface)])
    }
  }
  fillArea(surface, points, base, scene.colour)
  strokeLine(surface, points, scene.colour)
}

const mseg: Paint = (surface, scene) => {
  const { read, scale, colour } = scene
  const zero = yOfLevel(0, surface, scale)
  const segments = drawnSegments(scene)
  const [points, fall]: [Point[], Point[]] = [[[segments[0]!.left, zero]], []]
  horizontal(surface, zero)
  for (const { number: n, left, right, from, level, curve } of segments) {
    const into = n === 0 ? fall : points
    if (n === 0) fall.push(points.at(-1)!)
    for (let k = 1; k <= CURVE_POINTS; k++) {
      const t = k / CURVE_POINTS
      into.push([left + (right - left) * t, yOfLevel(from + (level - from) * segmentShape(curve, t), surface, scale)])
    }
  }
  const at = (n: number): number => segments.find((segment) => segment.number === n)?.right ?? surface.width
  const { g, height } = surface
  if (String(read('sustain')) !== 'none') vertical(surface, at(Number(read('sustain'))), 'line-3')
  if (String(read('loop')) !== 'off') {
    const [from, to] = [at(number(read, 'loopStart')), at(number(read, 'loopEnd'))]
    g.fillStyle = css(token('accent'), 0.7)
    g.fillRect(Math.min(from, to), height - 3, Math.max(2, Math.abs(to - from)), 2)
  }
  fillArea(surface, points, zero, colour)
  strokeLine(surface, points, colour)
  if (fall.length > 1) strokeLine(surface, fall, colour, 0.5)
}

export const faces: Faces = {
  units: {
    env: {
      paint: envelope,
      scale: envelopeScale,
      handles: { at: envelopeHandles, moved: envelopeMoved, hint: 'Drag the corners' },
    },
    mseg: {
      paint: mseg,
      scale: msegScale,
      handles: {
        at: msegHandles,
        moved: msegMoved,
        doubled: (area, scene, id, place) => {
          if (id === null) return msegAdded(area, scene, place)
          return id.startsWith('p') ? msegRemoved(scene, Number(id.slice(1))) : []
        },
        hint: 'Drag points, and the small ones between for the bend; press twice to add or remove',
      },
    },
  },
  effects: {},
}
