// Recordings that nothing names: noticed, then deleted days later; what anything may still bring back stays (Node, fake IndexedDB).
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { encodeAsset } from '../presets/assets/record.ts'
import { openDeviceStorage, readDevicePresets } from '../presets/library/device.ts'
import type { Preset } from '../presets/model.ts'
import { createAssets, type Assets } from './assets.ts'
import { newProject } from './document.ts'
import { NO_HISTORY } from './historyRecord.ts'
import type { ProjectStorage } from './kept.ts'
import { memoryStorage } from './memory.ts'
import { openProjectStorage } from './storage.ts'
import { addNamed, sweep, UNNAMED_MS } from './sweep.ts'
import { isOnlyTab } from './tabs.ts'

let databases = 0
let storage: ProjectStorage
let assets: Assets
let nowMs: number
beforeEach(async () => {
  storage = await openProjectStorage(`sweep-${String(++databases)}`)
  assets = createAssets(storage, () => undefined)
  nowMs = 1_000_000
})
const keep = async (value: number) =>
  (
    await assets.keep(
      'Take',
      encodeAsset({ kind: 'recording', sampleRate: 48000, channels: [Float32Array.of(value, 0.5)] }),
    )
  ).id
const visit = (over: Partial<Parameters<typeof sweep>[0]> = {}) =>
  sweep({
    storage,
    readPresets: (take) => readDevicePresets(take, `library-${String(databases)}`),
    alone: () => Promise.resolve(true),
    nowMs: () => nowMs,
    ...over,
  })
/** The visit that notices, then one after the time is over. */
async function visits(): Promise<readonly string[]> {
  expect(await visit()).toEqual([])
  nowMs += UNNAMED_MS
  return visit()
}
const named = (asset: string) => ({ ...newProject(), tracks: [{ frozen: { asset, lead: 0, of: 'k' } }] }) as never

test('what nothing names goes with its entry, but not before its time is over', async () => {
  const [lost, held] = [await keep(1), await keep(2)]
  await storage.write({ project: named(held) })
  expect(await visit()).toEqual([])
  nowMs += UNNAMED_MS - 1
  expect(await visit()).toEqual([])
  nowMs += 1
  const gone = await visit()
  expect(gone).toEqual([lost])
  expect(await storage.readAsset(lost)).toBeNull()
  expect(await storage.readAsset(held)).not.toBeNull()
  expect((await storage.listAssets()).map(({ id }) => id)).toEqual([held])
  assets.forget(gone)
  expect([...assets.store.getState().known.keys()]).toEqual([held])
  expect(await assets.read(lost)).toBeNull()
})

test('what an undo step, a project in the bin, an edited sound or a preset of the library names stays', async () => {
  const ids = [await keep(1), await keep(2), await keep(3), await keep(4)]
  const [undone, binned, edited, preset] = ids as [string, string, string, string]
  const project = newProject()
  const step = {
    label: 'Unfreeze',
    forward: [{ op: 'remove', path: ['tracks', 0, 'frozen'] }],
    backward: [{ op: 'add', path: ['tracks', 0, 'frozen'], value: { asset: undone, lead: 0, of: 'k' } }],
  }
  await storage.write({ project, history: { undo: [step], redo: [] } as never })
  const other = named(binned) as { id: string }
  await storage.write({ project: other as never })
  await storage.setBinned(other.id, 5)
  await storage.write({ user: { audition: { copies: { x: { effects: [{ asset: edited }] } } } as never } })
  const library = await openDeviceStorage(`library-${String(databases)}`)
  const sound = { id: 'imp-0000000000000001', patch: { units: { play: { asset: preset } } }, source: { files: [] } }
  await library.commit({ presets: [sound as unknown as Preset], repeats: [], songs: [] })
  expect(await visits()).toEqual([])
  // The step falls out of the history, the project out of the bin.
  await storage.write({ project, history: NO_HISTORY })
  await storage.erase(other.id)
  expect([...(await visits())].sort()).toEqual([undone, binned].sort())
})

test('what is named again, or kept again, counts anew', async () => {
  const [again, kept] = [await keep(1), await keep(2)]
  expect(await visit()).toEqual([])
  await storage.write({ project: named(again) })
  await keep(2)
  nowMs += UNNAMED_MS
  expect(await visit()).toEqual([])
  await storage.write({ project: newProject() })
  nowMs += UNNAMED_MS - 1
  expect(await visit()).toEqual([])
  nowMs += 1
  expect(await visit()).toEqual([kept])
  expect(await storage.readAsset(again)).not.toBeNull()
  // A clock that was far ahead deletes nothing.
  nowMs -= 10 * UNNAMED_MS
  expect(await visit()).toEqual([])
})

test('where another tab is open, or anything cannot be read, everything stays', async () => {
  const id = await keep(1)
  await visit()
  nowMs += UNNAMED_MS
  expect(await visit({ alone: () => Promise.resolve(false) })).toEqual([])
  await expect(visit({ readPresets: () => Promise.reject(new Error('away')) })).rejects.toThrow('away')
  const torn = { ...storage, eachRecord: () => Promise.reject(new Error('torn')) }
  await expect(visit({ storage: torn })).rejects.toThrow('torn')
  expect(await storage.readAsset(id)).not.toBeNull()
  expect(await visit()).toEqual([id])
})

test('names are found wherever they stand, in texts and keys too, and circles end', () => {
  const found = new Set<string>()
  const circle: Record<string, unknown> = { text: '{"asset":"as-00000000000000aa"}' }
  circle.self = [circle, new Map([['as-00000000000000bb', { 'as-00000000000000cc': null }]]), new Uint8Array(4)]
  addNamed(found, circle)
  expect([...found].sort()).toEqual(['aa', 'bb', 'cc'].map((end) => `as-00000000000000${end}`))
})

test('tabs are counted by whose locks there are', async () => {
  const locks = (held: string[], pending: string[] = []) => {
    const info = (clientId: string) => ({ name: `soundloom-project-${clientId}`, clientId })
    return isOnlyTab({ query: async () => ({ held: held.map(info), pending: pending.map(info) }) })
  }
  expect(await locks(['a'])).toBe(true)
  expect(await locks(['a'], ['a'])).toBe(true)
  expect(await locks(['a'], ['b'])).toBe(false)
  expect(await locks(['a', 'b'])).toBe(false)
  expect(await isOnlyTab(undefined)).toBe(false)
})

test('in memory it is the same', async () => {
  storage = memoryStorage()
  assets = createAssets(storage, () => undefined)
  const [lost, held] = [await keep(1), await keep(2)]
  await storage.write({ project: named(held) })
  expect(await visits()).toEqual([lost])
  expect((await storage.listAssets()).map(({ id }) => id)).toEqual([held])
})
