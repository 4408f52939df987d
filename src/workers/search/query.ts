// A query as typed becomes tokens with their places in the text (search worker).
import { FILLERS, KNOWN_PHRASES, NEGATION_GOES_ON, NEGATORS, TEMPO_PHRASES } from './lexicon.ts'
import { joined, normal, wordOf } from './words.ts'

export interface QueryToken {
  /** `words`: one word, or several that mean one thing; `exact`: as quoted, in this order; `tempo`: repeats on the song's beats. */
  readonly kind: 'words' | 'exact' | 'tempo'
  readonly words: readonly string[]
  readonly not: boolean
  /** Place in the text, negation and quotes included. */
  readonly from: number
  readonly to: number
  /** The text ends with it: it may be half typed. */
  readonly open: boolean
}

interface Word {
  readonly text: string
  readonly from: number
  readonly to: number
  /** Joined to the one before by a hyphen. */
  readonly hyphen: boolean
  /** A minus sign stands before it. */
  readonly minus: boolean
}

const LONGEST_QUERY = 500
const MOST_TOKENS = 24
const PHRASE_WORDS = 3
const PART = /"([^"]*)"?|(^|[\s,])-(?=[\p{L}\p{N}])|([\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*)/gu

/** `isPhrase`: joined words that the library uses as one characteristic. */
export function parseQuery(text: string, isPhrase: (term: string) => boolean): readonly QueryToken[] {
  const tokens: QueryToken[] = []
  const known = (words: readonly Word[]): readonly string[] | null => {
    const said = words.map((word) => word.text)
    const phrase = joined(said.join(' '))
    const turned = joined([...said].reverse().join(' '))
    if (isPhrase(phrase) || KNOWN_PHRASES.has(phrase) || TEMPO_PHRASES.has(phrase)) return said
    return said.length === 2 && isPhrase(turned) ? [...said].reverse() : null
  }
  let run: Word[] = []
  /** Where a negation began that waits for its word; null: none does. */
  let negated: number | null = null
  let goesOn = false
  const push = (token: Omit<QueryToken, 'not' | 'from' | 'open'>, from: number): void => {
    const begin = negated ?? from
    tokens.push({ ...token, not: negated !== null, from: begin, open: token.to === text.length })
    goesOn = negated !== null
    negated = null
  }
  /** The words since the last break, the longest known phrases first. */
  const flush = (): void => {
    for (let at = 0; at < run.length;) {
      const word = run[at]!
      if (word.minus || NEGATORS.has(word.text)) {
        // Alone at the end it may still become "nothing" or "noise"; a word of its own otherwise.
        negated ??= word.minus ? word.from - 1 : word.from
        if (!word.minus) {
          at++
          continue
        }
      } else if (negated !== null && FILLERS.has(word.text) && at < run.length - 1) {
        at++
        continue
      } else if (NEGATION_GOES_ON.has(word.text)) {
        if (goesOn) negated = word.from
        at++
        continue
      }
      const length = phraseLength(run.slice(at), known)
      const words = run.slice(at, at + length)
      at += length
      const tempo = length === 1 && TEMPO_PHRASES.has(word.text)
      const said = known(words) ?? words.map((one) => one.text)
      const kind = tempo || TEMPO_PHRASES.has(joined(said.join(' '))) ? 'tempo' : 'words'
      push({ kind, words: said, to: words.at(-1)!.to }, word.from)
    }
    run = []
  }
  let minus = false
  let before = -1
  for (const match of text.slice(0, LONGEST_QUERY).matchAll(PART)) {
    const from = match.index
    const to = from + match[0].length
    if (match[1] !== undefined) {
      flush()
      const words = normal(match[1])
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
      if (words.length > 0) push({ kind: 'exact', words, to }, from)
    } else if (match[3] === undefined) minus = true
    else {
      const word = wordOf(match[3])
      if (word === '') continue
      // A full stop or comma ends what may be one phrase.
      if (before >= 0 && /[,.;:!?]/.test(text.slice(before, from))) flush()
      const hyphen = before >= 0 && text.slice(before, from) === '-'
      run.push({ text: word, from, to, hyphen, minus })
      minus = false
      before = to
    }
  }
  flush()
  return tokens.slice(0, MOST_TOKENS)
}

/** How many words from the first on are one token: fillers inside a phrase belong to it, words with hyphens belong together. */
function phraseLength(words: readonly Word[], known: (words: readonly Word[]) => unknown): number {
  for (let length = Math.min(PHRASE_WORDS, words.length); length > 1; length--) {
    const part = words.slice(0, length)
    if (part.some((word, at) => at > 0 && word.minus)) continue
    if (known(part) || part.every((word, at) => at === 0 || word.hyphen)) return length
  }
  return 1
}

/** A word that says nothing of a sound. */
export const isFiller = ({ kind, words }: QueryToken): boolean =>
  kind === 'words' && words.every((word) => FILLERS.has(word))

/** The first letter of a word that is being typed. */
export const isBegun = ({ kind, words, open }: QueryToken): boolean =>
  kind === 'words' && open && words.length === 1 && words[0]!.length === 1
