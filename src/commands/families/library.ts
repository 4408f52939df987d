// library.*: importing, favourites, the bin, fixes of report lines (main thread). All undoable; nothing is ever deleted.
import { SoundloomError } from '../../params/error.ts'
import type { MatchedField } from '../../presets/library/search.ts'
import { ROLES, type PlainValue, type Role } from '../../presets/model.ts'
import type { ImportReport } from '../../presets/report.ts'
import { findParam } from '../../project/sound.ts'
import { soundsOfAudio, splitAudio } from '../audioFiles.ts'
import type { CommandContext } from '../context.ts'
import { defineCommand } from '../define.ts'
import { openProjectFile, splitProjects, unpackPresets } from '../projectFiles.ts'
import { z } from '../schema.ts'
import { presetId } from './audition.ts'
import { visiblePresets } from '../sounds.ts'
import { checkedValue } from './edit.ts'

const isFile = (value: unknown): boolean => typeof Blob === 'function' && value instanceof Blob && 'name' in value
const reportId = z.string().check(z.minLength(1), z.maxLength(200))

function reportOf({ library }: CommandContext, id: string): ImportReport {
  const report = library.store.getState().reports.get(id)
  if (report) return report
  throw new SoundloomError('unknown-id', `There is no import report "${id}".`, { field: 'reportId', value: id })
}

function setFix(context: CommandContext, id: string, key: string, value: PlainValue): object {
  const { original, originalPatch } = context.player.sound(id)
  const found = findParam(original, originalPatch, key)
  if (!found)
    throw new SoundloomError('unknown-id', `${original.name} has no parameter "${key}".`, { field: 'key', value: key })
  const plain = checkedValue(found, value)
  context.history.edit({ label: `Fix ${found.param.label}`, focus: id }, (draft) => {
    const { fixes } = draft.library
    fixes[id] = { ...fixes[id], [key]: plain }
  })
  return { presetId: id, key, value: plain }
}

/** One answer of `library.search`. Scores compare within one search only. */
export interface SearchHit {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tags: readonly string[]
  readonly score: number
  readonly matches: readonly { readonly field: MatchedField; readonly text: string }[]
}

