// A cursor on the parser's tape: typed reading, JSON pointer and line:column of any value (any thread).
import { LIMITS } from '../limits.ts'
import { parseJson, type JsonText } from './parse.ts'
import { ESCAPED, Kind, KIND_MASK, OPEN } from './tape.ts'
import { textOf, withoutBidi } from './text.ts'

export type NodeKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'bad'

export interface JsonEntry {
  readonly key: string
  readonly node: JsonNode
}

/** A parsed file; `root` is null when it holds no value at all. */
export class JsonDocument {
  readonly source: JsonText
  readonly root: JsonNode | null
  private lineStarts: Int32Array | null = null

  /** `poll` is called every few milliseconds of parsing and may throw to give up. */
  constructor(text: string, poll?: () => void) {
    this.source = parseJson(text, LIMITS.nodes, poll)
    this.root = this.source.tape.length > 0 ? new JsonNode(this, 0, null, '') : null
  }

  /** One-based line and column (UTF-16 units) of a text offset. The line table is built on the first call. */
  positionAt(offset: number): { line: number; column: number } {
    const starts = (this.lineStarts ??= lineTable(this.source.text))
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }

  lineCount(): number {
    return (this.lineStarts ??= lineTable(this.source.text)).length
  }

  /** The text of a one-based line, cut around `column` to at most `limit` characters. */
  lineText(line: number, column: number, limit = 160): string {
    const starts = (this.lineStarts ??= lineTable(this.source.text))
    const from = starts[line - 1] ?? 0
    const to = line < starts.length ? (starts[line] ?? 0) : this.source.text.length
    const start = to - from <= limit ? from : Math.max(from, from + column - 1 - (limit >> 1))
    return withoutBidi(this.source.text.slice(start, Math.min(to, start + limit))).trimEnd()
  }
}

function lineTable(text: string): Int32Array {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  const starts = new Int32Array(count)
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts[line++] = at + 1
  return starts
}

export class JsonNode {
  readonly document: JsonDocument
  readonly index: number
  readonly parent: JsonNode | null
  readonly key: string | number
  private readonly code: number
  private cachedEntries: readonly JsonEntry[] | null = null

  constructor(document: JsonDocument, index: number, parent: JsonNode | null, key: string | number) {
    this.document = document
    this.index = index
    this.parent = parent
    this.key = key
    this.code = document.source.tape.kinds[index] ?? 0
  }

  get kind(): NodeKind {
    switch (this.code & KIND_MASK) {
      case Kind.object:
        return 'object'
      case Kind.array:
        return 'array'
      case Kind.string:
        return 'string'
      case Kind.number:
        return 'number'
      case Kind.true:
      case Kind.false:
        return 'boolean'
      case Kind.null:
        return 'null'
      default:
        return 'bad'
    }
  }

  /** False for a container that was still open where reading stopped. */
  get closed(): boolean {
    return (this.code & OPEN) === 0
  }

  /** Values and keys in this subtree, itself included. */
  get span(): number {
    return (this.document.source.tape.nexts[this.index] ?? 0) - this.index
  }

  get start(): number {
    return this.document.source.tape.starts[this.index] ?? 0
  }

  get end(): number {
    return this.document.source.tape.ends[this.index] ?? 0
  }

  /** The value's own text in the file, cut to `limit` characters. */
  raw(limit = 80): string {
    const cut = this.document.source.text.slice(this.start, Math.min(this.end, this.start + limit))
    const text = withoutBidi(cut).replace(/\s+/g, ' ')
    return this.end - this.start > limit ? `${text}…` : text
  }

  /** The string, cut to the limit for strings; '' for anything else. */
  string(): string {
    if ((this.code & KIND_MASK) !== Kind.string) return ''
    return textOf(this.document.source.text, this.start, this.end, (this.code & ESCAPED) !== 0)
  }

  /** The number, NaN for anything else (a figure too large for a double is an infinity). */
  number(): number {
    return (this.code & KIND_MASK) === Kind.number ? Number(this.document.source.text.slice(this.start, this.end)) : NaN
  }

  boolean(): boolean {
    return (this.code & KIND_MASK) === Kind.true
  }

  /** Members of an object or elements of an array, in document order, duplicates included; [] for anything else. */
  *children(): Generator<JsonEntry> {
    const kind = this.code & KIND_MASK
    if (kind !== Kind.object && kind !== Kind.array) return
    const { tape, text } = this.document.source
    const end = tape.nexts[this.index] ?? 0
    let at = this.index + 1
    for (let position = 0; at < end; position++) {
      let key: string | number = position
      if (kind === Kind.object) {
        const escaped = ((tape.kinds[at] ?? 0) & ESCAPED) !== 0
        key = textOf(text, tape.starts[at] ?? 0, tape.ends[at] ?? 0, escaped)
        at += 1
        if (at >= end) return
      }
      yield { key: String(key), node: new JsonNode(this.document, at, this, key) }
      at = tape.nexts[at] ?? end
    }
  }

  /** The children as a list, kept for the next call: for objects of a preset, not for lists of thousands. */
  entries(): readonly JsonEntry[] {
    return (this.cachedEntries ??= [...this.children()])
  }

  /** The last member with this key, as JSON.parse would keep it. */
  get(key: string): JsonNode | undefined {
    return this.entries().findLast((entry) => entry.key === key)?.node
  }

  /** RFC 6901. */
  pointer(): string {
    if (!this.parent) return ''
    return `${this.parent.pointer()}/${String(this.key).replaceAll('~', '~0').replaceAll('/', '~1')}`
  }

  position(): { line: number; column: number } {
    return this.document.positionAt(this.start)
  }
}
