// Puts together what keeps projects: history, saving, tabs, the list (main thread).
import { SoundloomError } from '../params/error.ts'
import { startAutosave, type Autosave } from './autosave.ts'
import { newId } from './document.ts'
import { createHistory, type History } from './history.ts'
import type { ProjectStorage } from './kept.ts'
import { createProjects, type Projects } from './projects.ts'
import type { Stores } from './stores.ts'
import { createTabs, type Channel, type Locks, type Tabs } from './tabs.ts'

export interface Keeping {
  readonly history: History
  readonly autosave: Autosave
  readonly tabs: Tabs
  readonly projects: Projects
}

export interface KeepingParts {
  readonly stores: Stores
  readonly storage: ProjectStorage
  /** Absent: this browser cannot tell tabs apart, and behaves as if there were one. */
  readonly locks?: Locks
  readonly channel?: Channel | null
  readonly onFailure?: (error: unknown) => void
  readonly nowMs?: () => number
}

export const CHANNEL_NAME = 'soundloom-tabs'

export function keepProjects({ stores, storage, locks, channel = null, onFailure, nowMs }: KeepingParts): Keeping {
  const tabs: Tabs = createTabs({
    // In memory every tab has its own projects.
    locks: storage.place === 'device' ? locks : undefined,
    channel,
    tabId: newId(),
    flush: () => autosave.flushed(),
    reload: (projectId) => projects.reload(projectId),
  })
  const guard = (): void => {
    if (tabs.mayEdit()) return
    throw new SoundloomError('conflict', 'This project is open in another tab.', {
      hint: 'Take it over, or open a copy: project.takeOver, project.openCopy.',
    })
  }
  const history = createHistory(stores, { now: nowMs, guard })
  const autosave: Autosave = startAutosave({
    stores,
    history,
    storage,
    mayWrite: tabs.mayWrite,
    onFailure,
    onSaved: tabs.announce,
  })
  const projects: Projects = createProjects({ stores, history, storage, autosave, tabs })
  return { history, autosave, tabs, projects }
}
