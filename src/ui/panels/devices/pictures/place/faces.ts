// Pictures of place: where both sides of a sound go, and where it stands round the head (main thread).
import { css, token, type Rgb } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { horizontal, label, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import { clamp, number, type Area, type Faces, type Handles, type Paint, type Scene } from '../face.ts'
import { midsideMatrix, pannerMatrix, widthMatrix, type Matrix } from './matrix.ts'

const MARGIN = 12

/** A gain of 2 reaches the edge. */
const unit = ({ width, height }: Area): number => Math.min(width / 2 - MARGIN, height - 2 * MARGIN) / 1.6

/** Both inputs as arrows over a field whose diagonals are the outputs: mid up, sides across. */
const field =
  (matrix: (scene: Scene) => Matrix): Paint =>
  (surface, scene) => {
    const { width, height } = surface
    const [x0, y0] = [width / 2, height - MARGIN]
    const size = unit(surface)
    const at = (left: number, right: number): Point => [
      x0 + ((right - left) / Math.SQRT2) * size,
      y0 - ((left + right) / Math.SQRT2) * size,
    ]
    for (const end of [at(1.3, 0), at(0, 1.3)]) strokeLine(surface, [[x0, y0], end], token('line-2'), 1, 1)
    strokeLine(surface, [[x0, y0], at(1, 1)], token('line-1'), 1, 1)
    const [ll, lr, rl, rr] = matrix(scene)
    for (const [name, left, right] of [
      ['L', ll, rl],
      ['R', lr, rr],
    ] as const) {
      arrow(surface, [x0, y0], at(left, right), scene.colour)
      const [x, y] = at(left, right)
      label(
        surface,
        name,
        clamp(x + (name === 'L' ? -7 : 7), 7, width - 7),
        clamp(y - 3, 10, height - 3),
        'center',
        'text-1',
      )
    }
  }

function arrow(surface: Surface, from: Point, to: Point, colour: Rgb) {
  const { g } = surface
  strokeLine(surface, [from, to], colour, 1, 1.75)
  g.beginPath()
  g.arc(to[0], to[1], 3, 0, 2 * Math.PI)
  g.fillStyle = css(colour)
  g.fill()
}

/** Gains of both sides over the place; the LFO's way as a bar. */
const panner: Paint = (surface, scene) => {
  const { read, colour } = scene
  const { g, width, height } = surface
  const toX = (place: number) => MARGIN + ((place + 1) / 2) * (width - 2 * MARGIN)
  const y = (gain: number) => height - 14 - (gain / 1.5) * (height - 26)
  horizontal(surface, y(0))
  vertical(surface, width / 2)
  // What one side alone is given there.
  for (const [side, row] of [
    [0, 0],
    [1, 2],
  ] as const) {
    const points: Point[] = []
    for (let place = -1; place <= 1.001; place += 0.02) {
      const m = pannerMatrix(read, clamp(place, -1, 1))
      points.push([toX(place), y(m[row]! + m[row + 1]!)])
    }
    strokeLine(surface, points, colour, side === 0 ? 0.5 : 1, 1.5)
  }
  const [pan, depth] = [number(read, 'pan'), number(read, 'depth')]
  g.fillStyle = css(token('accent'), 0.7)
  const [from, to] = [toX(clamp(pan - depth, -1, 1)), toX(clamp(pan + depth, -1, 1))]
  if (to - from > 1) g.fillRect(from, height - 3, to - from, 2)
  label(surface, 'L', MARGIN - 8, height - 4)
  label(surface, 'R', width - MARGIN + 1, height - 4)
}

const pannerHandles: Handles = {
  hint: 'Drag sideways for the place',
  at: ({ width, height }, { read }) => [
    { id: 'pan', x: MARGIN + ((number(read, 'pan') + 1) / 2) * (width - 2 * MARGIN), y: height - 14 },
  ],
  moved: ({ width }, _scene, _id, { x }) => [['pan', ((x - MARGIN) / (width - 2 * MARGIN)) * 2 - 1]],
}

/** Metres, on a log axis from the head to the edge. */
const NEAREST = 0.25
const FARTHEST = 20
const HEAD = 7

const edge = ({ width, height }: Area): number => Math.min(width, height) / 2 - 8
const radiusOf = (distance: number, area: Area): number =>
  HEAD + 4 + (Math.log(distance / NEAREST) / Math.log(FARTHEST / NEAREST)) * (edge(area) - HEAD - 4)

function seat(area: Area, degrees: number, distance: number): Point {
  const turn = (degrees * Math.PI) / 180
  const radius = radiusOf(distance, area)
  return [area.width / 2 + Math.sin(turn) * radius, area.height / 2 - Math.cos(turn) * radius]
}

/** Seen from above, the nose up. */
const head: Paint = (surface, { read, colour }) => {
  const { g, width, height } = surface
  const [x, y] = [width / 2, height / 2]
  g.lineWidth = 1
  for (const metres of [1, 5, 20]) {
    g.beginPath()
    g.arc(x, y, radiusOf(metres, surface), 0, 2 * Math.PI)
    g.strokeStyle = css(token('line-1'))
    g.stroke()
  }
  g.beginPath()
  g.arc(x, y, HEAD, 0, 2 * Math.PI)
  g.moveTo(x - 2.5, y - HEAD)
  g.lineTo(x, y - HEAD - 3.5)
  g.lineTo(x + 2.5, y - HEAD)
  g.strokeStyle = css(token('text-3'))
  g.stroke()
  const [azimuth, distance, spread] = [number(read, 'azimuth'), number(read, 'distance'), number(read, 'spread')]
  for (const [name, by] of [
    ['L', -0.5],
    ['R', 0.5],
  ] as const) {
    const [sx, sy] = seat(surface, azimuth + by * spread, distance)
    g.beginPath()
    g.arc(sx, sy, 3, 0, 2 * Math.PI)
    g.fillStyle = css(colour, 0.7)
    g.fill()
    if (spread > 20) label(surface, name, sx, sy - 5, 'center', 'text-2')
  }
  const up = number(read, 'elevation')
  if (up !== 0) label(surface, `${up > 0 ? '↑' : '↓'} ${Math.round(Math.abs(up))}°`, 5, 12)
}

const headHandles: Handles = {
  hint: 'Drag the sound round the head',
  at: (area, { read }) => {
    const [x, y] = seat(area, number(read, 'azimuth'), number(read, 'distance'))
    return [{ id: 'place', x, y }]
  },
  moved: (area, _scene, _id, { x, y }) => {
    const [dx, dy] = [x - area.width / 2, area.height / 2 - y]
    const share = (Math.hypot(dx, dy) - HEAD - 4) / (edge(area) - HEAD - 4)
    return [
      ['azimuth', (Math.atan2(dx, dy) * 180) / Math.PI],
      ['distance', NEAREST * (FARTHEST / NEAREST) ** clamp(share, 0, 1)],
    ]
  },
}

export const faces: Faces = {
  units: {},
  effects: {
    panner: { paint: panner, handles: pannerHandles },
    width: { paint: field(({ read }) => widthMatrix(read)) },
    midside: { paint: field(({ read }) => midsideMatrix(read)) },
    binaural: { paint: head, handles: headHandles },
  },
}
