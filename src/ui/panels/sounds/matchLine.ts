// Why a sound is a match, in a few words for its tile (any thread).
import type { MatchedField, SoundMatch } from '../../../presets/library/search.ts'

/** What is on the tile already says nothing new: name and role. */
const ORDER: readonly MatchedField[] = ['characteristics', 'tempo', 'tags', 'description', 'file']
const SHOWN = 3

const write = ({ field, text }: SoundMatch): string => {
  if (field === 'description') return `described as “${text}”`
  return field === 'file' ? `in ${text}` : text
}

/** Empty where the name alone matched. */
export function matchLine(matches: readonly SoundMatch[]): string {
  const said = ORDER.flatMap((field) => matches.filter((match) => match.field === field)).map(write)
  // A value says more than a word.
  said.sort((a, b) => Number(/\d/.test(b)) - Number(/\d/.test(a)))
  return [...new Set(said)].slice(0, SHOWN).join(', ')
}
