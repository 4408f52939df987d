// Groups, buses, outputs and side inputs (main thread). Undoable; circles are refused by the names along them.
import type { Project } from '../../project/document.ts'
import { SoundloomError } from '../../params/error.ts'
import { effectSpec } from '../../presets/spec.ts'
import * as fields from '../../project/fields.ts'
import { findStrip, findTrack, indicesOf } from '../../project/song/find.ts'
import { checkRoom } from '../../project/song/room.ts'
import { checkCircle, forgetStrips, MASTER_OUTPUT } from '../../project/song/routing.ts'
import { findDeviceAnywhere } from '../../project/song/racks.ts'
import { newGroup } from '../../project/song/tracks.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { editProject, fresh, projectOf } from '../editProject.ts'
import { z } from '../schema.ts'

const trackId = fields.id
const trackIds = z.array(trackId).check(z.minLength(1), z.maxLength(64))
const kind = z.optional(z.literal('audio'))

function findGroup(project: Project, groupId: string, field = 'groupId') {
  const found = findTrack(project, groupId, field)
  if (found.part.kind === 'group') return found
  throw new SoundloomError('invalid-argument', `“${found.part.name}” is no group.`, {
    field,
    value: groupId,
    hint: 'Groups are made by track.group and bus.add.',
  })
}

function findBus(project: Project, name: string) {
  const index = project.tracks.findIndex((track) => track.kind === 'group' && track.name === name)
  if (index < 0) throw new SoundloomError('unknown-id', `There is no bus “${name}”.`, { field: 'name', value: name })
  return { part: project.tracks[index]!, index }
}

function refuseName({ tracks }: Project, name: string, field: string): void {
  if (!tracks.some((track) => track.kind === 'group' && track.name === name)) return
  throw new SoundloomError('conflict', `There is a bus “${name}” already.`, {
    field,
    value: name,
    hint: 'Give it another name.',
  })
}

/** What plays into it goes where it went. */
function removeGroup(context: CommandContext, { part, index }: ReturnType<typeof findTrack>, label: string): void {
  editProject(context, { label }, (project) => {
    project.tracks.splice(index, 1)
    forgetStrips(project, [part.id], part.output)
  })
  const { session } = context.stores
  if (session.getState().selectedTrackId === part.id) session.setState({ selectedTrackId: null })
}

const withOutput = (project: Project, id: string, output: string | undefined): Pick<Project, 'tracks' | 'returns'> => ({
  ...project,
  tracks: project.tracks.map((track) => {
    if (track.id !== id) return track
    const { output: _, ...rest } = track
    return output === undefined ? rest : { ...rest, output }
  }),
})

