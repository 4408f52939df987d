// What an automation lane moves: its range, and whether a value fits (main thread).
import { SEND_GAIN_DB, TRACK_GAIN_DB, type Track } from '../../compile/song.ts'
import type { ParamSpec } from '../../generated/specs.ts'
import type { PlainValue } from '../../presets/model.ts'
export { SEND_GAIN_DB } from '../../compile/song.ts'
import { deviceParam } from './devices.ts'
import { everyDevice } from './racks.ts'
import { targetDevice } from './tracks.ts'

/** A number from `min` to `max`, or a parameter of a device. */
export type Target =
  { readonly label: string; readonly min: number; readonly max: number } | { readonly param: ParamSpec }

const SWITCH = { min: 0, max: 1 } as const
/** What every track has. */
export const STRIP_TARGETS = {
  gain: { label: 'Volume', ...TRACK_GAIN_DB },
  pan: { label: 'Pan', min: -1, max: 1 },
  mute: { label: 'Mute', ...SWITCH },
} as const
const SEND = 'send:'
export const sendTarget = (returnId: string): string => `${SEND}${returnId}`

/** Null: this track has no such target. */
export function laneTarget(
  track: Pick<Track, 'devices' | 'sends'>,
  returns: readonly { readonly id: string; readonly name: string }[],
  target: string,
): Target | null {
  if (Object.hasOwn(STRIP_TARGETS, target)) return STRIP_TARGETS[target as keyof typeof STRIP_TARGETS]
  const sentTo = target.startsWith(SEND) ? returns.find(({ id }) => id === target.slice(SEND.length)) : undefined
  if (sentTo) return { label: `Send ${sentTo.name}`, min: SEND_GAIN_DB.off, max: SEND_GAIN_DB.max }
  const device = everyDevice(track.devices).find(({ id }) => id === targetDevice(target))
  if (!device) return null
  const key = target.slice(device.id.length + 1)
  if (key === 'bypass') return device.kind === 'effect' ? { label: 'Bypass', ...SWITCH } : null
  const found = deviceParam(device, key)
  return found ? { param: found.param } : null
}

/** Whether a point of the lane may have this value. */
export function takes(target: Target, value: PlainValue): boolean {
  const options = 'param' in target ? target.param.options : undefined
  if (options) return options.some(({ id }) => id === value)
  const range = 'param' in target ? target.param : target
  return typeof value === 'number' && value >= range.min && value <= range.max
}
