// A sound as the index holds it (search worker): its words by field, and its characteristics.
import { characteristicsOf, factText } from '../../presets/facts/facts.ts'
import type { MatchedField } from '../../presets/library/search.ts'
import type { Role } from '../../presets/model.ts'
import type { SearchEntry } from './protocol.ts'
import { joined, wordsOf } from './words.ts'

export type TextField = Exclude<MatchedField, 'tempo'>

export interface SoundDocument {
  readonly key: number
  readonly name: string
  readonly role: Role
  readonly tags: readonly string[]
  readonly description: string
  readonly files: readonly string[]
  readonly own: boolean
  /** Joined phrase -> how it is shown: slow_attack -> "slow attack 900 ms". */
  readonly characteristics: ReadonlyMap<string, string>
  /** Seconds. */
  readonly periods: readonly number[]
  /** Note lengths kept in the song's time. */
  readonly synced: readonly string[]
}

/** What is beyond is not indexed: a file decides nothing about the time that this takes. */
const MOST_WORDS: Readonly<Record<TextField, number>> = {
  name: 24,
  role: 1,
  tags: 60,
  characteristics: 120,
  description: 120,
  file: 24,
}
const MOST_FILES = 4

export function documentOf(entry: SearchEntry): SoundDocument {
  const { key, name, role, tags, description, files, own, patch, values, effects } = entry
  const data = { patch: typeof patch === 'string' ? null : patch, values, effects }
  const { facts, periods, synced } = characteristicsOf(data)
  const characteristics = new Map(facts.map((fact) => [joined(fact.phrase), factText(fact)]))
  const kept = files.slice(0, MOST_FILES)
  return { key, name, role, tags, description, files: kept, own, characteristics, periods, synced }
}

/** The words of a field. A characteristic of several words counts as one word and as each of them. */
export function fieldWords(document: SoundDocument, field: TextField): string[] {
  const most = MOST_WORDS[field]
  if (field === 'characteristics') {
    const words = [...document.characteristics.keys()].flatMap((term) =>
      term.includes('_') ? [term, ...term.split('_')] : [term],
    )
    return words.slice(0, most)
  }
  return wordsOf(textOf(document, field), most)
}

export function textOf(document: SoundDocument, field: Exclude<TextField, 'characteristics'>): string {
  if (field === 'tags') return document.tags.join(' ')
  if (field === 'file') return document.files.join(' ')
  return document[field]
}
