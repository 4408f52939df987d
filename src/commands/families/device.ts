// device.*: the devices of tracks, returns and the master (main thread). Undoable; `trackId` may be a return's id or "master".
import type { Draft } from 'mutative'
import { SoundloomError } from '../../params/error.ts'
import { formatValue } from '../../params/format.ts'
import type { EffectSpec } from '../../generated/specs.ts'
import { effectSpec } from '../../presets/spec.ts'
import type { Project } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { deviceParam } from '../../project/song/devices.ts'
import { findDevice, findStrip, MASTER_ID } from '../../project/song/find.ts'
import { checkRoom } from '../../project/song/room.ts'
import { chainsOf, everyDevice, findDeviceAnywhere, type FoundDevice } from '../../project/song/racks.ts'
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

interface Found {
  readonly part: Device
  readonly index: number
  /** Null: the end of a branch, which belongs to its rack. */
  readonly siblings: readonly Device[] | null
  of(project: Draft<Project>): ReturnType<FoundDevice['of']>
  siblingsOf(project: Draft<Project>): Draft<Device>[]
}

/** A device of the master, of a strip, or in a rack of a strip. */
export function deviceOn(project: Project, stripId: string, deviceId: string): Found {
  if (stripId === MASTER_ID) {
    const { part, index } = findDevice({ devices: [project.master.limiter] }, deviceId)
    return { part, index, siblings: null, of: ({ master }) => master.limiter, siblingsOf: () => [] }
  }
  const { list, index: at, part } = findStrip(project, stripId)
  const { chain, ...found } = findDeviceAnywhere(part.devices, deviceId)
  return {
    ...found,
    siblings: chain?.devices ?? null,
    of: (draft) => found.of(draft[list][at]!.devices),
    siblingsOf: (draft) => chain?.of(draft[list][at]!.devices) ?? [],
  }
}

function refuseLate({ label, latencyMs }: EffectSpec, maxLatencyMs: number): void {
  if (latencyMs <= maxLatencyMs) return
  const ms = (value: number): string => `${String(Math.round(value * 10) / 10)} ms`
  throw new SoundloomError(
    'over-budget',
    `${label} delays by ${ms(latencyMs)}, more than the limit of ${ms(maxLatencyMs)}.`,
    {
      field: 'type',
      value: latencyMs,
      hint: 'Raise the latency limit: engine.setMaxLatency.',
    },
  )
}

function refuseMaster(stripId: string): void {
  if (stripId !== MASTER_ID) return
  throw new SoundloomError('invalid-argument', 'The master has its limiter, and no other device.', {
    field: 'trackId',
    value: stripId,
    hint: 'Add a return, and put the device there.',
  })
}

function refuseEnd({ part, siblings }: Found): void {
  if (siblings) return
  throw new SoundloomError('invalid-argument', 'The end of a branch stays where it is.', {
    field: 'deviceId',
    value: part.id,
    hint: 'Remove the branch: rack.removeBranch.',
  })
}

/** Lanes that moved devices which go. */
export function dropLanes(project: Draft<Project>, stripId: string, deviceIds: readonly string[]): void {
  const track = project.tracks.find(({ id }) => id === stripId)
  const moved = ({ target }: { readonly target: string }) => deviceIds.includes(targetDevice(target) ?? '')
  if (track?.automation.some(moved)) track.automation = track.automation.filter((lane) => !moved(lane))
}

