// clip.*: the clips of tracks: where they are, how long, what they hold (main thread). Undoable; beats are quarter notes.
import { SoundloomError } from '../../params/error.ts'
import { newId } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { beatsOf, MIN_LENGTH_TICKS, ticksOf } from '../../project/fields.ts'
import { splitClip } from '../../project/song/clips.ts'
import { findClip, findTrack } from '../../project/song/find.ts'
import { refuseGroup } from '../../project/song/routing.ts'
import { checkEnd, checkRoom } from '../../project/song/room.ts'
import { copyClip } from '../../project/song/tracks.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

const clipId = fields.id

/** A note as an argument; its beat counts from the clip's start. */
export const noteArgs = {
  beat: fields.beat,
  lengthBeats: fields.lengthBeats,
  note: fields.midiNote,
  velocity: fields.velocity,
} as const
const note = z.strictObject(noteArgs)

export const noteOf = ({ beat, lengthBeats, note: number, velocity }: z.infer<typeof note>) => {
  const held = { id: newId(), tick: ticksOf(beat), lengthTicks: ticksOf(lengthBeats), note: number, velocity }
  checkEnd(held.tick + held.lengthTicks, 'lengthBeats')
  return held
}

const held = (context: CommandContext, id: string) => {
  const { part, track } = findClip(projectOf(context), id)
  const { startTick, lengthTicks, name, mute } = part
  return {
    clipId: id,
    trackId: track.id,
    startBeat: beatsOf(startTick),
    lengthBeats: beatsOf(lengthTicks),
    name,
    mute,
    notes: part.notes.length,
  }
}

