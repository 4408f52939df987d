// The projects of this device and the one that is open (main thread): new, open, copy, bin. What is open is saved before another
// one is, and nothing is replaced before that has worked.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { SoundloomError } from '../params/error.ts'
import type { Autosave } from './autosave.ts'
import { newId, newProject, NAME_LENGTH, type Project } from './document.ts'
import type { History } from './history.ts'
import { boundHistory, NO_HISTORY, projectHistory, readHistory, type HistoryRecord } from './historyRecord.ts'
import type { ProjectInfo, ProjectStorage } from './kept.ts'
import { parseProject } from './parse.ts'
import type { Stores } from './stores.ts'
import type { Tabs } from './tabs.ts'

export interface ProjectsView {
  /** Newest change first, without the bin. */
  readonly projects: readonly ProjectInfo[]
  readonly bin: readonly ProjectInfo[]
}

export interface Projects {
  readonly store: StoreApi<ProjectsView>
  /** Puts the project of the last visit into the stores. Rejects where it cannot be read; a new one is open then. */
  boot(openId: string | undefined): Promise<void>
  /** Reads the list again. */
  refresh(): Promise<ProjectsView>
  /** Opens a stored project; the present one is saved first, or stays where that is refused. */
  open(projectId: string): Promise<Project>
  /** Opens a new document. */
  start(project: Project): Promise<Project>
  /** A copy in storage, under a new id. */
  duplicate(projectId: string, name?: string): Promise<ProjectInfo>
  rename(projectId: string, name: string): Promise<void>
  /** Into the bin or out of it. Binning the open project opens the newest other one, or a new one. */
  setBinned(projectId: string, binned: boolean): Promise<void>
  /** For good; only what is in the bin. */
  erase(projectId: string): Promise<void>
  /** The open project as storage has it: another tab wrote it. */
  reload(projectId: string): Promise<void>
}

export interface ProjectsParts {
  readonly stores: Stores
  readonly history: History
  readonly storage: ProjectStorage
  readonly autosave: Autosave
  readonly tabs: Tabs
  readonly nowMs?: () => number
}

const unknown = (projectId: string): SoundloomError =>
  new SoundloomError('unknown-id', `There is no project "${projectId}".`, { field: 'projectId', value: projectId })

