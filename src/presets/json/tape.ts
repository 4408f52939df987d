// The parser's result: one entry per value in document order, in typed arrays, 13 bytes each (any thread).
// Values are read from the text on demand, so a 64 MB file costs neither objects nor strings that nobody asks for.

/** What an entry is. `key` precedes its value; `skipped` was nested too deep; `bad` is a word that JSON does not know. */
export const Kind = {
  object: 1,
  array: 2,
  string: 3,
  number: 4,
  true: 5,
  false: 6,
  null: 7,
  bad: 8,
  key: 9,
  skipped: 10,
} as const

/** The container was still open where the text or the reading ended. */
export const OPEN = 0x80
/** The string contains escapes. */
export const ESCAPED = 0x40
export const KIND_MASK = 0x0f

export class Tape {
  kinds = new Uint8Array(1024)
  starts = new Int32Array(1024)
  ends = new Int32Array(1024)
  /** Index of the entry after this one's subtree. */
  nexts = new Int32Array(1024)
  length = 0

  push(kind: number, start: number, end: number): number {
    const index = this.length
    if (index === this.kinds.length) this.grow()
    this.kinds[index] = kind
    this.starts[index] = start
    this.ends[index] = end
    this.nexts[index] = index + 1
    this.length = index + 1
    return index
  }

  private grow(): void {
    const size = this.kinds.length * 2
    const kinds = new Uint8Array(size)
    kinds.set(this.kinds)
    this.kinds = kinds
    this.starts = larger(this.starts, size)
    this.ends = larger(this.ends, size)
    this.nexts = larger(this.nexts, size)
  }
}

function larger(from: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size)
  to.set(from)
  return to
}
