// control.*: control buses by name, and the parameters that follow them (main thread). Undoable.
import type { Draft } from 'mutative'
import { SoundloomError } from '../../params/error.ts'
import type { Project } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import {
  checkRouteRoom,
  findControl,
  followingParam,
  newControl,
  refuseControlName,
  sameTarget,
} from '../../project/song/controls.ts'
import { findStrip } from '../../project/song/find.ts'
import { findDeviceAnywhere } from '../../project/song/racks.ts'
import { checkRoom } from '../../project/song/room.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

const name = fields.name
const target = { trackId: fields.id, deviceId: fields.id, key: fields.id }

/** Settings of each kind; what is not given stays. */
const settings = {
  lfo: { shape: fields.controlShape, rateHz: fields.controlRate, beats: fields.controlBeats, phase: fields.share },
  follower: {
    source: z.nullable(fields.id),
    attackSeconds: fields.controlSeconds,
    releaseSeconds: fields.controlSeconds,
    gainDb: fields.followerGainDb,
  },
  macro: { value: fields.share },
} as const

type ControlBus = NonNullable<Project['controls']>[number]

function edit(
  context: CommandContext,
  step: Parameters<typeof editProject>[1],
  index: number,
  change: (bus: Draft<ControlBus>) => void,
): void {
  editProject(context, step, (project) => change(project.controls![index]!))
}

export const controlCommands = [
  defineCommand({
    id: 'control.add',
    title: 'Add control bus',
    doc: 'Adds a control bus by name: an lfo that moves by itself, a follower of how loud a track is, or a macro knob. Parameters of any device follow it: control.assign.',
    args: z.strictObject({ name, kind: z.enum(['lfo', 'follower', 'macro']) }),
    tool: true,
    run: (context, { name, kind }) => {
      const project = projectOf(context)
      refuseControlName(project, name, 'name')
      checkRoom('control', project.controls?.length ?? 0)
      const made = newControl(name, kind)
      editProject(context, { label: `Add ${name}` }, (draft) => {
        draft.controls = [...(draft.controls ?? []), fresh(made)]
      })
      return { name, kind }
    },
  }),
  defineCommand({
    id: 'control.remove',
    title: 'Remove control bus',
    doc: 'Removes a control bus by name. Refused while parameters follow it.',
    args: z.strictObject({ name }),
    tool: true,
    run: (context, { name }) => {
      const { part, index } = findControl(projectOf(context), name)
      const { length } = part.routes
      if (length > 0) {
        throw new SoundloomError(
          'conflict',
          `${length === 1 ? 'A parameter follows' : `${String(length)} parameters follow`} “${name}”.`,
          {
            field: 'name',
            value: name,
            hint: 'Let go of what follows it first: control.unassign.',
          },
        )
      }
      editProject(context, { label: `Remove ${name}` }, (draft) => {
        draft.controls!.splice(index, 1)
        if (draft.controls!.length === 0) delete draft.controls
      })
      return { name }
    },
  }),
  defineCommand({
    id: 'control.rename',
    title: 'Rename control bus',
    doc: 'Gives a control bus another name; what follows it stays.',
    args: z.strictObject({ name, to: name }),
    tool: true,
    run: (context, { name, to }) => {
      const project = projectOf(context)
      const { index } = findControl(project, name)
      if (to !== name) {
        refuseControlName(project, to, 'to')
        edit(context, { label: 'Rename control bus' }, index, (bus) => (bus.name = to))
      }
      return { name: to }
    },
  }),
  defineCommand({
    id: 'control.set',
    title: 'Control bus settings',
    doc: 'Settings of a control bus. lfo: shape, rateHz, beats (quarter notes of a cycle; 0: at rateHz), phase 0..1. follower: source (a track or return, null: none), attackSeconds, releaseSeconds, gainDb. macro: value 0..1.',
    args: z.strictObject({
      name,
      shape: z.optional(settings.lfo.shape),
      rateHz: z.optional(settings.lfo.rateHz),
      beats: z.optional(settings.lfo.beats),
      phase: z.optional(settings.lfo.phase),
      source: z.optional(settings.follower.source),
      attackSeconds: z.optional(settings.follower.attackSeconds),
      releaseSeconds: z.optional(settings.follower.releaseSeconds),
      gainDb: z.optional(settings.follower.gainDb),
      value: z.optional(settings.macro.value),
    }),
    tool: true,
    run: (context, { name, ...given }, { gesture }) => {
      const project = projectOf(context)
      const { part, index } = findControl(project, name)
      const { kind } = part.source
      const wanted = Object.entries(given).filter(([, value]) => value !== undefined)
      const foreign = wanted.find(([id]) => !Object.hasOwn(settings[kind], id))
      if (foreign) {
        throw new SoundloomError('invalid-argument', `“${name}” is of the kind ${kind}: it has no ${foreign[0]}.`, {
          field: foreign[0],
          value: foreign[1],
          hint: `It has ${Object.keys(settings[kind]).join(', ')}.`,
        })
      }
      if (given.source != null) findStrip(project, given.source)
      edit(context, { label: `Set ${name}`, gesture }, index, (bus) => {
        Object.assign(bus.source, Object.fromEntries(wanted))
      })
      return { name, source: projectOf(context).controls![index]!.source }
    },
  }),
  defineCommand({
    id: 'control.assign',
    title: 'Follow control bus',
    doc: 'Makes a parameter of a device follow a control bus: amount -1..1 of its whole range is added to its own value. Again for the same parameter: another amount.',
    args: z.strictObject({ name, ...target, amount: fields.controlAmount }),
    tool: true,
    run: (context, { name, trackId, deviceId, key, amount }, { gesture }) => {
      const project = projectOf(context)
      const { part, index } = findControl(project, name)
      findDeviceAnywhere(findStrip(project, trackId).part.devices, deviceId)
      const route = { stripId: trackId, deviceId, key, amount }
      const param = followingParam(project, route)
      if (!param) {
        throw new SoundloomError('unknown-id', `There is no parameter “${key}” that could follow a bus.`, {
          field: 'key',
          value: key,
          hint: 'Numbers that move smoothly can; options and switches cannot.',
        })
      }
      const held = part.routes.findIndex((one) => sameTarget(one, route))
      if (held < 0) checkRouteRoom(project, trackId)
      edit(context, { label: `${param.label} follows ${name}`, gesture }, index, ({ routes }) => {
        if (held < 0) routes.push(route)
        else routes[held]!.amount = amount
      })
      return { name, trackId, deviceId, key, amount }
    },
  }),
  defineCommand({
    id: 'control.unassign',
    title: 'Let go of control bus',
    doc: 'A parameter follows a control bus no more.',
    args: z.strictObject({ name, ...target }),
    tool: true,
    run: (context, { name, trackId, deviceId, key }) => {
      const { part, index } = findControl(projectOf(context), name)
      const held = part.routes.findIndex((one) => sameTarget(one, { stripId: trackId, deviceId, key }))
      if (held < 0) {
        throw new SoundloomError('unknown-id', `“${key}” does not follow “${name}”.`, { field: 'key', value: key })
      }
      edit(context, { label: `Let go of ${name}` }, index, ({ routes }) => void routes.splice(held, 1))
      return { name, trackId, deviceId, key }
    },
  }),
] as const
