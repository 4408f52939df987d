// Everything the search worker does, without its thread (search worker): index, ranking, its own transport store, figures.
import { createTransportStore } from '../../transport/store.ts'
import { throwIfCancelled } from '../rpc.ts'
import type { SearchApi } from './protocol.ts'
import { rank } from './rank.ts'
import { createSoundIndex } from './soundIndex.ts'

const KEPT_TIMES = 200

export function createSearchDesk(nowMs: () => number = () => performance.now()): SearchApi {
  const index = createSoundIndex()
  const transport = createTransportStore()
  let following = false
  const times: number[] = []
  let queries = 0
  let indexMilliseconds = 0
  return {
    update(put, remove) {
      const begin = nowMs()
      for (const key of remove) index.remove(key)
      for (const entry of put) index.put(entry)
      indexMilliseconds += nowMs() - begin
      return index.version()
    },
    search(request, signal) {
      const begin = nowMs()
      const check = (): void => throwIfCancelled(signal)
      check()
      const ranked = rank(index, request, { bpm: transport.getState().bpm, check })
      const milliseconds = nowMs() - begin
      queries++
      times.push(milliseconds)
      if (times.length > KEPT_TIMES) times.shift()
      return { ...ranked, milliseconds }
    },
    follow(source) {
      transport.setSource(source)
      // What is asked "in tempo" is asked of the song as it is now.
      if (source && !following) transport.subscribe(() => undefined)
      following ||= source !== null
    },
    statistics: () => ({
      model: 'words',
      sounds: index.documents.size,
      terms: index.terms(),
      version: index.version(),
      queries,
      lastMilliseconds: times.at(-1) ?? null,
      p95Milliseconds: [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? null,
      indexMilliseconds,
      transport: transport.metrics(),
      bpm: transport.getState().bpm,
    }),
  }
}
