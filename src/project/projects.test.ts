// Behaviour of many projects in real storage, over reloads and between tabs (Node; IndexedDB, locks and channel are stand-ins).
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { openDB } from 'idb'
import { describe, expect, it, vi } from 'vitest'
import { testApp, type TestApp } from '../commands/testApp.ts'
import { SoundloomError } from '../params/error.ts'
import { newProject } from './document.ts'
import { fakeLocks, fakeWire } from './fakeTabs.ts'
import type { ProjectStorage } from './kept.ts'
import { openProjectStorage } from './storage.ts'
import { createStores } from './stores.ts'
import { ANSWER_MS, type Channel, type Locks } from './tabs.ts'

let names = 0
const freshName = (): string => `projects-${String(++names)}`

/** A page that has opened the database, as main.tsx does. */
async function visit(
  database: string,
  tab: { locks?: Locks; channel?: Channel; storage?: (real: ProjectStorage) => ProjectStorage } = {},
): Promise<TestApp> {
  const real = await openProjectStorage(database)
  const storage = tab.storage?.(real) ?? real
  const user = await storage.readUser()
  const app = testApp(undefined, createStores(user), { storage, locks: tab.locks, channel: tab.channel })
  await app.context.projects.boot(user.openId)
  return app
}
const project = ({ stores }: TestApp) => stores.project.getState()
const saved = ({ keeping }: TestApp): Promise<void> => keeping.autosave.flushed()

