// rack.*: branches of effects side by side (main thread). Undoable. Effects of a branch are added by device.add with its id.
import { SoundloomError } from '../../params/error.ts'
import type { Project } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { findStrip } from '../../project/song/find.ts'
import { checkRoom } from '../../project/song/room.ts'
import { everyDevice, newBranch, newRack } from '../../project/song/racks.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'
import { dropLanes } from './device.ts'

const trackId = fields.id
const MOST_BRANCHES = 8

/** A branch, its rack, and where both stand. */
function findBranch(project: Project, stripId: string, branchId: string) {
  const strip = findStrip(project, stripId)
  for (const [rackIndex, rack] of strip.part.devices.entries()) {
    const branchIndex = rack.branches?.findIndex(({ id }) => id === branchId) ?? -1
    if (branchIndex >= 0) return { strip, rack, rackIndex, branch: rack.branches![branchIndex]!, branchIndex }
  }
  throw new SoundloomError('unknown-id', `There is no branch "${branchId}".`, { field: 'branchId', value: branchId })
}

export const rackCommands = [
  defineCommand({
    id: 'rack.add',
    title: 'Add rack',
    doc: 'Adds a rack to a track, group or return: branches side by side, at a place among its effects counted from 0, or last.',
    args: z.strictObject({
      trackId,
      branches: z.optional(z.int().check(z.minimum(1), z.maximum(MOST_BRANCHES))),
      index: z.optional(z.int().check(z.minimum(0), z.maximum(10_000))),
    }),
    tool: true,
    run: (context, { trackId, branches = 2, index }) => {
      const { list, index: at, part } = findStrip(projectOf(context), trackId)
      const first = part.devices[0]?.kind === 'instrument' ? 1 : 0
      checkRoom('effect', part.devices.length - first)
      checkRoom('chain', everyDevice(part.devices).length, branches + 1)
      const rack = newRack(branches)
      const place = Math.min(index ?? part.devices.length, part.devices.length - first)
      editProject(context, { label: 'Add rack' }, (project) => {
        project[list][at]!.devices.splice(first + place, 0, fresh(rack))
      })
      return { trackId, deviceId: rack.id, branchIds: rack.branches!.map(({ id }) => id), index: place }
    },
  }),
  defineCommand({
    id: 'rack.addBranch',
    title: 'Add branch',
    doc: 'Adds a branch to a rack, which hears what goes into the rack; at most eight.',
    args: z.strictObject({ trackId, rackId: fields.id, name: z.optional(fields.name) }),
    tool: true,
    run: (context, { trackId, rackId, name }) => {
      const { list, index: at, part } = findStrip(projectOf(context), trackId)
      const rackIndex = part.devices.findIndex(({ id, branches }) => id === rackId && branches)
      if (rackIndex < 0)
        throw new SoundloomError('unknown-id', `There is no rack "${rackId}".`, { field: 'rackId', value: rackId })
      const { branches = [] } = part.devices[rackIndex]!
      checkRoom('branch', branches.length)
      checkRoom('chain', everyDevice(part.devices).length)
      const branch = newBranch(name ?? `Branch ${String(branches.length + 1)}`)
      editProject(context, { label: 'Add branch' }, (project) => {
        project[list][at]!.devices[rackIndex]!.branches!.push(fresh(branch))
      })
      return { trackId, rackId, branchId: branch.id, name: branch.name }
    },
  }),
  defineCommand({
    id: 'rack.removeBranch',
    title: 'Remove branch',
    doc: 'Removes a branch of a rack with its effects; the last one stays.',
    args: z.strictObject({ trackId, branchId: fields.id }),
    tool: true,
    run: (context, { trackId, branchId }) => {
      const { strip, rack, rackIndex, branch, branchIndex } = findBranch(projectOf(context), trackId, branchId)
      if (rack.branches!.length === 1) {
        throw new SoundloomError('invalid-argument', 'A rack needs a branch.', {
          field: 'branchId',
          value: branchId,
          hint: 'Remove the rack: device.remove.',
        })
      }
      editProject(context, { label: `Remove ${branch.name}` }, (project) => {
        project[strip.list][strip.index]!.devices[rackIndex]!.branches!.splice(branchIndex, 1)
        dropLanes(project, trackId, [branch.id, ...branch.devices.map(({ id }) => id)])
      })
      return { trackId, branchId }
    },
  }),
  defineCommand({
    id: 'rack.renameBranch',
    title: 'Rename branch',
    doc: 'Names a branch of a rack.',
    args: z.strictObject({ trackId, branchId: fields.id, name: fields.name }),
    tool: true,
    run: (context, { trackId, branchId, name }) => {
      const { strip, rackIndex, branchIndex } = findBranch(projectOf(context), trackId, branchId)
      editProject(context, { label: 'Rename branch' }, (project) => {
        project[strip.list][strip.index]!.devices[rackIndex]!.branches![branchIndex]!.name = name
      })
      return { trackId, branchId, name }
    },
  }),
] as const
