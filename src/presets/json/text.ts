// The characters of a JSON string between its quotes, escapes resolved (any thread).
import { LIMITS } from '../limits.ts'
import { isHex } from './scan.ts'

const SIMPLE: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** `start` is the opening quote, `end` the offset after the closing one. Clipped to LIMITS.stringCharacters. */
export function textOf(text: string, start: number, end: number, escaped: boolean): string {
  const to = end - 1
  if (!escaped) return text.slice(start + 1, Math.min(to, start + 1 + LIMITS.stringCharacters))
  let result = ''
  let from = start + 1
  while (from < to && result.length < LIMITS.stringCharacters) {
    const slash = text.indexOf('\\', from)
    if (slash < 0 || slash >= to) {
      result += text.slice(from, to)
      break
    }
    result += text.slice(from, slash)
    const letter = text.charAt(slash + 1)
    from = slash + 2
    if (letter === 'u' && hexFollows(text, from)) {
      result += String.fromCharCode(parseInt(text.slice(from, from + 4), 16))
      from += 4
    } else result += SIMPLE[letter] ?? letter
  }
  return result.slice(0, LIMITS.stringCharacters)
}

/** Without the controls that reorder what is shown: a file must not disguise what its report says. */
export function withoutBidi(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}

function hexFollows(text: string, from: number): boolean {
  for (let at = from; at < from + 4; at++) if (!isHex(text.charCodeAt(at))) return false
  return true
}
