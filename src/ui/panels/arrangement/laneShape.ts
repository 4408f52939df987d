// The curve of an automation lane, and what it holds at a place (any thread).
import { formatValue } from '../../../params/format.ts'
import { toPlain, toUnit } from '../../../params/map.ts'
import { isStepped, type Plain, type Scale } from '../../../params/scale.ts'
import { curveShape } from '../../../project/song/curve.ts'
import { everyDevice } from '../../../project/song/racks.ts'
import { laneTarget } from '../../../project/song/target.ts'
import type { Project } from '../../../project/document.ts'
import { panInWords } from './describe.ts'
import type { Lane, Track } from './model.ts'

export interface LaneScale {
  readonly label: string
  /** A value with its unit. */
  readonly write: (value: Plain) => string
  /** Name of the device; null: the track itself. */
  readonly owner: string | null
  readonly scale: Scale
}

/** Null: the lane names nothing that the track has. */
export function laneScale(track: Track, returns: Project['returns'], target: string): LaneScale | null {
  const found = laneTarget(track, returns, target)
  if (!found) return null
  const device = everyDevice(track.devices).find(({ id }) => target.startsWith(`${id}.`))
  const owner = device ? (device.name ?? device.type) : null
  if ('param' in found) {
    // "Filter cutoff": an instrument has several units with a level.
    const unit = device?.kind === 'instrument' ? target.slice(device.id.length + 1).split('.')[0]! : null
    const label = found.param.label
    const named = unit === null ? label : `${unit.charAt(0).toUpperCase()}${unit.slice(1)} ${label.toLowerCase()}`
    return { label: named, owner, ...written(found.param) }
  }
  const { label, min, max } = found
  if (target === 'pan') {
    const scale: Scale = { unit: 'fraction', curve: 'linear', min, max }
    return { label, owner, scale, write: (value) => panInWords(Number(value)) }
  }
  if (max === 1) return { label, owner, ...written({ unit: 'none', curve: 'toggle', min, max }) }
  return { label, owner, ...written({ unit: 'decibels', curve: 'linear', min, max }) }
}

const written = (scale: Scale) => ({ scale, write: (value: Plain) => formatValue(scale, value) })

/** Position 0..1 at a tick, as the engine moves it; null: the lane is empty. */
export function lanePosition({ points }: Lane, scale: Scale, tick: number): number | null {
  const index = points.findLastIndex((point) => point.tick <= tick)
  const from = points[Math.max(0, index)]
  if (!from) return null
  const next = points[index + 1]
  const start = toUnit(scale, from.value)
  if (index < 0 || !next || from.hold || isStepped(scale)) return start
  const share = curveShape((tick - from.tick) / (next.tick - from.tick), from.curve)
  return start + share * (toUnit(scale, next.value) - start)
}

export function laneValue(lane: Lane, scale: Scale, tick: number): Plain | null {
  const position = lanePosition(lane, scale, tick)
  return position === null ? null : toPlain(scale, position)
}
