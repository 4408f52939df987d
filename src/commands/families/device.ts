// device.*: the devices of tracks, returns and the master (main thread). Undoable; `trackId` may be a return's id or "master".
import type { Draft } from 'mutative'
import { SoundloomError } from '../../params/error.ts'
import { formatValue } from '../../params/format.ts'
import { effectSpec } from '../../presets/spec.ts'
import type { Project } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { deviceParam } from '../../project/song/devices.ts'
import { findDevice, findStrip, MASTER_ID } from '../../project/song/find.ts'
import { checkRoom } from '../../project/song/room.ts'
import { newEffect, targetDevice } from '../../project/song/tracks.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'
import { checkedValue } from './edit.ts'

type Device = ReturnType<typeof findDevice>['part']

const trackId = fields.id
const deviceId = fields.id
/** Among the effects, from 0. */
const index = z.int().check(z.minimum(0), z.maximum(10_000))

interface Chain {
  readonly devices: readonly Device[]
  /** The same chain in a draft. The master's is one device, which stays. */
  of(project: Draft<Project>): Draft<Device>[]
}

export function chainOf(project: Project, stripId: string): Chain {
  if (stripId === MASTER_ID) {
    return { devices: [project.master.limiter], of: ({ master }) => [master.limiter] }
  }
  const { list, index: at, part } = findStrip(project, stripId)
  return { devices: part.devices, of: (draft) => draft[list][at]!.devices }
}

function openChain(project: Project, stripId: string): Chain & { readonly firstEffect: number } {
  if (stripId === MASTER_ID) {
    throw new SoundloomError('invalid-argument', 'The master has its limiter, and no other device.', {
      field: 'trackId',
      value: stripId,
      hint: 'Add a return, and put the device there.',
    })
  }
  const chain = chainOf(project, stripId)
  return { ...chain, firstEffect: chain.devices[0]?.kind === 'instrument' ? 1 : 0 }
}

const label = (device: Device): string => device.name ?? effectSpec(device.type)?.label ?? device.type

function refuseInstrument(device: Device, deed: string): void {
  if (device.kind === 'effect') return
  throw new SoundloomError('invalid-argument', `An instrument cannot be ${deed}.`, {
    field: 'deviceId',
    value: device.id,
    hint: 'Mute the track, or give it another sound: track.setMute, track.setSound.',
  })
}

export const deviceCommands = [
  defineCommand({
    id: 'device.add',
    title: 'Add effect',
    doc: 'Adds an effect to a track or return, at a place among its effects counted from 0, or last.',
    args: z.strictObject({ trackId, type: fields.id, index: z.optional(index) }),
    tool: true,
    run: (context, { trackId, type, index }) => {
      const chain = openChain(projectOf(context), trackId)
      const spec = effectSpec(type)
      if (!spec) throw new SoundloomError('unknown-id', `There is no effect "${type}".`, { field: 'type', value: type })
      const effects = chain.devices.length - chain.firstEffect
      checkRoom('effect', effects)
      const device = newEffect(type)
      const at = Math.min(index ?? effects, effects)
      editProject(context, { label: `Add ${spec.label}` }, (project) => {
        chain.of(project).splice(chain.firstEffect + at, 0, fresh(device))
      })
      return { trackId, deviceId: device.id, type, index: at }
    },
  }),
  defineCommand({
    id: 'device.remove',
    title: 'Remove device',
    doc: 'Removes an effect, or the instrument, of a track or return, with the automation that moved it.',
    args: z.strictObject({ trackId, deviceId }),
    tool: true,
    run: (context, { trackId, deviceId }) => {
      const chain = openChain(projectOf(context), trackId)
      const { part, index } = findDevice(chain, deviceId)
      editProject(context, { label: `Remove ${label(part)}` }, (project) => {
        chain.of(project).splice(index, 1)
        const track = project.tracks.find(({ id }) => id === trackId)
        if (track?.automation.some(({ target }) => targetDevice(target) === deviceId))
          track.automation = track.automation.filter(({ target }) => targetDevice(target) !== deviceId)
      })
      return { trackId, deviceId }
    },
  }),
  defineCommand({
    id: 'device.move',
    title: 'Move device',
    doc: 'Moves an effect to another place among the effects of its track or return, counted from 0.',
    args: z.strictObject({ trackId, deviceId, index }),
    tool: true,
    run: (context, { trackId, deviceId, index: wanted }, { gesture }) => {
      const chain = openChain(projectOf(context), trackId)
      const { part, index } = findDevice(chain, deviceId)
      refuseInstrument(part, 'moved')
      const to = Math.min(wanted + chain.firstEffect, chain.devices.length - 1)
      if (to !== index) {
        editProject(context, { label: `Move ${label(part)}`, gesture }, (project) => {
          const devices = chain.of(project)
          devices.splice(index, 1)
          devices.splice(to, 0, fresh(part))
        })
      }
      return { trackId, deviceId, index: to - chain.firstEffect }
    },
  }),
  defineCommand({
    id: 'device.setValue',
    title: 'Set device value',
    doc: 'Sets one parameter of a device: `unit.param` of an instrument, the parameter of an effect; plain value or option id.',
    args: z.strictObject({ trackId, deviceId, key: z.string().check(z.maxLength(100)), value: fields.plainValue }),
    tool: true,
    run: (context, { trackId, deviceId, key, value }, { gesture }) => {
      const chain = chainOf(projectOf(context), trackId)
      const { part, index } = findDevice(chain, deviceId)
      const found = deviceParam(part, key)
      if (!found) {
        const message = `${label(part)} has no parameter "${key}".`
        throw new SoundloomError('unknown-id', message, { field: 'key', value: key })
      }
      const plain = checkedValue(found, value)
      if (plain !== found.value) {
        editProject(context, { label: found.param.label, gesture }, (project) => {
          chain.of(project)[index]!.values[key] = plain
        })
      }
      return { trackId, deviceId, key, value: plain, text: formatValue(found.param, plain) }
    },
  }),
  defineCommand({
    id: 'device.setBypass',
    title: 'Bypass device',
    doc: 'Takes an effect of a track, of a return or of the master out of the chain, or puts it back.',
    args: z.strictObject({ trackId, deviceId, bypass: z.boolean() }),
    tool: true,
    run: (context, { trackId, deviceId, bypass }) => {
      const chain = chainOf(projectOf(context), trackId)
      const { part, index } = findDevice(chain, deviceId)
      refuseInstrument(part, 'bypassed')
      editProject(context, { label: `${bypass ? 'Bypass' : 'Use'} ${label(part)}` }, (project) => {
        chain.of(project)[index]!.bypass = bypass
      })
      return { trackId, deviceId, bypass }
    },
  }),
] as const
