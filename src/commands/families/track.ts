// track.*: the tracks and returns of the song: which there are, what they are called, what they play (main thread). Undoable.
import { NAME_LENGTH } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { ROLE_COLOURS } from '../../project/song/colours.ts'
import { findReturn, findStrip, findTrack } from '../../project/song/find.ts'
import { checkRoom } from '../../project/song/room.ts'
import { forgetStrips, refuseGroup } from '../../project/song/routing.ts'
import { sendTarget } from '../../project/song/target.ts'
import { copyTrack, newReturn, newTrack, targetDevice } from '../../project/song/tracks.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, insertAt, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'
import { trackSound, type TrackSound } from '../trackSound.ts'
import { presetId } from './audition.ts'

export const trackId = fields.id
const index = z.int().check(z.minimum(0), z.maximum(10_000))

function addTrack(
  context: CommandContext,
  given: { name?: string; colour?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9; index?: number },
  sound: TrackSound | null,
): { trackId: string; name: string; index: number } {
  const { tracks } = projectOf(context)
  checkRoom('track', tracks.length)
  const name = given.name ?? sound?.name ?? `Track ${String(tracks.length + 1)}`
  // Without a sound, the colours go round.
  const colour = given.colour ?? (sound ? ROLE_COLOURS[sound.role] : (((tracks.length % 9) + 1) as 1))
  const track = newTrack(name.slice(0, NAME_LENGTH), colour, sound?.devices)
  let at = 0
  editProject(context, { label: `Add ${name}` }, (project) => {
    at = insertAt(project.tracks, fresh(track), given.index)
  })
  context.stores.session.setState({ selectedTrackId: track.id, keysPlay: 'track' })
  return { trackId: track.id, name: track.name, index: at }
}

/** The selection never names what is gone. */
function deselect({ stores }: CommandContext, stripId: string): void {
  if (stores.session.getState().selectedTrackId === stripId) stores.session.setState({ selectedTrackId: null })
}

