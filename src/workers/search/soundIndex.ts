// The index of words (search worker): MiniSearch, kept in step with the library; one token of a query at a time.
import MiniSearch, { type Query, type SearchOptions } from 'minisearch'
import { roleOf } from '../../presets/roles.ts'
import { documentOf, fieldWords, textOf, type SoundDocument, type TextField } from './document.ts'
import { othersFor } from './lexicon.ts'
import type { SearchEntry } from './protocol.ts'
import type { QueryToken } from './query.ts'
import { joined, plainWords } from './words.ts'

export const FIELDS: readonly TextField[] = ['name', 'tags', 'characteristics', 'role', 'description', 'file']
const BOOST: Readonly<Record<TextField, number>> = {
  name: 4,
  role: 4,
  tags: 3,
  characteristics: 2.5,
  description: 1,
  file: 0.6,
}
/** What a sound says of itself, for negations: a description may speak of anything. */
const OWN_WORDS: TextField[] = ['name', 'tags', 'characteristics', 'role']
const SHORTEST_PREFIX = 3
const SHORTEST_REPAIR = 3
/** From this length on a word may hold two mistakes. */
const TWO_MISTAKES = 6
const SYNONYM = 0.5
const INFLECTION = 0.9
const PHRASE = 1.6
const KEPT_TOKENS = 64

/** Sounds that a token names. */
export interface TokenMatches {
  readonly keys: readonly number[]
  readonly scores: readonly number[]
  /** Words of the index that matched. */
  readonly terms: ReadonlySet<string>
  /** The word that was meant, where none was as typed. */
  readonly corrected: string | null
}

const NOTHING: TokenMatches = { keys: [], scores: [], terms: new Set(), corrected: null }

export interface SoundIndex {
  readonly documents: ReadonlyMap<number, SoundDocument>
  /** Raised by each change. */
  version(): number
  terms(): number
  put(entry: SearchEntry): void
  remove(key: number): void
  /** True for joined words that some sound has as one characteristic. */
  isPhrase(term: string): boolean
  find(token: QueryToken): TokenMatches
}

