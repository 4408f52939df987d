// track.* that mix: gain, pan, mute, solo, sends (main thread). Undoable; `trackId` may name a return where noted.
import * as fields from '../../project/fields.ts'
import { findReturn, findStrip, findTrack } from '../../project/song/find.ts'
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
    doc: 'How much of a track goes to a return, in dB, -120 (off) to 6; pre: before its gain, pan and mute.',
    args: z.strictObject({
      trackId,
      returnId: fields.id,
      gainDb: fields.sendGainDb,
      pre: z.optional(z.boolean()),
    }),
    tool: true,
    run: (context, { trackId, returnId, gainDb, pre }, { gesture }) => {
      const { index, part } = findTrack(projectOf(context), trackId)
      const { part: to } = findReturn(projectOf(context), returnId)
      const at = part.sends.findIndex((send) => send.returnId === returnId)
      const held = { returnId, gainDb, pre: pre ?? part.sends[at]?.pre ?? false }
      editProject(context, { label: `Send ${part.name} to ${to.name}`, gesture }, ({ tracks }) => {
        const { sends } = tracks[index]!
        if (at < 0) sends.push(held)
        else Object.assign(sends[at]!, held)
      })
      return { trackId, ...held }
    },
  }),
] as const
