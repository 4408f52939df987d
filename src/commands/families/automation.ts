// automation.*: lanes of a track and their points (main thread). Undoable; values in the target's own unit, options by id.
import { SoundloomError } from '../../params/error.ts'
import type { PlainValue } from '../../presets/model.ts'
import { newId } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { beatsOf, ticksOf } from '../../project/fields.ts'
import { findLane, findTrack, type FoundInTrack } from '../../project/song/find.ts'
import { checkRoom } from '../../project/song/room.ts'
import { laneTarget, type Target } from '../../project/song/target.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'
import { checkedValue } from './edit.ts'

type Lane = ReturnType<typeof findLane>['part']
type Track = ReturnType<typeof findTrack>['part']

const laneId = fields.id
const pointId = fields.id

function targetOf(context: CommandContext, track: Track, target: string): Target {
  const found = laneTarget(track, projectOf(context).returns, target)
  if (found) return found
  throw new SoundloomError('unknown-id', `${track.name} has nothing called "${target}" to move.`, {
    field: 'target',
    value: target,
    hint: 'gain, pan, mute, send:<return id>, <device id>.bypass, or <device id>.<parameter>.',
  })
}

function checkedPoint(target: Target, value: PlainValue): PlainValue {
  if ('param' in target) return checkedValue({ param: target.param, key: target.param.label }, value)
  if (typeof value === 'number' && value >= target.min && value <= target.max) return value
  throw new SoundloomError('invalid-argument', `${target.label} cannot be ${String(value)}.`, {
    field: 'value',
    value,
    hint: `From ${String(target.min)} to ${String(target.max)}.`,
  })
}

/** Replaces the points of a lane, sorted by tick; equal ticks keep their order. */
function setPoints(
  context: CommandContext,
  { trackIndex, index }: FoundInTrack<Lane>,
  edit: { label: string; gesture?: string },
  points: Lane['points'],
): void {
  editProject(context, edit, ({ tracks }) => {
    tracks[trackIndex]!.automation[index]!.points = fresh([...points].sort((a, b) => a.tick - b.tick))
  })
}

function findPoint(lane: Lane, id: string): Lane['points'][number] {
  const point = lane.points.find((one) => one.id === id)
  if (point) return point
  throw new SoundloomError('unknown-id', `There is no point "${id}" in this lane.`, { field: 'pointId', value: id })
}

const heldPoint = ({ id, tick, ...point }: Lane['points'][number]) => ({ pointId: id, beat: beatsOf(tick), ...point })

export const automationCommands = [
  defineCommand({
    id: 'automation.add',
    title: 'Add automation',
    doc: 'Adds a lane to a track: gain, pan, mute, send:<return id>, <device id>.bypass or <device id>.<parameter>. One a target.',
    args: z.strictObject({ trackId: fields.id, target: z.string().check(z.minLength(1), z.maxLength(200)) }),
    tool: true,
    run: (context, { trackId, target }) => {
      const { part: track, index } = findTrack(projectOf(context), trackId)
      targetOf(context, track, target)
      const known = track.automation.find((lane) => lane.target === target)
      if (known) return { laneId: known.id, trackId, target, points: known.points.length }
      checkRoom('lane', track.automation.length)
      const lane = { id: newId(), target, enabled: true, points: [] }
      editProject(context, { label: 'Add automation' }, ({ tracks }) => void tracks[index]!.automation.push(lane))
      return { laneId: lane.id, trackId, target, points: 0 }
    },
  }),
  defineCommand({
    id: 'automation.remove',
    title: 'Remove automation',
    doc: 'Removes a lane with its points.',
    args: z.strictObject({ laneId }),
    tool: true,
    run: (context, { laneId }) => {
      const { trackIndex, index } = findLane(projectOf(context), laneId)
      editProject(context, { label: 'Remove automation' }, ({ tracks }) => {
        tracks[trackIndex]!.automation.splice(index, 1)
      })
      return { laneId }
    },
  }),
  defineCommand({
    id: 'automation.setEnabled',
    title: 'Automation on or off',
    doc: 'Lets a lane move its target, or leaves the target where it is.',
    args: z.strictObject({ laneId, enabled: z.boolean() }),
    tool: true,
    run: (context, { laneId, enabled }) => {
      const { trackIndex, index } = findLane(projectOf(context), laneId)
      editProject(context, { label: enabled ? 'Automation on' : 'Automation off' }, ({ tracks }) => {
        tracks[trackIndex]!.automation[index]!.enabled = enabled
      })
      return { laneId, enabled }
    },
  }),
  defineCommand({
    id: 'automation.addPoint',
    title: 'Add point',
    doc: 'Adds a point to a lane; curve -1..1 bends the way to the next one, hold stays until it. A point at that beat is replaced.',
    args: z.strictObject({
      laneId,
      beat: fields.beat,
      value: fields.plainValue,
      curve: z._default(fields.curve, 0),
      hold: z._default(z.boolean(), false),
    }),
    tool: true,
    run: (context, { laneId, beat, value, curve, hold }, { gesture }) => {
      const found = findLane(projectOf(context), laneId)
      const tick = ticksOf(beat)
      const others = found.part.points.filter((point) => point.tick !== tick)
      checkRoom('point', others.length)
      const plain = checkedPoint(targetOf(context, found.track, found.part.target), value)
      const point = { id: newId(), tick, value: plain, curve, hold }
      setPoints(context, found, { label: 'Add point', gesture }, [...others, point])
      return { laneId, ...heldPoint(point) }
    },
  }),
  defineCommand({
    id: 'automation.movePoint',
    title: 'Move point',
    doc: 'Changes the beat, value, curve or hold of a point; what is not given stays.',
    args: z.strictObject({
      laneId,
      pointId,
      beat: z.optional(fields.beat),
      value: z.optional(fields.plainValue),
      curve: z.optional(fields.curve),
      hold: z.optional(z.boolean()),
    }),
    tool: true,
    run: (context, { laneId, pointId, beat, value, curve, hold }, { gesture }) => {
      const found = findLane(projectOf(context), laneId)
      const point = findPoint(found.part, pointId)
      const next = {
        id: pointId,
        tick: beat === undefined ? point.tick : ticksOf(beat),
        value:
          value === undefined ? point.value : checkedPoint(targetOf(context, found.track, found.part.target), value),
        curve: curve ?? point.curve,
        hold: hold ?? point.hold,
      }
      const points = found.part.points.map((one) => (one === point ? next : one))
      setPoints(context, found, { label: 'Move point', gesture }, points)
      return { laneId, ...heldPoint(next) }
    },
  }),
  defineCommand({
    id: 'automation.removePoint',
    title: 'Remove point',
    doc: 'Removes a point of a lane.',
    args: z.strictObject({ laneId, pointId }),
    tool: true,
    run: (context, { laneId, pointId }) => {
      const found = findLane(projectOf(context), laneId)
      const point = findPoint(found.part, pointId)
      const points = found.part.points.filter((one) => one !== point)
      setPoints(context, found, { label: 'Remove point' }, points)
      return { laneId, points: points.length }
    },
  }),
  defineCommand({
    id: 'automation.clear',
    title: 'Clear automation',
    doc: 'Removes all points of a lane.',
    args: z.strictObject({ laneId }),
    tool: true,
    run: (context, { laneId }) => {
      const found = findLane(projectOf(context), laneId)
      if (found.part.points.length > 0) setPoints(context, found, { label: 'Clear automation' }, [])
      return { laneId, points: 0 }
    },
  }),
] as const