const firstEffect = (devices: readonly Device[]): number => (devices[0]?.kind === 'instrument' ? 1 : 0)

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
    doc: 'Adds an effect to a track or return, or to a branch of a rack there, at a place among its effects counted from 0, or last.',
    args: z.strictObject({ trackId, type: fields.id, index: z.optional(index), branchId: z.optional(fields.id) }),
    tool: true,
    run: (context, { trackId, type, index, branchId }) => {
      refuseMaster(trackId)
      const { list, index: at, part } = findStrip(projectOf(context), trackId)
      const chain = chainsOf(part.devices).find(({ branch }) => branch?.id === branchId)
      if (!chain) {
        throw new SoundloomError('unknown-id', `There is no branch "${String(branchId)}".`, {
          field: 'branchId',
          value: branchId,
        })
      }
      const spec = effectSpec(type)
      if (!spec || spec.category === 'structure') {
        throw new SoundloomError('unknown-id', `There is no effect "${type}".`, {
          field: 'type',
          value: type,
          ...(type === 'rack' && { hint: 'Racks are made by rack.add.' }),
        })
      }
      refuseLate(spec, context.stores.session.getState().maxLatencyMs)
      const first = firstEffect(chain.devices)
      const effects = chain.devices.length - first
      checkRoom('effect', effects)
      checkRoom('chain', everyDevice(part.devices).length - firstEffect(part.devices))
      const device = newEffect(type)
      const place = Math.min(index ?? effects, effects)
      editProject(context, { label: `Add ${spec.label}` }, (project) => {
        chain.of(project[list][at]!.devices).splice(first + place, 0, fresh(device))
      })
      return { trackId, deviceId: device.id, type, index: place }
    },
  }),
  defineCommand({
    id: 'device.remove',
    title: 'Remove device',
    doc: 'Removes an effect, or the instrument, of a track or return, with the automation that moved it.',
    args: z.strictObject({ trackId, deviceId }),
    tool: true,
    run: (context, { trackId, deviceId }) => {
      refuseMaster(trackId)
      const found = deviceOn(projectOf(context), trackId, deviceId)
      refuseEnd(found)
      const { part, index } = found
      editProject(context, { label: `Remove ${label(part)}` }, (project) => {
        found.siblingsOf(project).splice(index, 1)
        const gone = everyDevice([part]).map(({ id }) => id)
        dropLanes(project, trackId, gone)
      })
      return { trackId, deviceId }
    },
  }),
  defineCommand({
    id: 'device.move',
    title: 'Move device',
    doc: 'Moves an effect to another place among the effects of its track, return or branch, counted from 0.',
    args: z.strictObject({ trackId, deviceId, index }),
    tool: true,
    run: (context, { trackId, deviceId, index: wanted }, { gesture }) => {
      refuseMaster(trackId)
      const found = deviceOn(projectOf(context), trackId, deviceId)
      refuseEnd(found)
      const { part, index } = found
      const siblings = found.siblings ?? []
      refuseInstrument(part, 'moved')
      const first = firstEffect(siblings)
      const to = Math.min(wanted + first, siblings.length - 1)
      if (to !== index) {
        editProject(context, { label: `Move ${label(part)}`, gesture }, (project) => {
          const devices = found.siblingsOf(project)
          devices.splice(index, 1)
          devices.splice(to, 0, fresh(part))
        })
      }
      return { trackId, deviceId, index: to - first }
    },
  }),
  defineCommand({
    id: 'device.setValue',
    title: 'Set device value',
    doc: 'Sets one parameter of a device: `unit.param` of an instrument, the parameter of an effect, or gain, pan, mute and solo of a branch; plain value or option id.',
    args: z.strictObject({ trackId, deviceId, key: z.string().check(z.maxLength(100)), value: fields.plainValue }),
    tool: true,
    run: (context, { trackId, deviceId, key, value }, { gesture }) => {
      const device = deviceOn(projectOf(context), trackId, deviceId)
      const { part } = device
      const found = deviceParam(part, key)
      if (!found) {
        const message = `${label(part)} has no parameter "${key}".`
        throw new SoundloomError('unknown-id', message, { field: 'key', value: key })
      }
      const plain = checkedValue(found, value)
      if (plain !== found.value) {
        editProject(context, { label: found.param.label, gesture }, (project) => {
          device.of(project).values[key] = plain
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
      const found = deviceOn(projectOf(context), trackId, deviceId)
      if (trackId !== MASTER_ID) refuseEnd(found)
      const { part } = found
      refuseInstrument(part, 'bypassed')
      editProject(context, { label: `${bypass ? 'Bypass' : 'Use'} ${label(part)}` }, (project) => {
        const device = found.of(project)
        if ('bypass' in device) device.bypass = bypass
      })
      return { trackId, deviceId, bypass }
    },
  }),
] as const
