// Where a patch that commands edit stands: the instrument of a track, or of the sound on the audition strip (main thread).
import { SoundloomError } from '../params/error.ts'
import type { Device, Patch } from '../presets/model.ts'
import { wholePatch, type PatchSound } from '../presets/patchEdit.ts'
import { newId, type Project } from '../project/document.ts'
import { findTrack } from '../project/song/find.ts'
import { lanesThatFit } from '../project/song/lanes.ts'
import type { CommandContext } from './context.ts'
import { editProject, fresh, projectOf } from './editProject.ts'
import { currentSound, editCopy } from './families/edit.ts'

type TrackDevice = Project['tracks'][number]['devices'][number]

export interface PatchPlace {
  readonly name: string
  /** Null: the track has no instrument yet. */
  readonly sound: PatchSound | null
  /** What plays beside the patch: the compiler judges all of it together. */
  readonly effects: readonly Device[]
  readonly gainDb: number
  /** One step of history. How many lanes of automation went with what they moved. */
  write(label: string, next: PatchSound, gesture?: string): number
}

/** `trackId` absent: the sound on the strip. */
export function patchPlace(context: CommandContext, trackId: string | undefined): PatchPlace {
  return trackId === undefined ? onStrip(context) : onTrack(context, trackId)
}

function onStrip(context: CommandContext): PatchPlace {
  const sound = currentSound(context)
  const { preset, patch } = sound
  return {
    name: preset.name,
    sound: { patch, values: preset.values },
    effects: preset.effects,
    gainDb: 0,
    write(label, next, gesture) {
      editCopy(context, sound, { label, ...(gesture !== undefined && { gesture }) }, (copy) => {
        copy.patch = fresh(next.patch)
        copy.values = fresh(next.values)
      })
      return 0
    },
  }
}

function onTrack(context: CommandContext, trackId: string): PatchPlace {
  const { part: track, index } = findTrack(projectOf(context), trackId)
  if (track.kind === 'group')
    throw new SoundloomError('invalid-argument', 'A group has no instrument.', {
      field: 'trackId',
      value: trackId,
      hint: 'Name a track that plays into it.',
    })
  const [first] = track.devices
  const instrument = first?.kind === 'instrument' ? first : null
  const effects = track.devices.slice(instrument ? 1 : 0)
  return {
    name: instrument?.name ?? track.name,
    sound: instrument?.patch ? { patch: instrument.patch, values: instrument.values } : null,
    effects,
    gainDb: instrument?.gainDb ?? 0,
    write(label, { patch, values }, gesture) {
      const device: TrackDevice = { ...(instrument ?? newInstrument(track.name)), patch, values }
      const devices = [device, ...effects]
      const lanes = lanesThatFit(track, devices, projectOf(context).returns)
      editProject(context, { label, ...(gesture !== undefined && { gesture }) }, ({ tracks }) => {
        const draft = tracks[index]!
        if (instrument) Object.assign(draft.devices[0]!, { patch: fresh(patch), values: fresh(values) })
        else draft.devices.unshift(fresh(device))
        if (lanes.length < track.automation.length) draft.automation = fresh([...lanes])
      })
      return track.automation.length - lanes.length
    },
  }
}

const newInstrument = (name: string): Omit<TrackDevice, 'patch'> => ({
  id: newId(),
  kind: 'instrument',
  type: 'patch',
  values: {},
  bypass: false,
  name,
})

/** The patch there as it plays; throws `not-ready` where there is none. */
export function heldSound({ sound }: PatchPlace): PatchSound {
  if (sound) return sound
  throw new SoundloomError('not-ready', 'The track has no instrument.', {
    field: 'trackId',
    hint: 'Give it a sound, track.setSound, or a patch, patch.load.',
  })
}

export const heldPatch = (place: PatchPlace): Patch => wholePatch(heldSound(place))
