// track.* that mix: gain, pan, mute, solo, sends (main thread). Undoable; `trackId` may name a return where noted.
import * as fields from '../../project/fields.ts'
import { findReturn, findStrip, findTrack } from '../../project/song/find.ts'
import { checkCircle } from '../../project/song/routing.ts'
import { defineCommand } from '../define.ts'
import { editProject, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'
import { trackId } from './track.ts'

export const mixCommands = [
  defineCommand({
    id: 'track.setGain',
    title: 'Volume',
    doc: 'Gain of a track or return in dB, -60 to 6; the lowest is silence.',
    args: z.strictObject({ trackId, gainDb: fields.gainDb }),
    tool: true,
    run: (context, { trackId, gainDb }, { gesture }) => {
      const { list, index, part } = findStrip(projectOf(context), trackId)
      editProject(context, { label: `Volume ${part.name}`, gesture }, (project) => {
        project[list][index]!.gainDb = gainDb
      })
      return { trackId, gainDb }
    },
  }),
  defineCommand({
    id: 'track.setPan',
    title: 'Pan',
    doc: 'Balance of a track or return, -1 left to 1 right.',
    args: z.strictObject({ trackId, pan: fields.pan }),
    tool: true,
    run: (context, { trackId, pan }, { gesture }) => {
      const { list, index, part } = findStrip(projectOf(context), trackId)
      editProject(context, { label: `Pan ${part.name}`, gesture }, (project) => {
        project[list][index]!.pan = pan
      })
      return { trackId, pan }
    },
  }),
  defineCommand({
    id: 'track.setMute',
    title: 'Mute track',
    doc: 'Silences a track or return, or lets it sound again.',
    args: z.strictObject({ trackId, mute: z.boolean() }),
    tool: true,
    run: (context, { trackId, mute }) => {
      const { list, index, part } = findStrip(projectOf(context), trackId)
      editProject(context, { label: `${mute ? 'Mute' : 'Unmute'} ${part.name}` }, (project) => {
        project[list][index]!.mute = mute
      })
      return { trackId, mute }
    },
  }),
  defineCommand({
    id: 'track.setSolo',
    title: 'Solo track',
    doc: 'While a track is solo, only solo tracks sound.',
    args: z.strictObject({ trackId, solo: z.boolean() }),
    tool: true,
    run: (context, { trackId, solo }) => {
      const { index, part } = findTrack(projectOf(context), trackId)
      editProject(context, { label: `${solo ? 'Solo' : 'No solo'} ${part.name}` }, ({ tracks }) => {
        tracks[index]!.solo = solo
      })
      return { trackId, solo }
    },
  }),
  defineCommand({
    id: 'track.setSend',
    title: 'Send',
    doc: 'How much of a track or return goes to a return, in dB, -120 (off) to 6; pre: before its gain, pan and mute; feedback: one micro-block late, the only kind that may close a circle.',
    args: z.strictObject({
      trackId,
      returnId: fields.id,
      gainDb: fields.sendGainDb,
      pre: z.optional(z.boolean()),
      feedback: z.optional(z.boolean()),
    }),
    tool: true,
    run: (context, { trackId, returnId, gainDb, pre, feedback }, { gesture }) => {
      const project = projectOf(context)
      const { list, index, part } = findStrip(project, trackId)
      const { part: to } = findReturn(project, returnId)
      const before = part.sends?.find((send) => send.returnId === returnId)
      const late = feedback ?? before?.feedback ?? false
      const held = { returnId, gainDb, pre: pre ?? before?.pre ?? false, ...(late ? { feedback: true } : {}) }
      const sends = before ? part.sends!.map((send) => (send === before ? held : send)) : [...(part.sends ?? []), held]
      checkCircle(
        { ...project, [list]: project[list].map((one) => (one.id === trackId ? { ...one, sends } : one)) },
        'returnId',
      )
      editProject(context, { label: `Send ${part.name} to ${to.name}`, gesture }, (draft) => {
        draft[list][index]!.sends = sends
      })
      return { trackId, ...held }
    },
  }),
] as const
