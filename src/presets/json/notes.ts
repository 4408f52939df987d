// What the tolerant parser accepted although JSON forbids it (any thread).

export type NoteCode =
  | 'comment'
  | 'trailing-comma'
  | 'extra-comma'
  | 'missing-comma'
  | 'not-a-number'
  | 'loose-number'
  | 'unknown-word'
  | 'control-character'
  | 'bad-escape'
  | 'too-deep'
  | 'long-string'
  | 'trailing-text'

export interface Note {
  readonly code: NoteCode
  /** Offset of the first occurrence in the text. */
  readonly offset: number
  readonly count: number
}

/** Counts by code and keeps the first place: a million comments must not make a million notes. */
export class Notes {
  private readonly found = new Map<NoteCode, { offset: number; count: number }>()

  add(code: NoteCode, offset: number): void {
    const note = this.found.get(code)
    if (note) note.count += 1
    else this.found.set(code, { offset, count: 1 })
  }

  list(): Note[] {
    return [...this.found].map(([code, note]) => ({ code, offset: note.offset, count: note.count }))
  }
}

export const NOTE_TEXT: Readonly<Record<NoteCode, string>> = {
  comment: 'JSON has no comments; they were skipped',
  'trailing-comma': 'a comma before a closing bracket was ignored',
  'extra-comma': 'a comma without a value was ignored',
  'missing-comma': 'a comma is missing between two values; read as if it were there',
  'not-a-number': 'NaN and Infinity are not JSON; taken as values that cannot be used',
  'loose-number': 'not a number as JSON writes it; read as far as it makes sense',
  'unknown-word': 'JSON does not know this word; taken as a value that cannot be used',
  'control-character': 'a line break or control character inside a text; kept',
  'bad-escape': 'an unknown escape in a text; its letter was kept',
  'too-deep': 'nested more than 64 levels deep; skipped',
  'long-string': 'a text of more than 10 000 characters; only its start was kept',
  'trailing-text': 'text after the end of the JSON value; ignored',
}
