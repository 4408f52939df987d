// The whole engine with a song in it for tests and benches in Node: planned, compiled and installed as the app does it.
import { planSong, type PlacedSong } from '../../src/compile/songPlan.ts'
import type { Song } from '../../src/compile/song.ts'
import type { AssetShelf } from '../../src/engine/wire/assets.ts'
import { engineStores, type EngineExports, type EngineStores } from '../../src/engine/wire/instance.ts'
import { createReturns } from '../../src/engine/wire/returns.ts'
import { createSongLoader, type SongLoader } from '../../src/engine/wire/song.ts'
import { constants } from '../../src/generated/wire.ts'
import { bootEngine, type TestEngine } from './engine.ts'

export interface SongPlayer extends TestEngine {
  readonly loader: SongLoader
  readonly stores: EngineStores
  readonly collect: () => void
  /** Brings the engine from one song to another, as the control worker does; `settles`: without waiting for what fades. */
  follow(before: PlacedSong | null, next: Song, settles?: boolean): PlacedSong
}

export function songPlayer(sampleRate = 48000, mib = 128, shelf?: AssetShelf): SongPlayer {
  const engine = bootEngine(sampleRate, 0, mib * 1024 * 1024)
  const { instance, wire, commands } = engine
  const heap = { exports: instance.exports as unknown as EngineExports, memory: instance.memory, wire }
  const stores = engineStores(heap, constants.tracks + constants.returns, shelf)
  const collect = createReturns(wire.returns(), stores)
  const loader = createSongLoader({ commands, ...stores })
  return {
    ...engine,
    loader,
    stores,
    collect,
    follow(before, next, settles = true) {
      const { placed, operations } = planSong(before, next)
      for (const step of operations) {
        collect()
        while (!loader.carryOut(step)) engine.pump()
      }
      do while (!loader.align()) engine.pump()
      while (settles && !loader.settled())
      const [problem] = loader.problems()
      if (problem) throw new Error(`${problem.id}: ${problem.message}`)
      return placed
    },
  }
}
