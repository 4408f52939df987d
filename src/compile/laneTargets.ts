// What an automation lane moves: its target looked up in the track and in the program that plays it (any thread; pure).
import type { enums } from '../generated/wire.ts'
import type { PlainValue } from '../presets/model.ts'
import { paramOfKey } from '../presets/paramOfKey.ts'
import type { ParamAddress } from './program.ts'
import { SEND_GAIN_DB, TRACK_GAIN_DB, type Lane, type Track } from './song.ts'
import type { EnginePoint, ResolvedLane } from './songTables.ts'
import { trackSound } from './trackSound.ts'
import { acceptedValue } from './values.ts'

/** A target by the engine's indices; what a target does not use is 0. */
export interface LaneAddress {
  readonly target: keyof typeof enums.laneTarget
  /** Return of a send; effect (from 1) of a bypass. */
  readonly index: number
  readonly device: number
  readonly param: number
}

export interface SkippedLane {
  readonly laneId: string
  readonly target: string
  /** `unknown`: names nothing (any more); `value`: holds what its target cannot take; `twice`: an earlier lane has the target. */
  readonly reason: 'unknown' | 'value' | 'twice'
}

export interface ResolvedAutomation {
  readonly lanes: readonly ResolvedLane[]
  readonly skipped: readonly SkippedLane[]
}

/** `returns`: return id -> index; `params`: of the track's compiled program, null where it has none. Lanes that are off or empty are left out silently. */
export function resolveAutomation(
  track: Pick<Track, 'devices' | 'automation'>,
  returns: ReadonlyMap<string, number>,
  params: Readonly<Record<string, ParamAddress>> | null,
): ResolvedAutomation {
  const lanes: ResolvedLane[] = []
  const skipped: SkippedLane[] = []
  const taken = new Set<string>()
  for (const lane of track.automation) {
    if (!lane.enabled || lane.points.length === 0) continue
    const resolved = resolveLane(lane, track, returns, params)
    const place = typeof resolved === 'string' ? '' : addressKey(resolved)
    if (typeof resolved === 'string' || taken.has(place)) {
      const reason = typeof resolved === 'string' ? resolved : 'twice'
      skipped.push({ laneId: lane.id, target: lane.target, reason })
      continue
    }
    taken.add(place)
    lanes.push(resolved)
  }
  return { lanes, skipped }
}

/** Equal for equal addresses. */
export const addressKey = ({ target, index, device, param }: LaneAddress): string =>
  [target, index, device, param].join()

function resolveLane(
  { target, points }: Lane,
  track: Pick<Track, 'devices'>,
  returns: ReadonlyMap<string, number>,
  params: Readonly<Record<string, ParamAddress>> | null,
): ResolvedLane | 'unknown' | 'value' {
  const found = findTarget(target, track, returns, params)
  if (!found) return 'unknown'
  const engine: EnginePoint[] = []
  for (const { tick, value, curve, hold } of points) {
    const number = found.read(value)
    if (number === null) return 'value'
    engine.push({ tick, value: number, curve, hold })
  }
  return { ...found.address, points: engine }
}

interface Found {
  readonly address: LaneAddress
  /** The engine's number for a plain value, or null. */
  readonly read: (value: PlainValue) => number | null
}

const at = (target: LaneAddress['target'], over: Partial<LaneAddress> = {}): LaneAddress => ({
  target,
  index: 0,
  device: 0,
  param: 0,
  ...over,
})
const within =
  (min: number, max: number) =>
  (value: PlainValue): number | null =>
    typeof value === 'number' && value >= min && value <= max ? Math.fround(value) : null
const toggle = (value: PlainValue): number | null => (value === 0 || value === 1 ? value : null)

function findTarget(
  target: string,
  track: Pick<Track, 'devices'>,
  returns: ReadonlyMap<string, number>,
  params: Readonly<Record<string, ParamAddress>> | null,
): Found | null {
  if (target === 'gain') return { address: at('gain'), read: within(TRACK_GAIN_DB.min, TRACK_GAIN_DB.max) }
  if (target === 'pan') return { address: at('pan'), read: within(-1, 1) }
  if (target === 'mute') return { address: at('mute'), read: toggle }
  if (target.startsWith('send:')) {
    const index = returns.get(target.slice('send:'.length))
    return index === undefined
      ? null
      : { address: at('send', { index }), read: within(SEND_GAIN_DB.off, SEND_GAIN_DB.max) }
  }
  const dot = target.indexOf('.')
  const deviceId = target.slice(0, Math.max(0, dot))
  const key = target.slice(dot + 1)
  const sound = trackSound(track)
  const effect = sound.effects.findIndex(({ id }) => id === deviceId) + 1
  if (effect > 0 && key === 'bypass') return { address: at('bypass', { index: effect }), read: toggle }
  if (effect === 0 && sound.instrument?.id !== deviceId) return null
  const full = effect > 0 ? `fx${effect}.${key}` : key
  const address = params?.[full]
  const spec = paramOfKey(sound.instrument?.patch ?? null, sound.effects, full)
  if (!address || !spec) return null
  return {
    address: at('param', { device: address.device, param: address.param }),
    read: (value) => acceptedValue(spec, value),
  }
}
