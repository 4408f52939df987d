// Recordings on the device: kept by content, through a newer database, in memory where the device refuses (Node, fake IndexedDB).
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { encodeAsset } from '../presets/assets/record.ts'
import { createAssets } from './assets.ts'
import { memoryStorage } from './memory.ts'
import { openProjectStorage } from './storage.ts'

const impulse = (value: number) =>
  encodeAsset({ kind: 'impulse', sampleRate: 48000, channels: [Float32Array.of(1, value, 0)] })

test('a database of version 2 keeps its projects and takes recordings', async () => {
  const old = await openDB('assets-v2', 2, {
    upgrade(db) {
      db.createObjectStore('documents', { keyPath: 'id' })
      db.createObjectStore('user')
      db.createObjectStore('histories')
      db.createObjectStore('infos', { keyPath: 'id' })
    },
  })
  await old.put('documents', { id: 'abcdefabcdef', name: 'Before' })
  await old.put('infos', { id: 'abcdefabcdef', name: 'Before', createdMs: 1, changedMs: 2, binnedMs: null, tracks: 0 })
  old.close()
  const storage = await openProjectStorage('assets-v2')
  expect((await storage.list()).map(({ name }) => name)).toEqual(['Before'])
  expect((await storage.readProject('abcdefabcdef'))?.project).toMatchObject({ name: 'Before' })
  const assets = createAssets(storage, () => undefined)
  const { id } = await assets.keep('Hall', impulse(0.5))
  // Another visit.
  const later = createAssets(storage, () => undefined)
  expect(await later.read(id)).toEqual(impulse(0.5))
  await expect.poll(() => later.store.getState().known.get(id)?.name).toBe('Hall')
  expect(await later.read('as-0000000000000000')).toBeNull()
})

test('the same content is the same recording, under the name that it first had', async () => {
  const assets = createAssets(memoryStorage(), () => undefined)
  const first = await assets.keep('Hall', impulse(0.5))
  expect(await assets.keep('Copy of hall', impulse(0.5))).toEqual(first)
  expect((await assets.keep('Other', impulse(0.25))).id).not.toBe(first.id)
  await expect(assets.keep('None', new Uint8Array(50))).rejects.toMatchObject({ code: 'invalid-argument' })
})

test('where the device refuses, the recording plays until the page closes, and that is said', async () => {
  const said: unknown[] = []
  const full = { ...memoryStorage(), putAsset: () => Promise.reject(new Error('full')) }
  const assets = createAssets(full, (error) => said.push(error))
  const { id } = await assets.keep('Hall', impulse(0.5))
  expect(said).toHaveLength(1)
  expect(await assets.read(id)).toEqual(impulse(0.5))
})
