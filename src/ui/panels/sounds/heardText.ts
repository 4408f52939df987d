// Taking a token out of what was typed (any thread).
import type { HeardToken } from '../../../presets/library/search.ts'

/** The text without that token, and without the gap that it leaves. */
export const without = (text: string, { from, to }: Pick<HeardToken, 'from' | 'to'>): string =>
  `${text.slice(0, from)} ${text.slice(to)}`
    .replace(/\s+([,;.])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;.]+|[\s,;.]+$/g, '')