export function createProjects(parts: ProjectsParts): Projects {
  const { stores, history, storage, autosave, tabs, nowMs = Date.now } = parts
  const store = createStore<ProjectsView>(() => ({ projects: [], bin: [] }))
  const openId = (): string => stores.project.getState().id
  /** One deed at a time: each begins with what the one before has left. */
  let last: Promise<unknown> = Promise.resolve()
  const queued = <Result>(deed: () => Promise<Result>): Promise<Result> => {
    const done = last.then(deed)
    last = done.catch(() => undefined)
    return done
  }

  const refresh = async (): Promise<ProjectsView> => {
    const all = await storage.list()
    store.setState({
      projects: all.filter(({ binnedMs }) => binnedMs === null),
      bin: all.filter(({ binnedMs }) => binnedMs !== null),
    })
    return store.getState()
  }
  /** Everything of the open project is in storage, edits made meanwhile too. */
  const saved = async (): Promise<void> => {
    do await autosave.flushed()
    while (autosave.pending())
  }
  const read = async (projectId: string): Promise<{ project: Project; history: HistoryRecord }> => {
    const found = await storage.readProject(projectId)
    if (!found) throw unknown(projectId)
    return { project: parseProject(found.project), history: readHistory(found.history) }
  }
  const show = (project: Project, record: HistoryRecord): void => {
    stores.project.setState(project, true)
    history.restore(record)
    // It is what storage has, apart from which one is open.
    autosave.settle()
  }
  const replace = async (project: Project, record: HistoryRecord): Promise<Project> => {
    await storage.write({ user: { openId: project.id } })
    show(project, record)
    stores.session.setState({ selectedTrackId: null })
    await tabs.claim(project.id)
    return project
  }
  const infoOf = async (projectId: string): Promise<ProjectInfo> => {
    const info = (await storage.list()).find(({ id }) => id === projectId)
    if (!info) throw unknown(projectId)
    return info
  }
  const openStored = async (projectId: string): Promise<Project> => {
    if (projectId === openId()) return stores.project.getState()
    await saved()
    const { project, history: record } = await read(projectId)
    if ((await infoOf(projectId)).binnedMs !== null) {
      throw new SoundloomError('conflict', 'This project is in the bin.', {
        field: 'projectId',
        value: projectId,
        hint: 'Take it out first: project.restore.',
      })
    }
    return replace(project, projectHistory(record))
  }
  const startNew = async (project: Project): Promise<Project> => {
    await saved()
    await storage.write({ project, history: NO_HISTORY })
    return replace(project, NO_HISTORY)
  }
  const refuseElsewhere = async (projectId: string): Promise<void> => {
    const reads = projectId === openId() && !tabs.mayEdit()
    if (!reads && !(await tabs.isElsewhere(projectId))) return
    throw new SoundloomError('conflict', 'This project is open in another tab.', {
      field: 'projectId',
      value: projectId,
      hint: 'Close it there, or take it over.',
    })
  }
  const listed = async <Result>(deed: Promise<Result>): Promise<Result> => {
    const result = await deed
    await refresh()
    return result
  }

  return {
    store,
    boot: (projectId) =>
      listed(
        queued(async () => {
          try {
            const found = projectId === undefined ? null : await storage.readProject(projectId)
            if (found) show(parseProject(found.project), readHistory(found.history))
          } finally {
            await tabs.claim(openId())
          }
        }),
      ),
    refresh,
    open: (projectId) => listed(queued(() => openStored(projectId))),
    start: (project) => listed(queued(() => startNew(project))),
    duplicate: (projectId, name) =>
      listed(
        queued(async () => {
          if (projectId === openId() && tabs.mayEdit()) await saved()
          // What is open and was never edited is not in storage.
          const original = projectId === openId() ? stores.project.getState() : (await read(projectId)).project
          const copy = { ...original, id: newId(), name: (name ?? `${original.name} copy`).slice(0, NAME_LENGTH) }
          await storage.write({ project: copy, history: NO_HISTORY })
          return infoOf(copy.id)
        }),
      ),
    rename: (projectId, name) =>
      listed(
        queued(async () => {
          await refuseElsewhere(projectId)
          const { project, history: record } = await read(projectId)
          await storage.write({ project: { ...project, name }, history: projectHistory(record) })
        }),
      ),
    setBinned: (projectId, binned) =>
      listed(
        queued(async () => {
          await refuseElsewhere(projectId)
          if (binned && projectId === openId()) {
            await saved()
            // It may be new and never written.
            await storage.write({ project: stores.project.getState(), history: boundHistory(history.record()) })
            const next = (await storage.list()).find(({ id, binnedMs }) => binnedMs === null && id !== projectId)
            if (next) await openStored(next.id)
            else await startNew(newProject())
          }
          await storage.setBinned(projectId, binned ? nowMs() : null)
        }),
      ),
    erase: (projectId) =>
      listed(
        queued(async () => {
          await refuseElsewhere(projectId)
          if ((await infoOf(projectId)).binnedMs === null)
            throw new SoundloomError('conflict', 'Only what is in the bin can be erased.', {
              field: 'projectId',
              value: projectId,
              hint: 'Put it in the bin first: project.delete.',
            })
          await storage.erase(projectId)
        }),
      ),
    reload: (projectId) =>
      queued(async () => {
        if (projectId !== openId()) return
        const { project, history: record } = await read(projectId)
        // Whoever owns it by now has newer edits than storage.
        if (projectId === openId() && !tabs.mayEdit()) show(project, projectHistory(record))
      }),
  }
}
