// Character scanners of the JSON parser: blanks and comments, strings, numbers, subtrees to skip (import worker). All linear.
import { LIMITS } from '../limits.ts'
import type { Notes } from './notes.ts'

const BACKSLASH = 92
const QUOTE = 34
const SLASH = 47
const STAR = 42

/** Next offset that is neither white space nor comment. */
export function skipBlank(text: string, from: number, notes: Notes): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      at += 1
      continue
    }
    if (code !== SLASH) return at
    const next = text.charCodeAt(at + 1)
    if (next === SLASH) {
      notes.add('comment', at)
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end + 1
    } else if (next === STAR) {
      notes.add('comment', at)
      const end = text.indexOf('*/', at + 2)
      at = end < 0 ? text.length : end + 2
    } else return at
  }
}

export interface StringScan {
  /** Offset after the closing quote. */
  readonly end: number
  readonly closed: boolean
  readonly escaped: boolean
}

/** Scans the string whose opening quote is at `from`. */
export function scanString(text: string, from: number, notes: Notes): StringScan {
  let at = from + 1
  let escaped = false
  const { length } = text
  for (; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      if (at - from - 1 > LIMITS.stringCharacters) notes.add('long-string', from)
      return { end: at + 1, closed: true, escaped }
    }
    if (code === BACKSLASH) {
      escaped = true
      at += 1
      if (!validEscape(text, at)) notes.add('bad-escape', at - 1)
    } else if (code < 32) notes.add('control-character', at)
  }
  return { end: length, closed: false, escaped }
}

function validEscape(text: string, at: number): boolean {
  const letter = text.charAt(at)
  if (letter !== 'u') return '"\\/bfnrt'.includes(letter)
  for (let digit = at + 1; digit < at + 5; digit++) if (!isHex(text.charCodeAt(digit))) return false
  return true
}

export function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)
}

export interface NumberScan {
  readonly end: number
  /** Written exactly as JSON allows. */
  readonly strict: boolean
  /** A finite or overflowing figure can be made of it. */
  readonly readable: boolean
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Scans a number as far as its characters go; `end === from` when there is none. */
export function scanNumber(text: string, from: number): NumberScan {
  let at = from
  let strict = true
  const sign = text.charCodeAt(at)
  if (sign === 45 || sign === 43) {
    at += 1
    strict = sign === 45
  }
  const whole = at
  while (isDigit(text.charCodeAt(at))) at += 1
  let digits = at - whole
  if (digits === 0 || (digits > 1 && text.charCodeAt(whole) === 48)) strict = false
  if (text.charCodeAt(at) === 46) {
    const fraction = ++at
    while (isDigit(text.charCodeAt(at))) at += 1
    digits += at - fraction
    if (at === fraction) strict = false
  }
  if (digits === 0) return { end: from, strict: false, readable: false }
  const mark = text.charCodeAt(at)
  if (mark === 101 || mark === 69) {
    const exponentMark = at
    at += 1
    const exponentSign = text.charCodeAt(at)
    if (exponentSign === 45 || exponentSign === 43) at += 1
    const exponent = at
    while (isDigit(text.charCodeAt(at))) at += 1
    if (at === exponent) return { end: exponentMark, strict: false, readable: true }
  }
  return { end: at, strict, readable: true }
}

/** Letters, digits, `_`, `.`, `-`, `+`, `$` and everything beyond ASCII: what a bare word may consist of after its first sign. */
export function isWordCharacter(code: number): boolean {
  return (
    isDigit(code) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 46 ||
    code === 36 ||
    code === 43 ||
    code === 45 ||
    code > 127
  )
}

/** Offset after the container that opens at `from`, or -1 when the text ends inside it. Brackets are only counted. */
export function skipNested(text: string, from: number): number {
  let level = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at += 1
      for (; at < text.length && text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at += 1
    } else if (code === 123 || code === 91) level += 1
    else if (code === 125 || code === 93) {
      level -= 1
      if (level === 0) return at + 1
    }
  }
  return -1
}
