// The assets that an engine holds (the instance that allocates): bytes come from the page once, the engine's copy is made when a program
// first needs it and goes when memory is short and nobody plays it.
import { builtinIndex } from '../../presets/assets/record.ts'
import { SoundloomError } from '../../params/error.ts'
import type { EngineHeap } from './load.ts'
import { loadBytes } from './load.ts'

export interface SentAsset {
  readonly id: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What a worker was given, for every engine that it makes. */
export interface AssetShelf {
  /** Ids that had to go to make room. */
  put(assets: readonly SentAsset[]): string[]
  get(id: string): Uint8Array<ArrayBuffer> | undefined
}

/** Enough for a song that fills the engine's memory. */
const SHELF_BYTES = 192 * 1024 * 1024

export function createAssetShelf(limit = SHELF_BYTES): AssetShelf {
  // Insertion order is age.
  const held = new Map<string, Uint8Array<ArrayBuffer>>()
  let total = 0
  const drop = (id: string): void => {
    total -= held.get(id)?.length ?? 0
    held.delete(id)
  }
  return {
    put(assets) {
      for (const { id, bytes } of assets) {
        drop(id)
        held.set(id, bytes)
        total += bytes.length
      }
      const gone: string[] = []
      for (const id of [...held.keys()]) {
        if (total <= limit || assets.some((asset) => asset.id === id)) break
        drop(id)
        gone.push(id)
      }
      return gone
    },
    get(id) {
      const bytes = held.get(id)
      if (bytes) {
        held.delete(id)
        held.set(id, bytes)
      }
      return bytes
    },
  }
}

export interface Assets {
  /** A program is about to be linked: what it asks for now stays until the next one. */
  begin(): void
  /** 0: it is not here, or is none of this engine's. Throws `limit-exceeded` when memory is full. */
  handleOf(id: string): number
  /** Frees what no program holds. False: there was nothing. */
  makeRoom(): boolean
}

/** `makeRoom` frees a program that nobody plays. */
export function createAssets(heap: EngineHeap, shelf: AssetShelf, makeRoom: () => boolean): Assets {
  const handles = new Map<string, number>()
  const asked = new Set<string>()
  const release = (): boolean => {
    for (const [id, handle] of handles) {
      if (asked.has(id) || builtinIndex(id) !== null || heap.exports.asset_release(handle) === 0) continue
      handles.delete(id)
      return true
    }
    return false
  }
  const load = (bytes: Uint8Array): number => {
    for (;;) {
      try {
        return loadBytes(heap, 'asset', bytes)
      } catch (error) {
        if (!(error instanceof SoundloomError) || error.code !== 'limit-exceeded' || !(release() || makeRoom()))
          throw error
      }
    }
  }
  return {
    begin: () => asked.clear(),
    handleOf(id) {
      asked.add(id)
      const known = handles.get(id)
      if (known !== undefined) return known
      const index = builtinIndex(id)
      const bytes = index === null ? shelf.get(id) : undefined
      if (index === null && !bytes) return 0
      const handle = bytes ? load(bytes) : heap.exports.asset_builtin(index ?? 0) >>> 0
      if (handle !== 0) handles.set(id, handle)
      return handle
    },
    makeRoom: release,
  }
}
