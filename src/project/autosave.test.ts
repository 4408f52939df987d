// Behaviour of saving and of what is read back (Node; a storage that records).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startAutosave } from './autosave.ts'
import { newProject, readProject } from './document.ts'
import { DEFAULT_SESSION, readSession } from './session.ts'
import type { Kept } from './storage.ts'
import { createStores } from './stores.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('autosave', () => {
  it('writes once, a second after the last of several edits', async () => {
    const stores = createStores()
    const writes: Kept[] = []
    const save = startAutosave(stores, {
      read: () => Promise.resolve({}),
      write: (kept) => Promise.resolve(void writes.push(kept)),
    })
    stores.project.setState({ name: 'a' })
    expect(save.state.getState().saved).toBe('saving')
    await vi.advanceTimersByTimeAsync(900)
    stores.project.setState({ name: 'b' })
    await vi.advanceTimersByTimeAsync(900)
    expect(writes).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(writes.map(({ project }) => project.name)).toEqual(['b'])
    expect(save.state.getState().saved).toBe('saved')
  })
  it('says that nothing is kept where storage refuses, and tries again with the next edit', async () => {
    const stores = createStores()
    let refuse = true
    const failures: unknown[] = []
    const write = (): Promise<void> => (refuse ? Promise.reject(new Error('quota')) : Promise.resolve())
    const save = startAutosave(stores, { read: () => Promise.resolve({}), write }, (error) => failures.push(error))
    stores.session.setState({ octave: 5 })
    await save.flush()
    expect(save.state.getState().saved).toBe('memory')
    expect(failures).toHaveLength(1)
    refuse = false
    stores.session.setState({ octave: 4 })
    await save.flush()
    expect(save.state.getState().saved).toBe('saved')
  })
  it('keeps everything in memory without storage', () => {
    expect(startAutosave(createStores(), null).state.getState().saved).toBe('memory')
  })
})

describe('what was stored', () => {
  it('comes back as the same project after JSON', () => {
    const project = newProject()
    expect(readProject(JSON.parse(JSON.stringify(project)))).toEqual(project)
    expect(project.id).toMatch(/^[a-z0-9]{12}$/)
  })
  it.each([
    null,
    3,
    {},
    { version: 3 },
    { ...newProject(), sampleRate: 1 },
    { ...newProject(), master: { gainDb: 'x' } },
  ])('is refused when it is not a project: %o', (stored) => expect(readProject(stored)).toBeNull())
  it('gives defaults for session members that are missing or broken', () => {
    expect(readSession({ octave: 99, theme: 'dark', hold: true, velocity: 0 })).toEqual({
      ...DEFAULT_SESSION,
      theme: 'dark',
    })
    expect(readSession('nonsense')).toBe(DEFAULT_SESSION)
  })
})
