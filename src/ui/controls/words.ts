// Finding by typed words, the same in every list (any thread).
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Every typed word begins a word of the text. */
export function beginsWords(typed: string, text: string): boolean {
  const own = wordsOf(text)
  return wordsOf(typed).every((word) => own.some((known) => known.startsWith(word)))
}
