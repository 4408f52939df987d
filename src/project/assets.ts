// The user's recordings and other long data (main thread): kept by content, read once, named for people. Documents hold ids only.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { assetFacts, assetId, type AssetKind } from '../presets/assets/record.ts'
import { SoundloomError } from '../params/error.ts'
import type { ProjectStorage } from './kept.ts'
import { memoryStorage } from './memory.ts'

/** What is known of an asset without its data. */
export interface AssetEntry {
  readonly id: string
  /** Of the file that it came from, without its ending. */
  readonly name: string
  readonly kind: AssetKind
  readonly seconds: number
  readonly channels: number
}

export interface Assets {
  /** What the device holds is known. */
  readonly ready: Promise<void>
  /** By id. */
  readonly store: StoreApi<{ readonly known: ReadonlyMap<string, AssetEntry> }>
  /** Null: it is not on this device. */
  read(id: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** The same bytes are the same asset; in memory where the device refuses. Throws `invalid-argument` for what is no asset. */
  keep(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<AssetEntry>
  /** They were deleted from the device. */
  forget(ids: readonly string[]): void
}

type AssetStorage = Pick<ProjectStorage, 'listAssets' | 'readAsset' | 'putAsset'>

/** Read ones stay, the latest of them, so that a rebuild needs no disk. */
const CACHE_BYTES = 64 * 1024 * 1024

/** `refused`: the device would not keep one. */
export function createAssets(storage: AssetStorage, refused: (error: unknown) => void): Assets {
  const store = createStore<{ known: ReadonlyMap<string, AssetEntry> }>(() => ({ known: new Map() }))
  const spare = memoryStorage()
  const cache = new Map<string, Uint8Array<ArrayBuffer>>()
  const note = (entries: readonly AssetEntry[]): void =>
    store.setState(({ known }) => ({
      known: new Map([...known, ...entries.map((entry) => [entry.id, entry] as const)]),
    }))
  const remember = (id: string, bytes: Uint8Array<ArrayBuffer>): void => {
    cache.delete(id)
    cache.set(id, bytes)
    let total = 0
    for (const one of cache.values()) total += one.length
    for (const [oldest, { length }] of cache) {
      if (total <= CACHE_BYTES || oldest === id) break
      cache.delete(oldest)
      total -= length
    }
  }
  const ready = storage.listAssets().then(note, () => undefined)
  return {
    ready,
    store,
    async read(id) {
      const bytes = cache.get(id) ?? (await spare.readAsset(id)) ?? (await storage.readAsset(id))
      if (bytes) remember(id, bytes)
      return bytes
    },
    forget(ids) {
      if (ids.length === 0) return
      for (const id of ids) cache.delete(id)
      store.setState(({ known }) => ({ known: new Map([...known].filter(([id]) => !ids.includes(id))) }))
    },
    async keep(name, bytes) {
      const facts = assetFacts(bytes)
      if (!facts) throw new SoundloomError('invalid-argument', 'These bytes are no asset.')
      const { kind, frames, sampleRate, channels } = facts
      const id = await assetId(bytes)
      const entry = store.getState().known.get(id) ?? { id, name, kind, seconds: frames / sampleRate, channels }
      try {
        await storage.putAsset(entry, bytes)
      } catch (error) {
        await spare.putAsset(entry, bytes)
        refused(error)
      }
      remember(id, bytes)
      note([entry])
      return entry
    },
  }
}
