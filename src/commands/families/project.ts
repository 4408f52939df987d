// project.*: the document as a whole, and the projects of this device (main thread).
import { newProject, SAMPLE_RATES } from '../../project/document.ts'
import * as fields from '../../project/fields.ts'
import { songAssets } from '../../presets/assets/named.ts'
import { embedAssets, keepEmbedded, leftOut } from '../embedded.ts'
import { playsFrozen } from '../../project/song/frozen.ts'
import { projectText, readProjectText } from '../../project/text.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { projectOf } from '../editProject.ts'
import { fileName } from '../fileName.ts'
import { hush, openFresh } from '../openProject.ts'
import { z } from '../schema.ts'

const none = z.strictObject({})
const projectId = fields.id

export const opened = (context: CommandContext): { projectId: string; name: string; readOnly: boolean } => {
  const { id, name } = projectOf(context)
  return { projectId: id, name, readOnly: !context.tabs.mayEdit() }
}

export const projectCommands = [
  defineCommand({
    id: 'project.new',
    title: 'New project',
    doc: 'Saves the open project and opens an empty one.',
    args: z.strictObject({ name: z.optional(fields.name) }),
    tool: true,
    run: async (context, { name }) => {
      const project = newProject()
      await context.projects.start(name === undefined ? project : { ...project, name })
      hush(context)
      return opened(context)
    },
  }),
  defineCommand({
    id: 'project.open',
    title: 'Open project',
    doc: 'Saves the open project and opens another one with its undo history; read-only where another tab has it.',
    args: z.strictObject({ projectId }),
    tool: true,
    run: async (context, { projectId }) => {
      if (projectId === projectOf(context).id) return opened(context)
      await context.projects.open(projectId)
      hush(context)
      return opened(context)
    },
  }),
  defineCommand({
    id: 'project.duplicate',
    title: 'Duplicate project',
    doc: 'Stores a copy of a project, of the open one when none is named.',
    args: z.strictObject({ projectId: z.optional(projectId), name: z.optional(fields.name) }),
    tool: true,
    run: async (context, { projectId = projectOf(context).id, name }) => {
      const copy = await context.projects.duplicate(projectId, name)
      return { projectId: copy.id, name: copy.name }
    },
  }),
  defineCommand({
    id: 'project.openCopy',
    title: 'Open a copy',
    doc: 'Copies the open project and opens the copy: the way on where another tab has the project.',
    args: none,
    run: async (context) => {
      const copy = await context.projects.duplicate(projectOf(context).id)
      await context.projects.open(copy.id)
      hush(context)
      return opened(context)
    },
  }),
  defineCommand({
    id: 'project.takeOver',
    title: 'Take over',
    doc: 'Edits the project here; the tab that has it saves it and becomes read-only.',
    args: none,
    run: async (context) => {
      await context.tabs.takeOver()
      return opened(context)
    },
  }),
  defineCommand({
    id: 'project.rename',
    title: 'Rename project',
    doc: 'Names the open project (undoable), or another one.',
    args: z.strictObject({ name: fields.name, projectId: z.optional(projectId) }),
    tool: true,
    run: async (context, { name, projectId }) => {
      const open = projectOf(context).id
      if (projectId !== undefined && projectId !== open) {
        await context.projects.rename(projectId, name)
        return { projectId, name }
      }
      context.history.edit({ label: 'Rename project' }, (draft) => {
        draft.project.name = name
      })
      return { projectId: open, name: projectOf(context).name }
    },
  }),
  defineCommand({
    id: 'project.delete',
    title: 'Delete project',
    doc: 'Puts a project in the bin; project.restore brings it back. Nothing leaves the bin by itself.',
    args: z.strictObject({ projectId }),
    tool: true,
    run: async (context, { projectId }) => {
      const wasOpen = projectOf(context).id === projectId
      const name = wasOpen
        ? projectOf(context).name
        : context.projects.store.getState().projects.find(({ id }) => id === projectId)?.name
      await context.projects.setBinned(projectId, true)
      if (wasOpen) hush(context)
      const takeBack = async (): Promise<void> => {
        await context.projects.setBinned(projectId, false)
        if (wasOpen) await context.projects.open(projectId)
      }
      context.notices.show({
        kind: 'info',
        fact: `${name ?? 'The project'} is in the bin`,
        consequence: 'Nothing leaves the bin by itself.',
        actions: [{ label: 'Undo', run: () => void takeBack().catch(() => undefined) }],
      })
      return { ...opened(context), binned: projectId }
    },
  }),
  defineCommand({
    id: 'project.restore',
    title: 'Restore project',
    doc: 'Takes a project out of the bin.',
    args: z.strictObject({ projectId }),
    tool: true,
    run: async (context, { projectId }) => {
      await context.projects.setBinned(projectId, false)
      return { projectId }
    },
  }),
  defineCommand({
    id: 'project.erase',
    title: 'Erase project',
    doc: 'Removes a project in the bin from this device, for good.',
    args: z.strictObject({ projectId }),
    run: async (context, { projectId }) => {
      await context.projects.erase(projectId)
      return { projectId, erased: true }
    },
  }),
  defineCommand({
    id: 'project.list',
    title: 'Projects',
    doc: 'The projects of this device, newest change first, and those in the bin; times in ms since 1970.',
    args: none,
    tool: true,
    run: async (context) => {
      const { projects, bin } = await context.projects.refresh()
      return { open: projectOf(context).id, projects, bin }
    },
  }),
  defineCommand({
    id: 'project.exportJson',
    title: 'Export project',
    doc: 'Offers the open project as a file; dropped on the page, it opens as a new project.',
    args: none,
    run: async (context) => {
      const project = projectOf(context)
      // What was frozen can be frozen again: it comes last, where there is room.
      const frozen = project.tracks.flatMap((track) => (playsFrozen(project, track) ? [track.frozen!.asset] : []))
      const named = [...songAssets(project), ...frozen]
      const { json, left } = await embedAssets(projectText(project), named, context.assets)
      if (left.length > 0)
        context.notices.show({ kind: 'warning', fact: 'The project file is not whole', consequence: leftOut(left) })
      const name = fileName(project.name, 'project')
      context.download(name, json, 'application/json')
      return { fileName: name, json }
    },
  }),
  defineCommand({
    id: 'project.importJson',
    title: 'Open project file',
    doc: 'Opens the text of a project file as a new project.',
    args: z.strictObject({ json: z.string().check(z.minLength(1), z.maxLength(256 * 2 ** 20)) }),
    run: async (context, { json }) => {
      await openFresh(context, readProjectText(await keepEmbedded(json, context.assets)))
      return opened(context)
    },
  }),
  defineCommand({
    id: 'project.setSampleRate',
    title: 'Sample rate',
    doc: 'Rate at which the project is rendered, in Hz; the engine restarts with it.',
    args: z.strictObject({ sampleRate: z.literal(SAMPLE_RATES) }),
    tool: true,
    run: ({ history, stores }, { sampleRate }) => {
      history.edit({ label: 'Sample rate' }, (draft) => {
        draft.project.sampleRate = sampleRate
      })
      return { sampleRate: stores.project.getState().sampleRate }
    },
  }),
] as const
