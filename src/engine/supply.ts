// Gives workers the assets that a call needs before the call (main thread): each once, as long as the worker lives.
import { stepAssets } from '../compile/assets.ts'
import { soundAssets } from '../presets/assets/named.ts'
import type { ControlApi } from '../workers/control/protocol.ts'
import type { Remote } from '../workers/rpc.ts'
import type { StripControl } from './audition.ts'
import type { SongControl } from './song.ts'
import type { SentAsset } from './wire/assets.ts'

/** Where the page keeps them; null: it is not on this device. */
export type ReadAsset = (id: string) => Promise<Uint8Array<ArrayBuffer> | null>

/** A worker that takes assets and says which it let go. */
export interface AssetTaker {
  holdAssets(assets: readonly SentAsset[]): Promise<readonly string[]>
}

export interface AssetSupply {
  /** Whether all of them are on this device. */
  holds(ids: readonly string[]): Promise<boolean>
  /** Calls at once when nothing has to be sent and nothing waits; calls to one worker keep their order. */
  before<Result>(worker: AssetTaker, ids: readonly string[], call: () => Promise<Result>): Promise<Result>
}

export function createAssetSupply(read: ReadAsset): AssetSupply {
  const given = new WeakMap<AssetTaker, Set<string>>()
  const waiting = new WeakMap<AssetTaker, Promise<void>>()
  const give = async (worker: AssetTaker, has: Set<string>, ids: readonly string[]): Promise<void> => {
    const found = await Promise.all(
      ids.filter((id) => !has.has(id)).map(async (id) => ({ id, bytes: await read(id).catch(() => null) })),
    )
    const assets = found.flatMap(({ id, bytes }) => (bytes ? [{ id, bytes }] : []))
    if (assets.length === 0) return
    for (const { id } of assets) has.add(id)
    for (const id of await worker.holdAssets(assets)) has.delete(id)
  }
  return {
    async holds(ids) {
      const found = await Promise.all(ids.map((id) => read(id).catch(() => null)))
      return found.every((bytes) => bytes !== null)
    },
    before(worker, ids, call) {
      let has = given.get(worker)
      if (!has) given.set(worker, (has = new Set()))
      const known = has
      const earlier = waiting.get(worker)
      if (!earlier && ids.every((id) => known.has(id))) return call()
      const turn = (earlier ?? Promise.resolve()).then(() => give(worker, known, ids)).catch(() => undefined)
      waiting.set(worker, turn)
      return turn.then(() => {
        if (waiting.get(worker) === turn) waiting.delete(worker)
        return call()
      })
    },
  }
}

/** The control worker, to which sounds and songs come after the assets that they name. */
export const suppliedControl = (supply: AssetSupply, api: Remote<ControlApi>): StripControl & SongControl => ({
  install: (input, mode, note) => supply.before(api, soundAssets(input), () => api.install(input, mode, note)),
  noteOn: (note) => supply.before(api, [], () => api.noteOn(note)),
  express: (noteId, expression) => supply.before(api, [], () => api.express(noteId, expression)),
  noteOff: (noteId, velocity) => supply.before(api, [], () => api.noteOff(noteId, velocity)),
  syncSong: (from, steps) => supply.before(api, stepAssets(steps), () => api.syncSong(from, steps)),
})
