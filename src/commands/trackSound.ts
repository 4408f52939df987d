// A sound of the library as the devices of a track, levelled with the others (main thread).
import type { Role } from '../presets/model.ts'
import { soundDevices } from '../project/song/tracks.ts'
import type { CommandContext } from './context.ts'

export interface TrackSound {
  readonly name: string
  readonly role: Role
  readonly devices: ReturnType<typeof soundDevices>
}

/** Copies the sound with its edits. Measures its loudness where nobody has yet; a sound that cannot be measured keeps its own level. */
export async function trackSound({ player }: CommandContext, presetId: string): Promise<TrackSound> {
  player.sound(presetId)
  const known = player.store.getState().matchGainsDb.get(presetId)
  const gainDb =
    known ??
    (await player.thumbnail(presetId).then(
      ({ levelMatchDb }) => levelMatchDb,
      () => 0,
    ))
  const { preset, patch } = player.sound(presetId)
  return { name: preset.name, role: preset.role, devices: soundDevices(preset, patch, gainDb) }
}