const plural = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`

/** Says what a drop did, with a way back and a way to the details. `returned`: sounds that were in the bin. */
function announce({ notices, desk }: CommandContext, report: ImportReport, returned: number, undo: () => void): void {
  const { counts, error, summary } = report
  // They were here all the time, but nobody saw them.
  const did = returned > 0 && counts.imported === 0 ? `${plural(returned, 'sound')} back from the bin` : report.title
  const title = `${report.file.name}: ${did}`
  const show = { label: 'Show report', run: () => desk.setState({ open: report.id }) }
  if (error) {
    notices.show({ kind: 'error', fact: title, consequence: error.hint, actions: [show] })
    return
  }
  const kind = counts.errors > 0 ? 'error' : counts.warnings > 0 ? 'warning' : 'ok'
  // Sounds that were here before stay: there is nothing to take back.
  const back = counts.imported > 0 || returned > 0 || counts.found === 0 ? [{ label: 'Undo', run: undo }] : []
  notices.show({ kind, fact: title, consequence: summary, actions: [...back, show] })
}

export const libraryCommands = [
  defineCommand({
    id: 'library.import',
    title: 'Import',
    doc: 'Reads preset files, keeps their sounds and reports every value that it changed, guessed or dropped; makes a sampler of an audio file; opens project files. What a drop does.',
    args: z.strictObject({ files: z.array(z.custom<File>(isFile)).check(z.minLength(1), z.maxLength(1000)) }),
    run: async (context, { files }) => {
      const { library, history, stores, desk } = context
      const shown = (): Set<string> =>
        new Set(visiblePresets(library.store.getState(), stores.library.getState()).map(({ id }) => id))
      const before = shown()
      desk.setState({ importing: { fileName: files[0]!.name, found: 0 } })
      let reports: readonly ImportReport[] = []
      const opened: ImportReport[] = []
      try {
        const { audio, others } = await splitAudio(files)
        const { projects, presets: found } = await splitProjects(others)
        const presets = await unpackPresets(context, found)
        const recordings = await soundsOfAudio(context, audio)
        opened.push(...recordings.refused)
        presets.push(...recordings.files)
        for (const file of projects) opened.push(await openProjectFile(context, file))
        if (presets.length > 0) {
          reports = await library.import(presets, (fileName, found) =>
            desk.setState({ importing: { fileName, found } }),
          )
        }
      } finally {
        desk.setState({ importing: null })
      }
      const brought = reports.filter(({ error }) => !error)
      if (brought.length > 0) {
        const label =
          brought.length === 1 ? `Import ${brought[0]!.file.name}` : `Import ${plural(brought.length, 'file')}`
        // A sound that was in the bin by itself is taken out: the user has just asked for it.
        const { binned } = stores.library.getState()
        const returned = new Set(brought.flatMap(({ presetIds }) => presetIds).filter((id) => binned[id]))
        if (returned.size > 0) {
          const kept = Object.entries(binned).filter(([id]) => !returned.has(id))
          stores.library.setState({ binned: Object.fromEntries(kept) })
        }
        // The sounds are listed already; undo puts them in the bin, sources are never deleted.
        history.add({ label }, ({ library: draft }) => {
          for (const id of [...brought.map((report) => report.id), ...returned]) draft.binned[id] = true
        })
      }
      const after = shown()
      for (const report of reports) {
        const appeared = report.presetIds.filter((id) => after.has(id) && !before.has(id))
        // Two files of a drop may hold one sound: the first brought it.
        for (const id of appeared) before.add(id)
        announce(context, report, appeared.length - report.counts.imported, () => void binImport(context, report))
      }
      // One recording is there to be played: the keys have it at once.
      const [only] = reports
      const id = files.length === 1 && only?.presetIds.length === 1 ? only.presetIds[0] : undefined
      if (id !== undefined && (await splitAudio(files)).audio.length === 1) await context.player.select(id)
      if (reports.some(({ counts, error }) => error || counts.errors > 0)) {
        desk.setState({ open: reports.find(({ counts, error }) => error || counts.errors > 0)!.id })
      }
      return [...opened, ...reports]
    },
  }),
  defineCommand({
    id: 'library.search',
    title: 'Search sounds',
    doc: 'Finds sounds by what they are called, are like and are made of; best match first, with what matched.',
    args: z.strictObject({
      query: z.string().check(z.maxLength(500)),
      role: z.optional(z.enum(ROLES)),
      limit: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
    }),
    tool: true,
    run: async ({ search }, { query, role, limit = 50 }): Promise<readonly SearchHit[]> => {
      const { hits } = await search.search({ text: query, roles: role ? [role] : [], limit, complete: true })
      return hits.map(({ preset, score, matches }) => {
        const { id, name, tags } = preset
        return {
          id,
          name,
          role: preset.role,
          tags,
          score,
          matches: matches.map(({ field, text }) => ({ field, text })),
        }
      })
    },
  }),
  defineCommand({
    id: 'library.undoImport',
    title: 'Undo import',
    doc: 'Puts the sounds of one import in the bin; undo or library.redoImport brings them back.',
    args: z.strictObject({ reportId }),
    run: (context, { reportId }) => binImport(context, reportOf(context, reportId)),
  }),
  defineCommand({
    id: 'library.redoImport',
    title: 'Restore import',
    doc: 'Takes the sounds of one import out of the bin.',
    args: z.strictObject({ reportId }),
    run: (context, { reportId }) => {
      const report = reportOf(context, reportId)
      context.history.edit({ label: `Restore ${report.file.name}` }, ({ library }) => {
        delete library.binned[report.id]
      })
      return { reportId, binned: false }
    },
  }),
  defineCommand({
    id: 'library.setFavourite',
    title: 'Favourite',
    doc: 'Marks a sound as a favourite, or takes the mark away.',
    args: z.strictObject({ presetId, favourite: z.boolean() }),
    tool: true,
    run: ({ history, player }, { presetId, favourite }) => {
      const { preset } = player.sound(presetId)
      history.edit({ label: favourite ? 'Favourite' : 'No favourite' }, ({ library }) => {
        if (favourite) library.favourites[preset.id] = true
        else delete library.favourites[preset.id]
      })
      return { presetId, favourite }
    },
  }),
  defineCommand({
    id: 'library.remove',
    title: 'Remove sound',
    doc: 'Puts a sound in the bin; undo or library.restore brings it back.',
    args: z.strictObject({ presetId }),
    tool: true,
    run: ({ history, player }, { presetId }) => {
      const { preset } = player.sound(presetId)
      history.edit({ label: `Remove ${preset.name}` }, ({ library }) => {
        library.binned[preset.id] = true
      })
      return { presetId, binned: true }
    },
  }),
  defineCommand({
    id: 'library.restore',
    title: 'Restore sound',
    doc: 'Takes a sound out of the bin.',
    args: z.strictObject({ presetId }),
    tool: true,
    run: ({ history, player }, { presetId }) => {
      const { preset } = player.sound(presetId)
      history.edit({ label: `Restore ${preset.name}` }, ({ library }) => {
        delete library.binned[preset.id]
      })
      return { presetId, binned: false }
    },
  }),
  defineCommand({
    id: 'library.fix',
    title: 'Fix value',
    doc: 'Uses another value for what a detailed line of an import report (counted from 0) changed or guessed.',
    args: z.strictObject({ reportId, line: z.int().check(z.minimum(0)), value: z.union([z.number(), z.string()]) }),
    run: (context, { reportId, line, value }) => {
      const target = reportOf(context, reportId).details[line]?.target
      if (target) return setFix(context, target.presetId, target.key, value)
      throw new SoundloomError('invalid-argument', 'Nothing can be set for this line.', { field: 'line', value: line })
    },
  }),
  defineCommand({
    id: 'library.setValue',
    title: 'Set value of a sound',
    doc: 'Sets one value of a sound in the library, as a fix of its import.',
    args: z.strictObject({
      presetId,
      key: z.string().check(z.maxLength(100)),
      value: z.union([z.number(), z.string()]),
    }),
    run: (context, { presetId, key, value }) => setFix(context, presetId, key, value),
  }),
] as const

function binImport({ history }: CommandContext, report: ImportReport): { reportId: string; binned: boolean } {
  if (history.view.getState().undoLabel === `Import ${report.file.name}`) history.undo()
  else {
    history.edit({ label: `Undo import of ${report.file.name}` }, ({ library }) => {
      library.binned[report.id] = true
    })
  }
  return { reportId: report.id, binned: true }
}
