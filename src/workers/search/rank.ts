// Which sounds answer a query, in which order, and why (search worker).
import type { HeardToken, SoundMatch } from '../../presets/library/search.ts'
import { ROLES, type Role } from '../../presets/model.ts'
import type { SearchReply, SearchRequest } from './protocol.ts'
import { fieldWords, textOf, type SoundDocument } from './document.ts'
import { isBegun, isFiller, parseQuery, type QueryToken } from './query.ts'
import { FIELDS, type SoundIndex, type TokenMatches } from './soundIndex.ts'
import { noteValue } from './tempo.ts'
import { joined, plainWords } from './words.ts'

export type Ranked = Omit<SearchReply, 'milliseconds'>

interface Options {
  /** Of the song, now. */
  readonly bpm: number
  /** Throws when nobody waits any more. */
  readonly check?: () => void
}

/** Of three things asked for, one may be missing. */
const MAY_MISS = 1 / 3
const TEMPO_SCORE = 1

export function rank(index: SoundIndex, request: SearchRequest, { bpm, check = () => undefined }: Options): Ranked {
  const parsed = parseQuery(request.text, index.isPhrase)
  // One letter after other words is no word yet.
  const meant = parsed.filter((token) => !isFiller(token) && !(parsed.length > 1 && isBegun(token)))
  // Somebody who types nothing but fillers looks for a name.
  const tokens = meant.length > 0 ? meant : parsed
  const found = tokens.map((token) => {
    check()
    return token.kind === 'tempo' ? inTempo(index, bpm) : index.find(token)
  })
  const { keys, scores } = gather(index, tokens, found)
  const counts = new Map<Role, number>()
  const wanted = new Set(request.roles)
  const order: number[] = []
  for (let at = 0; at < keys.length; at++) {
    const { role } = index.documents.get(keys[at]!)!
    counts.set(role, (counts.get(role) ?? 0) + 1)
    if (wanted.size === 0 || wanted.has(role)) order.push(at)
  }
  const later = Uint8Array.from(keys, (key) => (index.documents.get(key)!.own ? 0 : 1))
  order.sort((a, b) => scores[b]! - scores[a]! || later[a]! - later[b]! || keys[a]! - keys[b]!)
  const best = order.slice(0, request.limit).map((at) => index.documents.get(keys[at]!)!)
  return {
    keys: Uint32Array.from(order, (at) => keys[at]!),
    scores: Float32Array.from(order, (at) => scores[at]!),
    matches: best.map((document) => explain(document, tokens, found, bpm)),
    heard: tokens.map((token, at) => heard(token, found[at]!)),
    roles: ROLES.flatMap((role): [Role, number][] => (counts.has(role) ? [[role, counts.get(role)!]] : [])),
    version: index.version(),
  }
}

/** Sounds with enough of what was asked for and nothing of what was not. */
function gather(
  { documents }: SoundIndex,
  tokens: readonly QueryToken[],
  found: readonly TokenMatches[],
): { keys: number[]; scores: number[] } {
  const sums = new Map<number, { score: number; count: number }>()
  const refused = new Set<number>()
  let asked = 0
  tokens.forEach(({ not }, at) => {
    const { keys, scores } = found[at]!
    if (not) {
      for (const key of keys) refused.add(key)
      return
    }
    asked++
    for (let i = 0; i < keys.length; i++) {
      const sum = sums.get(keys[i]!)
      if (sum) {
        sum.score += scores[i]!
        sum.count++
      } else sums.set(keys[i]!, { score: scores[i]!, count: 1 })
    }
  })
  const kept: { keys: number[]; scores: number[] } = { keys: [], scores: [] }
  const keep = (key: number, score: number): void => {
    if (refused.has(key)) return
    kept.keys.push(key)
    kept.scores.push(score)
  }
  if (asked === 0) {
    for (const key of documents.keys()) keep(key, 0)
    return kept
  }
  let most = 0
  for (const [key, { count }] of sums) if (count > most && !refused.has(key)) most = count
  const least = Math.min(most, asked - Math.floor(asked * MAY_MISS))
  for (const [key, { score, count }] of sums) if (count >= least) keep(key, (score * count) / asked)
  return kept
}

function inTempo({ documents }: SoundIndex, bpm: number): TokenMatches {
  const keys: number[] = []
  for (const document of documents.values()) if (beatsOf(document, bpm) !== null) keys.push(document.key)
  return { keys, scores: keys.map(() => TEMPO_SCORE), terms: new Set(), corrected: null }
}

/** What repeats in the sound on the beats of the song, as a note length. */
const beatsOf = ({ periods, synced }: SoundDocument, bpm: number): string | null =>
  synced[0]?.replace('D', '.') ?? noteValue(periods, bpm)

const heard = ({ kind, words, not, from, to }: QueryToken, { keys, corrected }: TokenMatches): HeardToken => {
  const typed = words.join(' ')
  const text =
    kind === 'tempo' ? 'in tempo' : kind === 'exact' ? `“${typed}”` : (corrected ?? typed).replaceAll('_', ' ')
  return { text, from, to, not, sounds: keys.length, ...(corrected !== null ? { typed } : {}) }
}

/** One reason a token, from the field that says most. */
function explain(
  document: SoundDocument,
  tokens: readonly QueryToken[],
  found: readonly TokenMatches[],
  bpm: number,
): SoundMatch[] {
  return tokens.flatMap((token, at): SoundMatch[] => {
    if (token.not) return []
    if (token.kind === 'tempo') {
      const value = beatsOf(document, bpm)
      return value === null ? [] : [{ token: at, field: 'tempo', text: `repeats every ${value}` }]
    }
    const reason = reasonOf(document, token, found[at]!.terms)
    return reason ? [{ token: at, ...reason }] : []
  })
}

function reasonOf(
  document: SoundDocument,
  { words }: QueryToken,
  terms: ReadonlySet<string>,
): Omit<SoundMatch, 'token'> | null {
  const whole = document.characteristics.get(joined(words.join(' ')))
  if (whole !== undefined) return { field: 'characteristics', text: whole }
  for (const field of FIELDS) {
    if (!fieldWords(document, field).some((word) => terms.has(word))) continue
    if (field === 'characteristics') {
      const matching = [...document.characteristics].find(
        ([term]) => terms.has(term) || term.split('_').some((word) => terms.has(word)),
      )
      if (matching) return { field, text: matching[1] }
    } else if (field === 'tags') {
      const tag = document.tags.find((one) => plainWords(one).some((word) => terms.has(word)))
      if (tag !== undefined) return { field, text: tag }
    } else {
      const text = field === 'role' ? document.role.toLowerCase() : textOf(document, field)
      const word = plainWords(text).find((one) => terms.has(one))
      return { field, text: field === 'file' ? (document.files[0] ?? '') : (word ?? text) }
    }
  }
  return null
}