describe('projects', () => {
  it('come back after a reload with their undo history, and redo after that', async () => {
    const database = freshName()
    const first = await visit(database)
    const { trackId } = await first.run('track.add', { presetId: 'one' })
    await first.run('track.setGain', { trackId, gainDb: -6 })
    await first.run('project.rename', { name: 'Evening' })
    await first.run('history.undo', {})
    await saved(first)
    const later = await visit(database)
    expect(project(later)).toEqual(project(first))
    expect(later.context.history.view.getState()).toEqual({
      undoLabel: 'Volume Sound one',
      redoLabel: 'Rename project',
    })
    await later.run('history.redo', {})
    expect(project(later).name).toBe('Evening')
    for (let step = 0; step < 3; step++) await later.run('history.undo', {})
    expect(project(later).tracks).toEqual([])
    await expect(later.run('history.undo', {})).resolves.toEqual({ done: null })
  })
  it('are saved before another one is opened, each with its own history', async () => {
    const app = await visit(freshName())
    const { id: first } = project(app)
    await app.run('track.add', { name: 'Bass' })
    await app.run('project.new', { name: 'Second' })
    expect(project(app)).toMatchObject({ name: 'Second', tracks: [] })
    expect(app.stores.session.getState().selectedTrackId).toBeNull()
    await expect(app.run('history.undo', {})).resolves.toEqual({ done: null })
    expect(app.calls).toContain('stop')
    await app.run('project.open', { projectId: first })
    expect(project(app).tracks).toMatchObject([{ name: 'Bass' }])
    await app.run('history.undo', {})
    expect(project(app).tracks).toEqual([])
  })
  it('go on playing when they are opened again', async () => {
    const app = await visit(freshName())
    await app.run('project.open', { projectId: project(app).id })
    expect(app.calls).toEqual([])
  })
  it('are copied, renamed, put in the bin, taken out and erased', async () => {
    const app = await visit(freshName())
    const { id } = project(app)
    await app.run('track.add', { name: 'Bass' })
    const copy = await app.run('project.duplicate', {})
    await app.run('project.rename', { projectId: copy.projectId, name: 'Other' })
    await expect(app.run('project.list', {})).resolves.toMatchObject({
      open: id,
      projects: [{ id: copy.projectId, name: 'Other', tracks: 1 }, { id }],
      bin: [],
    })
    await expect(app.run('project.erase', { projectId: copy.projectId })).rejects.toMatchObject({ code: 'conflict' })
    await app.run('project.delete', { projectId: id })
    expect(project(app)).toMatchObject({ id: copy.projectId, name: 'Other' })
    await expect(app.run('project.open', { projectId: id })).rejects.toMatchObject({ code: 'conflict' })
    await app.run('project.restore', { projectId: id })
    await app.run('project.open', { projectId: id })
    await app.run('project.delete', { projectId: copy.projectId })
    await app.run('project.erase', { projectId: copy.projectId })
    expect(app.context.projects.store.getState()).toMatchObject({ projects: [{ id }], bin: [] })
    await expect(app.run('project.open', { projectId: 'nobody' })).rejects.toMatchObject({
      code: 'unknown-id',
      field: 'projectId',
    })
  })
  it('leave the last one in the bin for an empty one', async () => {
    const app = await visit(freshName())
    const { id } = project(app)
    await app.run('project.delete', { projectId: id })
    expect(project(app).id).not.toBe(id)
    expect(app.context.projects.store.getState().bin).toMatchObject([{ id }])
  })
  it('stay open where the browser has no more room: nothing is replaced and nothing is lost', async () => {
    let full = false
    const app = await visit(freshName(), {
      storage: (real) => ({
        ...real,
        write: (change) =>
          full ? Promise.reject(new SoundloomError('quota-exceeded', 'No more room.')) : real.write(change),
      }),
    })
    await app.run('track.add', { name: 'Bass' })
    full = true
    await expect(app.run('project.new', {})).rejects.toMatchObject({ code: 'quota-exceeded' })
    expect(project(app).tracks).toMatchObject([{ name: 'Bass' }])
    full = false
    const { id } = project(app)
    await app.run('project.new', {})
    await app.run('project.open', { projectId: id })
    expect(project(app).tracks).toMatchObject([{ name: 'Bass' }])
  })
  it('of a database of version 1 are listed and open', async () => {
    const database = freshName()
    const old = await openDB(database, 1, {
      upgrade(db) {
        db.createObjectStore('documents', { keyPath: 'id' })
        db.createObjectStore('user')
      },
    })
    const {
      tracks: _,
      returns: _r,
      tempoMap: _t,
      signatures: _s,
      loop: _l,
      key: _k,
      markers: _m,
      ...stored
    } = newProject()
    await old.put('documents', { ...stored, version: 1, name: 'From before' })
    await old.put('user', stored.id, 'open')
    await old.put('user', { theme: 'light' }, 'session')
    old.close()
    const app = await visit(database)
    expect(project(app)).toMatchObject({ id: stored.id, name: 'From before', version: 4, tracks: [] })
    expect(app.stores.session.getState().theme).toBe('light')
    await expect(app.run('project.list', {})).resolves.toMatchObject({ projects: [{ name: 'From before' }] })
  })
  it('are not waited for while a page of version 1 holds the database', async () => {
    const database = freshName()
    const old = await openDB(database, 1, {
      upgrade: (db) => void db.createObjectStore('documents', { keyPath: 'id' }),
    })
    await expect(openProjectStorage(database)).rejects.toMatchObject({ code: 'conflict' })
    old.close()
  })
  it('that cannot be read are left where they are, and say why', async () => {
    const database = freshName()
    const first = await visit(database)
    await first.run('project.rename', { name: 'Broken' })
    await saved(first)
    const { id } = project(first)
    const db = await openDB(database, 3)
    await db.put('documents', { ...project(first), seed: 'none' })
    db.close()
    const storage = await openProjectStorage(database)
    const app = testApp(undefined, createStores(), { storage })
    await expect(app.context.projects.boot(id)).rejects.toMatchObject({ code: 'parse-failed', field: '/seed' })
    expect(project(app).id).not.toBe(id)
    await app.run('project.rename', { name: 'Fresh' })
    await saved(app)
    await expect(app.run('project.list', {})).resolves.toMatchObject({ projects: [{}, { id, name: 'Broken' }] })
  })
  it('leave and come back as files, under an id of their own', async () => {
    const app = await visit(freshName())
    await app.run('track.add', { presetId: 'one' })
    const before = project(app)
    const { json } = await app.run('project.exportJson', {})
    expect(app.downloads).toMatchObject([{ name: 'Untitled project.json' }])
    await app.run('project.importJson', { json })
    expect(project(app)).toEqual({ ...before, id: project(app).id })
    expect(project(app).id).not.toBe(before.id)
    for (const bad of ['{', '[]', json.replace('"seed": 0', '"seed": -1')])
      await expect(app.run('project.importJson', { json: bad })).rejects.toMatchObject({ code: 'parse-failed' })
  })
  it('that are dropped open beside what was open; a broken one says where it is broken', async () => {
    const app = await visit(freshName())
    await app.run('track.add', { name: 'Bass' })
    const { json } = await app.run('project.exportJson', {})
    const before = project(app).id
    const broken = json.replace('"bpm": 120', '"bpm": 1200')
    const files = [new File([json], 'song.json'), new File([broken], 'broken.json')]
    const reports = await app.run('library.import', { files })
    expect(reports).toMatchObject([
      { file: { name: 'song.json', layouts: ['project'] }, title: 'Untitled project: opened as a new project' },
      { error: { code: 'parse-failed', field: '/tempoMap/0/bpm' } },
    ])
    expect(project(app)).toMatchObject({ tracks: [{ name: 'Bass' }] })
    expect(project(app).id).not.toBe(before)
    expect(app.context.projects.store.getState().projects).toHaveLength(2)
    expect(app.context.notices.store.getState().notices.map(({ kind }) => kind)).toEqual(['ok', 'error'])
  })
  it('drop a stored history that does not fit, and keep the document', async () => {
    const database = freshName()
    const first = await visit(database)
    await first.run('project.rename', { name: 'Evening' })
    await saved(first)
    const db = await openDB(database, 3)
    const step = {
      label: 'Harm',
      forward: [],
      backward: [{ op: 'replace', path: ['project', 'tracks'], value: 'nonsense' }],
    }
    await db.put('histories', { undo: [step], redo: [] }, project(first).id)
    db.close()
    const later = await visit(database)
    await expect(later.run('history.undo', {})).rejects.toMatchObject({ code: 'conflict' })
    expect(project(later)).toEqual(project(first))
    await expect(later.run('history.undo', {})).resolves.toEqual({ done: null })
  })
})

