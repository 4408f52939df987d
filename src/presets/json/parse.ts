// Tolerant, iterative JSON parser with a position for every value (import worker). It never throws and never recurses:
// damaged text gives every value that was closed before the damage, and says where reading stopped.
import { LIMITS } from '../limits.ts'
import { Notes, type Note } from './notes.ts'
import { ESCAPED, Kind, KIND_MASK, OPEN, Tape } from './tape.ts'
import { isWordCharacter, scanNumber, scanString, skipBlank, skipNested } from './scan.ts'

export interface JsonText {
  readonly text: string
  readonly tape: Tape
  readonly notes: readonly Note[]
  /** `end`: all read; `empty`: no value; `truncated`: the text ends inside a value; `syntax`: unreadable from `stoppedAt` on. */
  readonly stopped: 'end' | 'empty' | 'truncated' | 'syntax' | 'too-many-values'
  /** Offset where reading stopped. */
  readonly stoppedAt: number
}

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/** `poll` is called every few milliseconds and may throw to give up. */
export function parseJson(text: string, maxNodes: number = LIMITS.nodes, poll?: () => void): JsonText {
  const tape = new Tape()
  const notes = new Notes()
  const stack = new Int32Array(LIMITS.depth)
  let depth = 0
  let at = 0
  let needsComma = false
  let afterComma = false
  let stopped: JsonText['stopped'] = 'end'

  let turns = 0
  reading: for (;;) {
    if (poll && (++turns & 0x3fff) === 0) poll()
    at = skipBlank(text, at, notes)
    if (depth === 0 && tape.length > 0) {
      if (at < text.length) notes.add('trailing-text', at)
      break
    }
    if (at >= text.length) {
      stopped = tape.length === 0 ? 'empty' : 'truncated'
      break
    }
    if (tape.length + 2 > maxNodes) {
      stopped = 'too-many-values'
      break
    }
    let code = text.charCodeAt(at)
    if (depth > 0) {
      const holder = stack[depth - 1] ?? 0
      const inObject = ((tape.kinds[holder] ?? 0) & KIND_MASK) === Kind.object
      if (code === COMMA) {
        if (!needsComma) notes.add('extra-comma', at)
        needsComma = false
        afterComma = true
        at += 1
        continue
      }
      if (code === (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
        if (afterComma) notes.add('trailing-comma', at)
        at += 1
        tape.kinds[holder] = (tape.kinds[holder] ?? 0) & ~OPEN
        tape.ends[holder] = at
        tape.nexts[holder] = tape.length
        depth -= 1
        needsComma = true
        afterComma = false
        continue
      }
      if (needsComma) notes.add('missing-comma', at)
      if (inObject) {
        if (code !== QUOTE) {
          stopped = 'syntax'
          break
        }
        const start = at
        const scan = scanString(text, at, notes)
        at = skipBlank(text, scan.end, notes)
        if (!scan.closed || at >= text.length) {
          stopped = 'truncated'
          break
        }
        if (text.charCodeAt(at) !== COLON) {
          stopped = 'syntax'
          break
        }
        const key = tape.push(Kind.key | (scan.escaped ? ESCAPED : 0), start, scan.end)
        at = skipBlank(text, at + 1, notes)
        code = text.charCodeAt(at)
        if (at >= text.length || code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || code === COLON) {
          tape.length = key
          stopped = at >= text.length ? 'truncated' : 'syntax'
          break
        }
      }
    }

    const start = at
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (depth === LIMITS.depth) {
        notes.add('too-deep', at)
        const end = skipNested(text, at)
        if (end < 0) {
          dropKey(tape)
          at = text.length
          stopped = 'truncated'
          break
        }
        at = end
        tape.push(Kind.skipped, start, at)
        needsComma = true
        afterComma = false
        continue
      }
      stack[depth] = tape.push((code === OPEN_BRACE ? Kind.object : Kind.array) | OPEN, start, start)
      depth += 1
      at += 1
      needsComma = false
      afterComma = false
      continue
    }
    if (code === QUOTE) {
      const scan = scanString(text, at, notes)
      if (!scan.closed) {
        dropKey(tape)
        stopped = 'truncated'
        break
      }
      at = scan.end
      tape.push(Kind.string | (scan.escaped ? ESCAPED : 0), start, at)
    } else {
      const scan = scanNumber(text, at)
      if (scan.end > at && !isWordCharacter(text.charCodeAt(scan.end))) {
        // The last figure before a cut may lack digits: only a closed container makes it certain.
        at = scan.end
        if (!scan.strict) notes.add('loose-number', start)
        tape.push(scan.readable ? Kind.number : Kind.bad, start, at)
      } else {
        let end = at
        while (
          end < text.length &&
          (isWordCharacter(text.charCodeAt(end)) || (end === at && isSign(text.charCodeAt(end))))
        )
          end += 1
        if (end === at) {
          dropKey(tape)
          stopped = 'syntax'
          break reading
        }
        at = end
        tape.push(wordKind(text, start, end, notes), start, end)
      }
    }
    needsComma = true
    afterComma = false
  }

  for (let level = depth - 1; level >= 0; level--) {
    const holder = stack[level] ?? 0
    tape.ends[holder] = at
    tape.nexts[holder] = tape.length
  }
  return { text, tape, notes: notes.list(), stopped, stoppedAt: Math.min(at, text.length) }
}

/** A key whose value is missing is not kept. */
function dropKey(tape: Tape): void {
  if (tape.length > 0 && ((tape.kinds[tape.length - 1] ?? 0) & KIND_MASK) === Kind.key) tape.length -= 1
}

function isSign(code: number): boolean {
  return code === 43 || code === 45
}

function wordKind(text: string, start: number, end: number, notes: Notes): number {
  switch (text.slice(start, Math.min(end, start + 16))) {
    case 'true':
      return Kind.true
    case 'false':
      return Kind.false
    case 'null':
      return Kind.null
    case 'NaN':
    case 'Infinity':
    case '-Infinity':
    case '+Infinity':
      notes.add('not-a-number', start)
      return Kind.bad
    default:
      notes.add('unknown-word', start)
      return Kind.bad
  }
}