export const trackCommands = [
  defineCommand({
    id: 'track.add',
    title: 'Add track',
    doc: 'Adds a track, with a copy of a sound when a preset is named; it then takes its name and colour. Selects the track.',
    args: z.strictObject({
      name: z.optional(fields.name),
      presetId: z.optional(presetId),
      colour: z.optional(fields.colour),
      index: z.optional(index),
    }),
    tool: true,
    run: (context, { presetId, ...given }) =>
      presetId === undefined
        ? addTrack(context, given, null)
        : trackSound(context, presetId).then((sound) => addTrack(context, given, sound)),
  }),
  defineCommand({
    id: 'track.setSound',
    title: 'Replace sound',
    doc: 'Replaces the instrument and the effects of a track by a copy of a sound; lanes that moved the old devices go.',
    args: z.strictObject({ trackId, presetId }),
    tool: true,
    run: async (context, { trackId, presetId }) => {
      refuseGroup(findTrack(projectOf(context), trackId).part, 'a sound')
      const { name, devices } = await trackSound(context, presetId)
      const { index } = findTrack(projectOf(context), trackId)
      editProject(context, { label: `Sound ${name}` }, ({ tracks }) => {
        const track = tracks[index]!
        track.devices = fresh([...devices])
        if (track.automation.some(({ target }) => targetDevice(target) !== null))
          track.automation = track.automation.filter(({ target }) => targetDevice(target) === null)
      })
      return { trackId, presetId, devices: devices.map(({ id, type }) => ({ deviceId: id, type })) }
    },
  }),
  defineCommand({
    id: 'track.remove',
    title: 'Remove track',
    doc: 'Removes a track with its clips and automation. Of a group, the tracks in it stay and play where it played.',
    args: z.strictObject({ trackId }),
    tool: true,
    run: (context, { trackId }) => {
      const { part, index } = findTrack(projectOf(context), trackId)
      editProject(context, { label: `Remove ${part.name}` }, (project) => {
        project.tracks.splice(index, 1)
        forgetStrips(project, [trackId], part.output)
      })
      deselect(context, trackId)
      return { trackId, tracks: projectOf(context).tracks.length }
    },
  }),
  defineCommand({
    id: 'track.rename',
    title: 'Rename track',
    doc: 'Names a track or a return.',
    args: z.strictObject({ trackId, name: fields.name }),
    tool: true,
    run: (context, { trackId, name }) => {
      const { list, index } = findStrip(projectOf(context), trackId)
      editProject(context, { label: 'Rename track' }, (project) => {
        project[list][index]!.name = name
      })
      return { trackId, name }
    },
  }),
  defineCommand({
    id: 'track.move',
    title: 'Move track',
    doc: 'Moves a track to another place among the tracks, counted from 0.',
    args: z.strictObject({ trackId, index }),
    tool: true,
    run: (context, { trackId, index: wanted }, { gesture }) => {
      const { part, index } = findTrack(projectOf(context), trackId)
      const to = Math.min(wanted, projectOf(context).tracks.length - 1)
      if (to !== index) {
        editProject(context, { label: 'Move track', gesture }, ({ tracks }) => {
          tracks.splice(index, 1)
          tracks.splice(to, 0, fresh(part))
        })
      }
      return { trackId, index: to }
    },
  }),
  defineCommand({
    id: 'track.duplicate',
    title: 'Duplicate track',
    doc: 'Adds a copy of a track after it, with its devices, clips and automation. Selects the copy.',
    args: z.strictObject({ trackId }),
    tool: true,
    run: (context, { trackId }) => {
      const { part, index } = findTrack(projectOf(context), trackId)
      checkRoom('track', projectOf(context).tracks.length)
      const copy = copyTrack(part, `${part.name} copy`.slice(0, NAME_LENGTH))
      editProject(context, { label: `Duplicate ${part.name}` }, ({ tracks }) => {
        tracks.splice(index + 1, 0, fresh(copy))
      })
      context.stores.session.setState({ selectedTrackId: copy.id, keysPlay: 'track' })
      return { trackId: copy.id, name: copy.name, index: index + 1 }
    },
  }),
  defineCommand({
    id: 'track.select',
    title: 'Select track',
    doc: 'Selects a track or return: its devices are shown, and keys play it; null: no track. Not undoable.',
    args: z.strictObject({ trackId: z.nullable(trackId) }),
    tool: true,
    run: (context, { trackId }) => {
      if (trackId !== null) findStrip(projectOf(context), trackId)
      context.stores.session.setState({ selectedTrackId: trackId, keysPlay: 'track' })
      return { trackId }
    },
  }),
  defineCommand({
    id: 'track.setColour',
    title: 'Track colour',
    doc: 'Sets the colour of a track: 1 to 9.',
    args: z.strictObject({ trackId, colour: fields.colour }),
    tool: true,
    run: (context, { trackId, colour }) => {
      const { index } = findTrack(projectOf(context), trackId)
      editProject(context, { label: 'Track colour' }, ({ tracks }) => {
        tracks[index]!.colour = colour
      })
      return { trackId, colour }
    },
  }),
  defineCommand({
    id: 'track.addReturn',
    title: 'Add return',
    doc: 'Adds a return: an effect chain that tracks and returns send to.',
    args: z.strictObject({ name: z.optional(fields.name) }),
    tool: true,
    run: (context, { name }) => {
      const { returns } = projectOf(context)
      checkRoom('return', returns.length)
      const added = newReturn(name ?? `Return ${String.fromCharCode(65 + returns.length)}`)
      editProject(context, { label: `Add ${added.name}` }, (project) => void project.returns.push(fresh(added)))
      return { returnId: added.id, name: added.name }
    },
  }),
  defineCommand({
    id: 'track.removeReturn',
    title: 'Remove return',
    doc: 'Removes a return, and what is sent to it.',
    args: z.strictObject({ returnId: fields.id }),
    tool: true,
    run: (context, { returnId }) => {
      const { part, index } = findReturn(projectOf(context), returnId)
      const target = sendTarget(returnId)
      editProject(context, { label: `Remove ${part.name}` }, (project) => {
        const { returns, tracks } = project
        returns.splice(index, 1)
        forgetStrips(project, [returnId])
        for (const strip of returns) {
          if (strip.sends?.some((send) => send.returnId === returnId))
            strip.sends = strip.sends.filter((send) => send.returnId !== returnId)
        }
        for (const track of tracks) {
          if (track.sends.some((send) => send.returnId === returnId))
            track.sends = track.sends.filter((send) => send.returnId !== returnId)
          if (track.automation.some((lane) => lane.target === target))
            track.automation = track.automation.filter((lane) => lane.target !== target)
        }
      })
      deselect(context, returnId)
      return { returnId, returns: projectOf(context).returns.length }
    },
  }),
] as const
