// Parameters of a track's device by key: `unit.param` of an instrument, `param` of an effect (any thread).
import type { TrackDevice } from '../../compile/song.ts'
import { effectParams, unitParams, type SoundParam } from '../sound.ts'

/** Every parameter with the value that plays. */
export function deviceParams(device: TrackDevice): SoundParam[] {
  if (device.kind === 'instrument') return device.patch ? unitParams(device.values, device.patch) : []
  return effectParams(device)
}

export const deviceParam = (device: TrackDevice, key: string): SoundParam | null =>
  deviceParams(device).find((param) => param.key === key) ?? null