export const routingCommands = [
  defineCommand({
    id: 'track.group',
    title: 'Group tracks',
    doc: 'Puts tracks into a new group, which carries them through its own effects, volume and mute; groups may be grouped. Selects it.',
    args: z.strictObject({ trackIds, name: z.optional(fields.name) }),
    tool: true,
    run: (context, { trackIds, name }) => {
      const project = projectOf(context)
      const indices = indicesOf(project.tracks, trackIds, 'trackIds').sort((a, b) => a - b)
      checkRoom('track', project.tracks.length)
      const inside = indices.map((index) => project.tracks[index]!)
      const outputs = new Set(inside.map(({ output }) => output))
      // What shares a group stays in it.
      const output = outputs.size === 1 ? inside[0]!.output : undefined
      const groups = project.tracks.filter((track) => track.kind === 'group').length
      const made = newGroup(name ?? `Group ${String(groups + 1)}`, inside[0]!.colour, output)
      editProject(context, { label: `Group ${made.name}` }, (draft) => {
        const moved = indices.map((index) => draft.tracks[index]!)
        for (const track of moved) track.output = made.id
        const rest = draft.tracks.filter((track) => !moved.includes(track))
        const at = indices[0]!
        draft.tracks = [...rest.slice(0, at), fresh(made), ...moved, ...rest.slice(at)]
      })
      context.stores.session.setState({ selectedTrackId: made.id, keysPlay: 'track' })
      return { groupId: made.id, name: made.name, trackIds: inside.map(({ id }) => id) }
    },
  }),
  defineCommand({
    id: 'track.ungroup',
    title: 'Ungroup',
    doc: 'Removes a group; the tracks in it stay and play where the group played.',
    args: z.strictObject({ groupId: fields.id }),
    tool: true,
    run: (context, { groupId }) => {
      const found = findGroup(projectOf(context), groupId)
      removeGroup(context, found, `Ungroup ${found.part.name}`)
      return { groupId }
    },
  }),
  defineCommand({
    id: 'track.setOutput',
    title: 'Track output',
    doc: 'Where a track plays to: "master", or the id of a group. A circle is refused.',
    args: z.strictObject({ trackId, output: fields.id }),
    tool: true,
    run: (context, { trackId, output }) => {
      const project = projectOf(context)
      const { index, part } = findTrack(project, trackId)
      const to = output === MASTER_OUTPUT ? undefined : findGroup(project, output, 'output').part.id
      checkCircle(withOutput(project, trackId, to), 'output')
      if (part.output !== to) {
        editProject(context, { label: `Output ${part.name}` }, ({ tracks }) => {
          if (to === undefined) delete tracks[index]!.output
          else tracks[index]!.output = to
        })
      }
      return { trackId, output }
    },
  }),
  defineCommand({
    id: 'device.setSidechain',
    title: 'Side chain',
    doc: 'Which track or return an effect with a side chain listens to, before or after its fader; null: to its own input.',
    args: z.strictObject({
      trackId,
      deviceId: fields.id,
      source: z.nullable(fields.id),
      pre: z.optional(z.boolean()),
    }),
    tool: true,
    run: (context, { trackId, deviceId, source, pre }) => {
      const project = projectOf(context)
      const { list, index, part } = findStrip(project, trackId)
      const found = findDeviceAnywhere(part.devices, deviceId)
      const { part: device } = found
      const spec = effectSpec(device.type)
      if (!spec?.sidechain) {
        throw new SoundloomError('invalid-argument', `${spec?.label ?? device.type} has no side chain.`, {
          field: 'deviceId',
          value: deviceId,
        })
      }
      const heard = source === null ? undefined : { source, pre: pre ?? device.sidechain?.pre ?? false }
      if (source !== null) {
        findStrip(project, source)
        // Where on the strip it stands makes no difference.
        const listens = { ...device, sidechain: heard! }
        const strips = project[list].map((one) =>
          one.id === trackId ? { ...one, devices: [...one.devices, listens] } : one,
        )
        checkCircle({ ...project, [list]: strips }, 'source')
      }
      editProject(context, { label: `Side chain of ${spec.label}` }, (draft) => {
        const edited = found.of(draft[list][index]!.devices)
        if (!('type' in edited)) return
        if (heard) edited.sidechain = heard
        else delete edited.sidechain
      })
      return { trackId, deviceId, source, pre: heard?.pre ?? false }
    },
  }),
  defineCommand({
    id: 'bus.add',
    title: 'Add bus',
    doc: 'Adds a bus by name: a group that tracks choose as their output. A name is used once.',
    args: z.strictObject({ name: fields.name, kind }),
    tool: true,
    run: (context, { name }) => {
      const project = projectOf(context)
      refuseName(project, name, 'name')
      checkRoom('track', project.tracks.length)
      const made = newGroup(name, ((project.tracks.length % 9) + 1) as 1)
      editProject(context, { label: `Add ${name}` }, ({ tracks }) => void tracks.push(fresh(made)))
      return { busId: made.id, name }
    },
  }),
  defineCommand({
    id: 'bus.remove',
    title: 'Remove bus',
    doc: 'Removes a bus by name; what plays into it plays where it played.',
    args: z.strictObject({ name: fields.name }),
    tool: true,
    run: (context, { name }) => {
      const found = findBus(projectOf(context), name)
      removeGroup(context, found, `Remove ${name}`)
      return { busId: found.part.id, name }
    },
  }),
  defineCommand({
    id: 'bus.rename',
    title: 'Rename bus',
    doc: 'Gives a bus another name; what plays into it stays.',
    args: z.strictObject({ name: fields.name, to: fields.name }),
    tool: true,
    run: (context, { name, to }) => {
      const project = projectOf(context)
      const { part, index } = findBus(project, name)
      if (to !== name) {
        refuseName(project, to, 'to')
        editProject(context, { label: 'Rename bus' }, ({ tracks }) => {
          tracks[index]!.name = to
        })
      }
      return { busId: part.id, name: to }
    },
  }),
] as const