export const clipCommands = [
  defineCommand({
    id: 'clip.add',
    title: 'Add clip',
    doc: 'Adds a clip to a track, with notes when they are given; beats of notes count from the start of the clip.',
    args: z.strictObject({
      trackId: fields.id,
      startBeat: fields.beat,
      lengthBeats: fields.lengthBeats,
      name: z.optional(fields.name),
      notes: z.optional(z.array(note).check(z.maxLength(100_000))),
    }),
    tool: true,
    run: (context, { trackId, startBeat, lengthBeats, name, notes = [] }) => {
      const { part: track, index } = findTrack(projectOf(context), trackId)
      refuseGroup(track, 'clips')
      checkRoom('clip', track.clips.length)
      checkRoom('note', 0, notes.length)
      const clip = {
        id: newId(),
        name: name ?? track.name,
        startTick: ticksOf(startBeat),
        lengthTicks: ticksOf(lengthBeats),
        mute: false,
        notes: notes.map(noteOf),
        controls: [],
      }
      checkEnd(clip.startTick + clip.lengthTicks, 'lengthBeats')
      editProject(context, { label: 'Add clip' }, ({ tracks }) => void tracks[index]!.clips.push(clip))
      return held(context, clip.id)
    },
  }),
  defineCommand({
    id: 'clip.remove',
    title: 'Remove clip',
    doc: 'Removes a clip.',
    args: z.strictObject({ clipId }),
    tool: true,
    run: (context, { clipId }) => {
      const { trackIndex, index } = findClip(projectOf(context), clipId)
      editProject(context, { label: 'Remove clip' }, ({ tracks }) => void tracks[trackIndex]!.clips.splice(index, 1))
      return { clipId }
    },
  }),
  defineCommand({
    id: 'clip.move',
    title: 'Move clip',
    doc: 'Moves a clip to another beat, and to another track when one is named.',
    args: z.strictObject({ clipId, startBeat: fields.beat, trackId: z.optional(fields.id) }),
    tool: true,
    run: (context, { clipId, startBeat, trackId }, { gesture }) => {
      const project = projectOf(context)
      const { part, index, trackIndex, track } = findClip(project, clipId)
      const to = trackId === undefined ? trackIndex : findTrack(project, trackId).index
      refuseGroup(project.tracks[to]!, 'clips')
      const startTick = ticksOf(startBeat)
      checkEnd(startTick + part.lengthTicks, 'startBeat')
      if (to !== trackIndex) checkRoom('clip', project.tracks[to]!.clips.length)
      editProject(context, { label: `Move ${part.name || track.name}`, gesture }, ({ tracks }) => {
        if (to === trackIndex) tracks[to]!.clips[index]!.startTick = startTick
        else {
          tracks[trackIndex]!.clips.splice(index, 1)
          tracks[to]!.clips.push(fresh({ ...part, startTick }))
        }
      })
      return held(context, clipId)
    },
  }),
  defineCommand({
    id: 'clip.resize',
    title: 'Resize clip',
    doc: 'Sets the length of a clip; notes beyond it are kept and silent.',
    args: z.strictObject({ clipId, lengthBeats: fields.lengthBeats }),
    tool: true,
    run: (context, { clipId, lengthBeats }, { gesture }) => {
      const { part, index, trackIndex } = findClip(projectOf(context), clipId)
      const lengthTicks = ticksOf(lengthBeats)
      checkEnd(part.startTick + lengthTicks, 'lengthBeats')
      editProject(context, { label: 'Resize clip', gesture }, ({ tracks }) => {
        tracks[trackIndex]!.clips[index]!.lengthTicks = lengthTicks
      })
      return held(context, clipId)
    },
  }),
  defineCommand({
    id: 'clip.duplicate',
    title: 'Duplicate clip',
    doc: 'Adds a copy of a clip right after it.',
    args: z.strictObject({ clipId }),
    tool: true,
    run: (context, { clipId }) => {
      const { part, track, trackIndex } = findClip(projectOf(context), clipId)
      checkRoom('clip', track.clips.length)
      const copy = copyClip(part, part.startTick + part.lengthTicks)
      checkEnd(copy.startTick + copy.lengthTicks, 'clipId')
      editProject(context, { label: 'Duplicate clip' }, ({ tracks }) => {
        tracks[trackIndex]!.clips.push(fresh(copy))
      })
      return held(context, copy.id)
    },
  }),
  defineCommand({
    id: 'clip.split',
    title: 'Split clip',
    doc: 'Cuts a clip in two at a beat of the song; a note across the cut ends there.',
    args: z.strictObject({ clipId, beat: fields.beat }),
    tool: true,
    run: (context, { clipId, beat }) => {
      const { part, track, index, trackIndex } = findClip(projectOf(context), clipId)
      const tick = ticksOf(beat) - part.startTick
      if (tick < MIN_LENGTH_TICKS || tick > part.lengthTicks - MIN_LENGTH_TICKS) {
        throw new SoundloomError('invalid-argument', 'A clip is split inside.', {
          field: 'beat',
          value: beat,
          hint: `The clip is from beat ${String(beatsOf(part.startTick))} to ${String(beatsOf(part.startTick + part.lengthTicks))}.`,
        })
      }
      checkRoom('clip', track.clips.length)
      const [first, second] = splitClip(part, tick)
      editProject(context, { label: 'Split clip' }, ({ tracks }) => {
        const { clips } = tracks[trackIndex]!
        clips[index] = fresh(first)
        clips.push(fresh(second))
      })
      return { first: held(context, clipId), second: held(context, second.id) }
    },
  }),
  defineCommand({
    id: 'clip.rename',
    title: 'Rename clip',
    doc: 'Names a clip.',
    args: z.strictObject({ clipId, name: fields.name }),
    tool: true,
    run: (context, { clipId, name }) => {
      const { index, trackIndex } = findClip(projectOf(context), clipId)
      editProject(context, { label: 'Rename clip' }, ({ tracks }) => {
        tracks[trackIndex]!.clips[index]!.name = name
      })
      return held(context, clipId)
    },
  }),
  defineCommand({
    id: 'clip.setMute',
    title: 'Mute clip',
    doc: 'Leaves a clip out, or plays it again.',
    args: z.strictObject({ clipId, mute: z.boolean() }),
    tool: true,
    run: (context, { clipId, mute }) => {
      const { index, trackIndex } = findClip(projectOf(context), clipId)
      editProject(context, { label: mute ? 'Mute clip' : 'Unmute clip' }, ({ tracks }) => {
        tracks[trackIndex]!.clips[index]!.mute = mute
      })
      return held(context, clipId)
    },
  }),
  defineCommand({
    id: 'clip.setControls',
    title: 'Controllers of a clip',
    doc: 'Replaces the points of one controller in a clip: bend -1..1 (of 2 semitones), wheel, pressure and timbre 0..1, sustain 0 or 1.',
    args: z.strictObject({
      clipId,
      controller: fields.controller,
      points: z.array(z.strictObject({ beat: fields.beat, value: fields.controlValue })).check(z.maxLength(100_000)),
    }),
    tool: true,
    run: (context, { clipId, controller, points }, { gesture }) => {
      const { part, index, trackIndex } = findClip(projectOf(context), clipId)
      checkRoom('point', 0, points.length)
      const wrong = points.findIndex(({ value }) => !fields.fitsController(controller, value))
      if (wrong >= 0) {
        const details = { field: `points.${String(wrong)}.value`, value: points[wrong]!.value }
        throw new SoundloomError('invalid-argument', `The ${controller} cannot be there.`, details)
      }
      const others = part.controls.filter((point) => point.controller !== controller)
      const added = points.map(({ beat, value }) => ({ id: newId(), tick: ticksOf(beat), controller, value }))
      editProject(context, { label: `Clip ${controller}`, gesture }, ({ tracks }) => {
        tracks[trackIndex]!.clips[index]!.controls = [...others, ...added].sort((a, b) => a.tick - b.tick)
      })
      return { ...held(context, clipId), controls: others.length + added.length }
    },
  }),
] as const
