// Keeps the search worker's index in step with the library and asks it (main thread).
import { createStore } from 'zustand/vanilla'
import { asSoundloomError, SoundloomError } from '../../params/error.ts'
import type { SearchPort, SearchState } from '../../presets/library/search.ts'
import type { Preset } from '../../presets/model.ts'
import type { TransportSource } from '../../transport/store.ts'
import { lateWorker } from '../late.ts'
import { connect, type Remote } from '../rpc.ts'
import type { SearchApi, SearchEntry, WorkerStatistics } from './protocol.ts'

export interface SearchClient extends SearchPort {
  /** Resolves when the worker answers and knows the library as it then was. */
  readonly ready: Promise<void>
  /** What the browser lists now: the index takes what is new or changed and lets go of the rest. */
  keep(presets: readonly Preset[]): void
  /** Each engine writes its transport elsewhere. */
  follow(source: TransportSource | null): void
  statistics(): Promise<WorkerStatistics>
  end(): void
}

/** So many are sent at once that the page never works on it for more than a few milliseconds. */
const SLICE = 40
const EXPLAINED = 50

/** The worker is fetched when `atRest` resolves, or with the first question: the first sound does not wait for its index. */
export function startSearch(atRest: Promise<unknown>): SearchClient {
  const late = lateWorker(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'search' }))
  const failed = new Promise<never>((_, reject) =>
    late.endpoint.addEventListener(
      'error',
      (event) => reject(new SoundloomError('internal', `The search worker failed: ${(event as ErrorEvent).message}`)),
      { once: true },
    ),
  )
  failed.catch(() => undefined)
  void atRest.then(late.begin)
  const client = createSearchClient(connect<SearchApi>(late.endpoint), failed)
  const begun = <Args extends unknown[], Result>(call: (...args: Args) => Result) => {
    return (...args: Args): Result => {
      late.begin()
      return call(...args)
    }
  }
  return { ...client, search: begun(client.search), statistics: begun(client.statistics), end: late.end }
}

/** `failed` rejects when the other end is gone. */
export function createSearchClient(api: Remote<SearchApi>, failed: Promise<never>): Omit<SearchClient, 'end'> {
  const store = createStore<SearchState>(() => ({ version: 0, waiting: 0 }))
  const keys = new Map<string, number>()
  const byKey: Preset[] = []
  /** What the index holds, or will hold once the queue is empty. */
  let held: ReadonlyMap<string, Preset> = new Map()
  const changes = new Map<number, SearchEntry | null>()
  let sending: Promise<void> | null = null

  const keyOf = (preset: Preset): number => {
    const known = keys.get(preset.id)
    if (known !== undefined) return known
    keys.set(preset.id, byKey.length)
    byKey.push(preset)
    return byKey.length - 1
  }
  const send = async (): Promise<void> => {
    while (changes.size > 0) {
      const put: SearchEntry[] = []
      const remove: number[] = []
      for (const [key, entry] of changes) {
        if (put.length + remove.length >= SLICE) break
        changes.delete(key)
        if (entry) put.push(entry)
        else remove.push(key)
      }
      const version = await Promise.race([api.update(put, remove), failed])
      store.setState(changes.size > 0 ? { waiting: changes.size } : { waiting: 0, version })
    }
  }
  const first = Promise.race([api.update([], []), failed])

  return {
    store,
    ready: first.then(() => sending ?? undefined),
    keep(presets) {
      const next = new Map<string, Preset>()
      for (const preset of presets) {
        next.set(preset.id, preset)
        if (held.get(preset.id) === preset) continue
        const key = keyOf(preset)
        byKey[key] = preset
        changes.set(key, entryOf(key, preset))
      }
      for (const [id, preset] of held) if (!next.has(id)) changes.set(keyOf(preset), null)
      held = next
      if (changes.size === 0) return
      store.setState({ waiting: changes.size })
      // What comes while the queue is being sent is sent with it.
      sending ??= send()
        .catch((error: unknown) => console.error(asSoundloomError(error).message))
        .finally(() => (sending = null))
    },
    async search({ text, roles = [], limit = EXPLAINED, complete = false }, signal) {
      while (complete && sending) await Promise.race([sending, failed])
      const request = { text, roles: [...roles], limit }
      const asked = signal ? api.search(request, signal) : api.search(request)
      const reply = await Promise.race([asked, failed])
      if (signal?.aborted) throw new SoundloomError('cancelled', 'Cancelled')
      const presets = Array.from(reply.keys, (key) => byKey[key]!)
      return {
        presets,
        hits: reply.matches.map((matches, at) => ({ preset: presets[at]!, score: reply.scores[at]!, matches })),
        heard: reply.heard,
        roles: new Map(reply.roles),
        version: reply.version,
        milliseconds: reply.milliseconds,
      }
    },
    statistics: () => Promise.race([api.statistics(), failed]),
    follow: (source) => void api.follow(source),
  }
}

function entryOf(key: number, preset: Preset): SearchEntry {
  const { name, role, tags, description, patch, values, effects, source } = preset
  return {
    key,
    name,
    role,
    tags,
    description,
    patch,
    values,
    effects,
    files: source.files,
    own: source.kind !== 'factory',
  }
}