describe('two tabs on one project', () => {
  async function twoTabs() {
    const database = freshName()
    const locks = fakeLocks()
    const wire = fakeWire()
    const join = (channel = wire.join()) => visit(database, { locks, channel })
    const first = await join()
    const { trackId } = await first.run('track.add', { name: 'Bass' })
    await saved(first)
    return { first, second: await join(), trackId, locks, wire, join }
  }
  const role = ({ context }: TestApp) => context.tabs.store.getState().role

  it('the second is told, plays, and edits nothing', async () => {
    const { first, second, trackId } = await twoTabs()
    expect([role(first), role(second)]).toEqual(['owner', 'reader'])
    expect(project(second)).toEqual(project(first))
    for (const [id, args] of [
      ['track.setGain', { trackId, gainDb: -6 }],
      ['history.undo', {}],
      ['project.rename', { name: 'x' }],
      ['project.delete', { projectId: project(first).id }],
    ] as const)
      await expect(second.run(id, args)).rejects.toMatchObject({ code: 'conflict' })
    expect(project(second)).toEqual(project(first))
    await second.run('transport.play', {})
    expect(second.calls).toContain('play 0')
  })
  it('the second sees what the first has saved', async () => {
    const { first, second, trackId } = await twoTabs()
    await first.run('track.setGain', { trackId, gainDb: -6 })
    await saved(first)
    await vi.waitFor(() => expect(project(second).tracks[0]!.gainDb).toBe(-6))
  })
  it('the second takes over what the first has edited last; the first becomes the reader', async () => {
    const { first, second, trackId } = await twoTabs()
    await first.run('track.setGain', { trackId, gainDb: -6 })
    await expect(second.run('project.takeOver', {})).resolves.toMatchObject({ readOnly: false })
    expect([role(first), role(second)]).toEqual(['reader', 'owner'])
    expect(project(second).tracks[0]!.gainDb).toBe(-6)
    await second.run('track.setGain', { trackId, gainDb: -9 })
    await expect(first.run('track.setGain', { trackId, gainDb: 0 })).rejects.toMatchObject({ code: 'conflict' })
    await first.run('project.takeOver', {})
    expect(project(first).tracks[0]!.gainDb).toBe(-9)
    await second.run('project.takeOver', {})
    expect([role(first), role(second)]).toEqual(['reader', 'owner'])
  })
  it('of three, the one that asks gets it', async () => {
    const { first, second, join } = await twoTabs()
    const third = await join()
    await third.run('project.takeOver', {})
    expect([first, second, third].map(role)).toEqual(['reader', 'reader', 'owner'])
  })
  it('the second goes on by itself when the first opens another project', async () => {
    const { first, second } = await twoTabs()
    await first.run('project.new', {})
    await vi.waitFor(() => expect(role(second)).toBe('owner'))
    expect(role(first)).toBe('owner')
  })
  it('the second goes on with a copy', async () => {
    const { first, second } = await twoTabs()
    await expect(second.run('project.openCopy', {})).resolves.toMatchObject({ readOnly: false })
    expect(project(second)).toMatchObject({ name: 'Untitled project copy', tracks: [{ name: 'Bass' }] })
    expect(role(first)).toBe('owner')
  })
  it('an owner that cannot save keeps the project', async () => {
    const database = freshName()
    const locks = fakeLocks()
    const wire = fakeWire()
    let full = false
    const storage = (real: ProjectStorage): ProjectStorage => ({
      ...real,
      write: (change) => (full ? Promise.reject(new Error('full')) : real.write(change)),
    })
    const first = await visit(database, { locks, channel: wire.join(), storage })
    await first.run('track.add', { name: 'Bass' })
    await saved(first)
    const second = await visit(database, { locks, channel: wire.join() })
    full = true
    await first.run('track.add', { name: 'Lead' })
    await expect(second.run('project.takeOver', {})).rejects.toMatchObject({ code: 'conflict' })
    expect([role(first), role(second)]).toEqual(['owner', 'reader'])
    await first.run('track.add', { name: 'Pad' })
    expect(project(first).tracks).toHaveLength(3)
  })
  it('an owner that does not answer loses the project', async () => {
    const database = freshName()
    const locks = fakeLocks()
    // Frozen: nothing reaches it.
    const first = await visit(database, { locks })
    await first.run('track.add', { name: 'Bass' })
    await saved(first)
    const second = await visit(database, { locks, channel: fakeWire().join() })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const taken = second.run('project.takeOver', {})
    await vi.advanceTimersByTimeAsync(ANSWER_MS - 1)
    expect(role(second)).toBe('reader')
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    await taken
    await vi.waitFor(() => expect([role(first), role(second)]).toEqual(['reader', 'owner']))
    await expect(first.run('track.add', {})).rejects.toMatchObject({ code: 'conflict' })
  })
  it('no edit is lost, whoever takes over when', async () => {
    const tab = fc.nat({ max: 2 })
    const deed = fc.tuple(fc.constantFrom('edit', 'edit', 'take', 'save', 'breathe'), tab)
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
        const { first, second, trackId, join } = await twoTabs()
        const tabs = [first, second, await join()]
        let gainDb = 0
        for (const [nth, [what, index]] of deeds.entries()) {
          const app = tabs[index]!
          if (what === 'take') {
            await app.run('project.takeOver', {})
            expect(project(app).tracks[0]!.gainDb).toBe(gainDb)
          } else if (what === 'save') await saved(app)
          else if (what === 'breathe') await new Promise((done) => setTimeout(done, 1))
          else {
            const edit = app.run('track.setGain', { trackId, gainDb: -1 - nth })
            if (app.context.tabs.mayEdit()) {
              await edit
              gainDb = -1 - nth
            } else await expect(edit).rejects.toMatchObject({ code: 'conflict' })
          }
        }
        await vi.waitFor(() => expect(tabs.map(role).filter((one) => one === 'owner')).toHaveLength(1))
        const owner = tabs.find((app) => role(app) === 'owner')!
        expect(project(owner).tracks[0]!.gainDb).toBe(gainDb)
        await saved(owner)
        await vi.waitFor(() =>
          expect(tabs.map((app) => project(app).tracks[0]!.gainDb)).toEqual([gainDb, gainDb, gainDb]),
        )
      }),
      { seed: 8, numRuns: process.env.VERIFY ? 300 : 15 },
    )
  })
  it('ignores what is not a message of another tab', async () => {
    const { first, second, wire } = await twoTabs()
    const { id: projectId } = project(first)
    for (const message of [
      null,
      'take-over',
      { kind: 'take-over' },
      { kind: 'take-over', projectId, tabId: '' },
      { kind: 'take-over', projectId: 'other', tabId: 'x' },
      { kind: 'take-over', projectId, tabId: 'x', more: 1 },
      { kind: 'format', projectId, tabId: 'x' },
    ])
      wire.say(message)
    await new Promise((done) => setTimeout(done, 5))
    expect([role(first), role(second)]).toEqual(['owner', 'reader'])
  })
  it('without locks, each behaves as if it were alone', async () => {
    const database = freshName()
    const first = await visit(database)
    const second = await visit(database)
    expect([role(first), role(second)]).toEqual(['alone', 'alone'])
    await second.run('track.add', {})
    expect(project(second).tracks).toHaveLength(1)
  })
})
