// What the page asks of the search (main thread): implemented by workers/search/client.ts, whatever ranks behind it.
import type { StoreApi } from 'zustand/vanilla'
import type { Preset, Role } from '../model.ts'

export interface SoundQuery {
  /** As typed. */
  readonly text: string
  /** Only these roles; empty or absent: all. */
  readonly roles?: readonly Role[]
  /** How many of the best come with what matched in them. */
  readonly limit?: number
  /** Waits until the index knows the whole library, instead of answering from what it knows now. */
  readonly complete?: boolean
}

/** A part of the query as it was understood, in the order of the text. */
export interface HeardToken {
  /** As it was meant: lower case, spelling corrected. */
  readonly text: string
  /** Where it stands in the query text; leaving these characters out takes the token back. */
  readonly from: number
  readonly to: number
  /** Sounds with it are left out. */
  readonly not: boolean
  /** How many sounds it names; 0: nothing here is like that. */
  readonly sounds: number
  /** What was typed, where the spelling was corrected. */
  readonly typed?: string
}

export type MatchedField = 'name' | 'role' | 'tags' | 'characteristics' | 'description' | 'file' | 'tempo'

/** Why a sound is among the results. */
export interface SoundMatch {
  /** Index in `heard`. */
  readonly token: number
  readonly field: MatchedField
  /** What of the field: a tag, "slow attack 900 ms". */
  readonly text: string
}

export interface SoundHit {
  readonly preset: Preset
  /** Only comparable within one answer. */
  readonly score: number
  readonly matches: readonly SoundMatch[]
}

export interface SoundResults {
  /** Every match, best first. */
  readonly presets: readonly Preset[]
  /** The first `limit` of them, explained. */
  readonly hits: readonly SoundHit[]
  readonly heard: readonly HeardToken[]
  /** Matches by role, before the roles of the query narrow them. */
  readonly roles: ReadonlyMap<Role, number>
  /** Raised by every change of the index. */
  readonly version: number
  /** Time of the worker. */
  readonly milliseconds: number
}

export interface SearchState {
  /** Raised when the index has caught up with the library. */
  readonly version: number
  /** Sounds that are not in the index yet. */
  readonly waiting: number
}

export interface SearchStatistics {
  readonly model: 'words'
  readonly sounds: number
  readonly terms: number
  readonly version: number
  readonly queries: number
  /** Of the last queries; null before the first. */
  readonly lastMilliseconds: number | null
  readonly p95Milliseconds: number | null
  /** Time spent on the index since the start. */
  readonly indexMilliseconds: number
}

export interface SearchPort {
  readonly store: StoreApi<SearchState>
  /** Rejects with `cancelled` when the signal aborts. */
  search(query: SoundQuery, signal?: AbortSignal): Promise<SoundResults>
}
