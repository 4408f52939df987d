// What the page asks of the search worker (types only). Whatever ranks, words or meaning, speaks this.
import type { HeardToken, SearchStatistics, SoundMatch } from '../../presets/library/search.ts'
import type { Preset, Role } from '../../presets/model.ts'
import type { TransportMetrics, TransportSource } from '../../transport/store.ts'

/** A sound as it is indexed. `key` is the page's number for it. */
export interface SearchEntry extends Pick<
  Preset,
  'name' | 'role' | 'tags' | 'description' | 'patch' | 'values' | 'effects'
> {
  readonly key: number
  readonly files: readonly string[]
  /** Imported or saved by the user. */
  readonly own: boolean
}

export interface SearchRequest {
  readonly text: string
  readonly roles: readonly Role[]
  readonly limit: number
}

export interface SearchReply {
  /** Keys of all matches, best first. */
  readonly keys: Uint32Array<ArrayBuffer>
  readonly scores: Float32Array<ArrayBuffer>
  /** For the first `limit` keys. */
  readonly matches: readonly (readonly SoundMatch[])[]
  readonly heard: readonly HeardToken[]
  readonly roles: readonly (readonly [role: Role, sounds: number])[]
  readonly version: number
  readonly milliseconds: number
}

/** With the figures of the worker's own transport store. */
export interface WorkerStatistics extends SearchStatistics {
  readonly transport: TransportMetrics
  readonly bpm: number
}

export interface SearchApi {
  /** Adds or replaces, and takes out; the version of the index afterwards. */
  update(put: readonly SearchEntry[], remove: readonly number[]): number
  search(request: SearchRequest, signal?: AbortSignal): SearchReply
  /** Each engine has its own; null: there is none. */
  follow(source: TransportSource | null): void
  statistics(): WorkerStatistics
}
