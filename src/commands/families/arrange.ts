// view.* of the arrangement, and which clip is selected (main thread). Session state, not undoable.
import { SNAPS, ZOOM, type ArrangementView } from '../../project/arrangement.ts'
import * as fields from '../../project/fields.ts'
import { findClip } from '../../project/song/find.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

/** Lanes of many projects are remembered; the oldest are forgotten. */
const MOST_LANES = 500

function show({ stores }: CommandContext, change: Partial<ArrangementView>): ArrangementView {
  const arrangement = { ...stores.session.getState().arrangement, ...change }
  stores.session.setState({ arrangement })
  return arrangement
}

export const arrangeCommands = [
  defineCommand({
    id: 'view.setZoom',
    title: 'Zoom',
    doc: 'Pixels of a quarter note in the arrangement; null: the whole song fits.',
    args: z.strictObject({
      pixelsPerBeat: z.nullable(z.number().check(z.minimum(ZOOM.min), z.maximum(ZOOM.max))),
    }),
    run: (context, { pixelsPerBeat }) => show(context, { pixelsPerBeat }),
  }),
  defineCommand({
    id: 'view.setSnap',
    title: 'Snap',
    doc: 'The places that clicks and drags in the arrangement keep to.',
    args: z.strictObject({ snap: z.enum(SNAPS) }),
    run: (context, { snap }) => show(context, { snap }),
  }),
  defineCommand({
    id: 'view.setFollow',
    title: 'Follow',
    doc: 'Lets the arrangement turn its pages with the playhead.',
    args: z.strictObject({ on: z.boolean() }),
    run: (context, { on }) => show(context, { follow: on }),
  }),
  defineCommand({
    id: 'view.setLane',
    title: 'Show automation',
    doc: 'Opens or closes the automation of a track in the arrangement, or `tempo`.',
    args: z.strictObject({ lane: fields.id, open: z.boolean() }),
    run: (context, { lane, open }) => {
      const others = context.stores.session.getState().arrangement.openLanes.filter((id) => id !== lane)
      return show(context, { openLanes: open ? [...others, lane].slice(-MOST_LANES) : others })
    },
  }),
  defineCommand({
    id: 'view.setFold',
    title: 'Fold group',
    doc: 'Hides the tracks of a group in the arrangement, or shows them.',
    args: z.strictObject({ groupId: fields.id, folded: z.boolean() }),
    run: (context, { groupId, folded }) => {
      const others = context.stores.session.getState().arrangement.folded.filter((id) => id !== groupId)
      return show(context, { folded: folded ? [...others, groupId].slice(-MOST_LANES) : others })
    },
  }),
  defineCommand({
    id: 'clip.select',
    title: 'Select clip',
    doc: 'Selects a clip and its track, as track.select does; null: no clip.',
    args: z.strictObject({ clipId: z.nullable(fields.id) }),
    run: (context, { clipId }) => {
      const selectedTrackId = clipId === null ? undefined : findClip(projectOf(context), clipId).track.id
      context.stores.session.setState({
        selectedClipId: clipId,
        ...(selectedTrackId === undefined ? {} : { selectedTrackId, keysPlay: 'track' as const }),
      })
      return { clipId, trackId: selectedTrackId ?? null }
    },
  }),
] as const
