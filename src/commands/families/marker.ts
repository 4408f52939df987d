// marker.*: named places of the song (main thread). Undoable.
import { newId } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { beatsOf, ticksOf } from '../../project/fields.ts'
import { findMarker } from '../../project/song/find.ts'
import { checkRoom } from '../../project/song/room.ts'
import { defineCommand } from '../define.ts'
import { editProject, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

const markerId = fields.id

export const markerCommands = [
  defineCommand({
    id: 'marker.add',
    title: 'Add marker',
    doc: 'Names a place of the song, in beats.',
    args: z.strictObject({ beat: fields.beat, name: fields.name }),
    tool: true,
    run: (context, { beat, name }) => {
      checkRoom('marker', projectOf(context).markers.length)
      const marker = { id: newId(), tick: ticksOf(beat), name }
      editProject(context, { label: `Add marker ${name}` }, ({ markers }) => void markers.push(marker))
      return { markerId: marker.id, beat: beatsOf(marker.tick), name }
    },
  }),
  defineCommand({
    id: 'marker.remove',
    title: 'Remove marker',
    doc: 'Removes a marker.',
    args: z.strictObject({ markerId }),
    tool: true,
    run: (context, { markerId }) => {
      const { part, index } = findMarker(projectOf(context), markerId)
      editProject(context, { label: `Remove marker ${part.name}` }, ({ markers }) => void markers.splice(index, 1))
      return { markerId }
    },
  }),
  defineCommand({
    id: 'marker.rename',
    title: 'Rename marker',
    doc: 'Names a marker.',
    args: z.strictObject({ markerId, name: fields.name }),
    tool: true,
    run: (context, { markerId, name }) => {
      const { index } = findMarker(projectOf(context), markerId)
      editProject(context, { label: 'Rename marker' }, ({ markers }) => {
        markers[index]!.name = name
      })
      return { markerId, name }
    },
  }),
  defineCommand({
    id: 'marker.move',
    title: 'Move marker',
    doc: 'Moves a marker to another beat.',
    args: z.strictObject({ markerId, beat: fields.beat }),
    tool: true,
    run: (context, { markerId, beat }, { gesture }) => {
      const { index } = findMarker(projectOf(context), markerId)
      const tick = ticksOf(beat)
      editProject(context, { label: 'Move marker', gesture }, ({ markers }) => {
        markers[index]!.tick = tick
      })
      return { markerId, beat: beatsOf(tick) }
    },
  }),
] as const
