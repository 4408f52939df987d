// The curve of an automation lane with its points (main thread).
import { toUnit } from '../../../../params/map.ts'
import { laneScale, lanePosition } from '../laneShape.ts'
import type { Lane, Track } from '../model.ts'
import { tickAt, xOf, type SongFrame } from './frame.ts'
import type { TrackLook } from './look.ts'

const INSET = 5
const POINT_RADIUS = 3
/** Pixels between two places of a bent curve. */
const STEP = 2

export function paintLane(frame: SongFrame, track: Track, lane: Lane, look: TrackLook, top: number, height: number) {
  const found = laneScale(track, frame.project.returns, lane.target)
  if (!found || lane.points.length === 0) return
  const { scale } = found
  const { g } = frame
  const bottom = top + height - 1
  const yOf = (position: number): number => bottom - INSET - position * (height - 1 - 2 * INSET)
  g.save()
  g.globalAlpha = lane.enabled ? 1 : 0.45
  g.beginPath()
  for (const [x, y] of curve(frame, lane, (tick) => yOf(lanePosition(lane, scale, tick) ?? 0))) g.lineTo(x, y)
  g.strokeStyle = look.line
  g.lineWidth = 1.5
  g.lineJoin = 'round'
  g.stroke()
  g.lineTo(frame.width, bottom)
  g.lineTo(0, bottom)
  g.closePath()
  g.fillStyle = look.area
  g.fill()
  g.fillStyle = frame.look.point
  for (const { tick, value } of lane.points) {
    const x = xOf(frame, tick)
    if (x < -POINT_RADIUS || x > frame.width + POINT_RADIUS) continue
    g.beginPath()
    g.arc(x, yOf(toUnit(scale, value)), POINT_RADIUS, 0, Math.PI * 2)
    g.fill()
    g.stroke()
  }
  g.restore()
}

/** Places of the curve from the left edge to the right one: every point, both sides of a jump, bends in small steps. */
function* curve(frame: SongFrame, { points }: Lane, yAt: (tick: number) => number): Generator<[number, number]> {
  const { width } = frame
  yield [0, yAt(tickAt(frame, 0))]
  for (let i = 0; i < points.length; i++) {
    const { tick, curve: bend, hold } = points[i]!
    const x = xOf(frame, tick)
    const next = points[i + 1]
    const end = next ? xOf(frame, next.tick) : width
    if (x > width) break
    if (x >= 0) {
      // What held, or stepped, until here.
      if (i > 0) yield [x, yAt(tick - 1)]
      yield [x, yAt(tick)]
    }
    if (bend === 0 || hold || end < 0) continue
    for (let at = Math.max(0, x) + STEP; at < Math.min(end, width); at += STEP) yield [at, yAt(tickAt(frame, at))]
  }
  yield [width, yAt(tickAt(frame, width))]
}
