// Behaviour of saving and of what is read back (Node; a storage that records).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startAutosave } from './autosave.ts'
import { createHistory } from './history.ts'
import type { Change, ProjectStorage } from './kept.ts'
import { memoryStorage } from './memory.ts'
import { DEFAULT_SESSION, readSession } from './session.ts'
import { createStores } from './stores.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setup(write: ProjectStorage['write'], place: 'device' | 'memory' = 'device') {
  const stores = createStores()
  const history = createHistory(stores)
  const failures: unknown[] = []
  const storage: ProjectStorage = { ...memoryStorage(), place, write }
  let owner = true
  const save = startAutosave({
    stores,
    history,
    storage,
    mayWrite: () => owner,
    onFailure: (error) => failures.push(error),
  })
  const rename = (name: string): void =>
    void history.edit({ label: 'Rename' }, ({ project }) => void (project.name = name))
  return { stores, history, save, failures, rename, give: () => (owner = false) }
}

describe('autosave', () => {
  it('writes once, a second after the last of several edits, with the steps that led there', async () => {
    const writes: Change[] = []
    const { save, rename } = setup(async (change) => void writes.push(change))
    rename('a')
    expect(save.state.getState().saved).toBe('saving')
    await vi.advanceTimersByTimeAsync(900)
    rename('b')
    await vi.advanceTimersByTimeAsync(900)
    expect(writes).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(writes).toMatchObject([{ project: { name: 'b' }, history: { undo: [{}, {}], redo: [] } }])
    expect(save.state.getState().saved).toBe('saved')
  })
  it('writes what changed and nothing else', async () => {
    const writes: Change[] = []
    const { stores, save } = setup(async (change) => void writes.push(change))
    stores.session.setState({ octave: 5 })
    await save.flush()
    expect(writes).toEqual([{ user: { session: { ...DEFAULT_SESSION, octave: 5 } } }])
    await save.flush()
    expect(writes).toHaveLength(1)
  })
  it('says that nothing is kept where storage refuses, and writes all of it with the next edit', async () => {
    let refuse = true
    const writes: Change[] = []
    const { stores, save, rename, failures } = setup(async (change) => {
      if (refuse) throw new Error('quota')
      writes.push(change)
    })
    rename('a')
    await save.flush()
    expect(save.state.getState().saved).toBe('memory')
    await expect(save.flushed()).rejects.toThrow('quota')
    expect(failures).toHaveLength(1)
    refuse = false
    stores.session.setState({ octave: 4 })
    await save.flush()
    expect(save.state.getState().saved).toBe('saved')
    expect(writes).toMatchObject([{ project: { name: 'a' }, user: { session: { octave: 4 } } }])
  })
  it('leaves the project to the tab that has it', async () => {
    const writes: Change[] = []
    const { stores, save, rename, give } = setup(async (change) => void writes.push(change))
    give()
    rename('mine')
    stores.session.setState({ octave: 4 })
    await save.flush()
    expect(writes).toMatchObject([{ user: { session: { octave: 4 } } }])
    expect(writes[0]).not.toHaveProperty('project')
  })
  it('says that everything is in memory without storage', async () => {
    const { save, rename } = setup(async () => undefined, 'memory')
    rename('a')
    await save.flush()
    expect(save.state.getState().saved).toBe('memory')
  })
})

describe('what was stored', () => {
  it('gives defaults for session members that are missing or broken', () => {
    expect(readSession({ octave: 99, theme: 'dark', hold: true, velocity: 0 })).toEqual({
      ...DEFAULT_SESSION,
      theme: 'dark',
    })
    expect(readSession('nonsense')).toBe(DEFAULT_SESSION)
  })
})
