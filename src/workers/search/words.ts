// Text to words (search worker): the same for what is indexed and for what is asked.

/** Longer runs of letters are no words. */
const LONGEST = 40

/** Lower case, without accents. */
export const normal = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** One word: nothing but letters and digits, some of which only appear when it is normalised. */
export const wordOf = (text: string): string => normal(text).replace(/[^\p{L}\p{N}]+/gu, '')

const chunksOf = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}'’-]+/u)

const PLAIN = /^[a-z]*$/

function partsOf(chunk: string): string[] {
  // Most words are nothing but small letters.
  if (PLAIN.test(chunk)) return chunk === '' ? [] : [chunk.slice(0, LONGEST)]
  return chunk
    .replace(/['’]/g, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
    .split(/[\s-]+/)
    .map((part) => wordOf(part).slice(0, LONGEST))
    .filter(Boolean)
}

/** The words in their order: "SuperSaw_Pad" -> super, saw, pad. */
export const plainWords = (text: string): string[] => chunksOf(text).flatMap(partsOf)

/** For the index, also as one: "SuperSaw_Pad2" -> supersaw, super, saw, pad2, pad, 2; "lo-fi" -> lofi, lo, fi. */
export function wordsOf(text: string, most = Infinity): string[] {
  const words: string[] = []
  for (const chunk of chunksOf(text)) {
    if (words.length >= most) break
    const parts = partsOf(chunk)
    if (parts.length > 1) words.push(parts.join('').slice(0, LONGEST))
    words.push(...parts)
  }
  return words.slice(0, most)
}

/** A phrase as one word of the index. */
export const joined = (phrase: string): string => normal(phrase).replaceAll(' ', '_')