export function createSoundIndex(): SoundIndex {
  const documents = new Map<number, SoundDocument>()
  /** Joined phrase -> how many sounds have it. */
  const phrases = new Map<string, number>()
  const known = new Map<string, TokenMatches>()
  let version = 0
  const mini = new MiniSearch<SoundDocument>({
    fields: FIELDS as TextField[],
    idField: 'key',
    // Words are made here once; MiniSearch splits what it is given at spaces.
    extractField: (document, field) =>
      field === 'key' ? (document.key as never) : fieldWords(document, field as TextField).join(' '),
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term || null,
    searchOptions: { boost: BOOST, combineWith: 'OR' },
  })

  const countPhrases = ({ characteristics }: SoundDocument, by: 1 | -1): void => {
    for (const term of characteristics.keys()) {
      if (!term.includes('_')) continue
      const count = (phrases.get(term) ?? 0) + by
      if (count > 0) phrases.set(term, count)
      else phrases.delete(term)
    }
  }
  const changed = (): void => {
    version++
    known.clear()
  }
  const drop = (key: number): void => {
    const document = documents.get(key)
    if (!document) return
    mini.discard(key)
    documents.delete(key)
    countPhrases(document, -1)
  }
  const collect = (query: Query, options: SearchOptions = {}): TokenMatches => {
    const results = mini.search(query, options)
    const terms = new Set<string>()
    const keys = new Array<number>(results.length)
    const scores = new Array<number>(results.length)
    results.forEach((result, at) => {
      keys[at] = result.id as number
      scores[at] = result.score
      for (const term of result.terms) terms.add(term)
    })
    return { keys, scores, terms, corrected: null }
  }

  const findWord = (word: string, prefix: boolean, not: boolean): TokenMatches => {
    // One letter begins too many words; it begins few names.
    const fields = not ? { fields: OWN_WORDS } : word.length === 1 ? { fields: ['name'] } : {}
    const queries: Query[] = [{ queries: [word], prefix, ...fields }]
    for (const form of inflections(word)) queries.push(weighted(form, INFLECTION, fields))
    for (const other of othersFor(word)) queries.push(weighted(joined(other), SYNONYM, fields))
    const role = roleOf(word)
    if (role) queries.push({ queries: [role.toLowerCase()], fields: ['role'], boostTerm: () => INFLECTION })
    const found = collect({ combineWith: 'OR', queries })
    return found.keys.length > 0 || not || word.length < SHORTEST_REPAIR ? found : repaired(word)
  }
  const repaired = (word: string): TokenMatches => {
    // Two neighbours in the wrong order are one mistake for a hand and two for a distance.
    const tries: Query[] = [
      { combineWith: 'OR', queries: [{ queries: [word], fuzzy: 1 }, ...turned(word)] },
      ...(word.length >= TWO_MISTAKES ? [{ queries: [word], fuzzy: 2 } satisfies Query] : []),
    ]
    for (const query of tries) {
      // Nobody means a word of some description, and hardly anybody misses the first letter.
      const found = collect(query, {
        fields: OWN_WORDS,
        filter: ({ terms }) => terms.some((term) => term[0] === word[0]),
      })
      if (found.keys.length > 0) return { ...found, corrected: likeliest(found.terms) }
    }
    return NOTHING
  }
  /** Among words equally far, the one that most sounds have. */
  const likeliest = (terms: ReadonlySet<string>): string => {
    let best = ''
    let most = -1
    for (const term of terms) {
      const { length } = mini.search(term)
      if (length > most) [best, most] = [term, length]
    }
    return best
  }
  const findPhrase = (words: readonly string[], not: boolean): TokenMatches => {
    const fields = not ? { fields: OWN_WORDS } : {}
    const term = joined(words.join(' '))
    const queries: Query[] = [weighted(term, PHRASE, fields), weighted(words.join(''), 1, fields)]
    for (const other of othersFor(term)) queries.push(weighted(joined(other), 1, fields))
    if (!not) queries.push({ combineWith: 'AND', queries: [...words], boostTerm: () => SYNONYM })
    const found = collect({ combineWith: 'OR', queries })
    // "hi-hat" where only hats are known.
    return found.keys.length > 0 || not ? found : collect({ combineWith: 'OR', queries: [...words] })
  }
  /** The words in this order, side by side, in one field. */
  const findExact = (words: readonly string[]): TokenMatches => {
    const wanted = ` ${words.join(' ')} `
    const holds = (document: SoundDocument): boolean =>
      [...document.characteristics.keys()].some((term) => ` ${term.replaceAll('_', ' ')} `.includes(wanted)) ||
      FIELDS.some((field) => {
        if (field === 'characteristics') return false
        return ` ${plainWords(textOf(document, field)).join(' ')} `.includes(wanted)
      })
    const found = collect({ combineWith: 'AND', queries: [...words] })
    const kept = found.keys.flatMap((key, at) => (holds(documents.get(key)!) ? [at] : []))
    return { ...found, keys: kept.map((at) => found.keys[at]!), scores: kept.map((at) => found.scores[at]!) }
  }

  return {
    documents,
    version: () => version,
    terms: () => mini.termCount,
    put(entry) {
      drop(entry.key)
      const document = documentOf(entry)
      documents.set(entry.key, document)
      countPhrases(document, 1)
      mini.add(document)
      changed()
    },
    remove(key) {
      drop(key)
      changed()
    },
    isPhrase: (term) => phrases.has(term),
    find(token) {
      const { kind, words, not } = token
      const prefix = !not && (token.open || words[0]!.length >= SHORTEST_PREFIX)
      const id = `${kind} ${String(not)} ${String(prefix)} ${words.join(' ')}`
      let found = known.get(id)
      if (!found) {
        found =
          kind === 'exact'
            ? findExact(words)
            : words.length > 1
              ? findPhrase(words, not)
              : findWord(words[0]!, prefix, not)
        if (known.size >= KEPT_TOKENS) known.delete(known.keys().next().value!)
        known.set(id, found)
      }
      return found
    },
  }
}

const weighted = (term: string, weight: number, options: Partial<SearchOptions>): Query => ({
  queries: [term],
  boostTerm: () => weight,
  prefix: false,
  ...options,
})

/** Each with two neighbours exchanged. */
const turned = (word: string): Query[] =>
  Array.from({ length: word.length - 1 }, (_, at) => ({
    queries: [word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2)],
    fuzzy: false,
  }))

/** Plural and singular. */
const inflections = (word: string): string[] =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? [word.slice(0, -1)] : [`${word}s`]
