// Patches as text: written for people to edit, read back, and every place of it found again by its JSON pointer (any thread).
import { SoundloomError } from '../params/error.ts'
import { JsonDocument, type JsonNode } from './json/node.ts'
import { NOTE_TEXT } from './json/notes.ts'
import { valueOf } from './json/value.ts'
import type { Patch } from './model.ts'

/** More than any patch of 256 units takes. */
export const PATCH_CHARACTERS = 2_000_000

export interface Place {
  /** From 1. */
  readonly line: number
  readonly column: number
  /** Of the value in the text. */
  readonly start: number
  readonly end: number
}

/** Short lists and objects on one line, everything else indented by two. */
export function patchText(patch: Patch): string {
  return `${written(patch, '')}\n`
}

const LINE = 96

function written(value: unknown, indent: string): string {
  const short = JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return short
  const entries = Array.isArray(value)
    ? value.map((inner) => written(inner, `${indent}  `))
    : Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => `${JSON.stringify(key)}: ${written(inner, `${indent}  `)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }']
  const line = entries.length === 0 ? short : `${open}${entries.join(', ')}${close}`
  if (indent !== '' && !line.includes('\n') && indent.length + line.length <= LINE) return line
  return `${open.trim()}\n${entries.map((entry) => `${indent}  ${entry}`).join(',\n')}\n${indent}${close.trim()}`
}

export interface PatchSource {
  readonly value: unknown
  /** The value under the pointer, or the nearest that holds it. */
  placeOf(pointer: string): Place
}

/** Strict JSON. Throws `parse-failed` that says line and column, `limit-exceeded`. */
export function readPatchText(text: string): PatchSource {
  if (text.length > PATCH_CHARACTERS)
    throw new SoundloomError('limit-exceeded', 'This text is too long for a patch.', { value: text.length })
  const document = new JsonDocument(text)
  const { source, root } = document
  const fail = (offset: number, why: string): never => {
    const { line, column } = document.positionAt(Math.min(offset, text.length))
    throw new SoundloomError('parse-failed', `Line ${String(line)}:${String(column)}: ${why}.`, {
      field: '',
      value: `${String(line)}:${String(column)}`,
      hint: 'Mend the text there; what plays stays as it is.',
    })
  }
  if (source.stopped === 'empty' || !root) return fail(0, 'there is no patch')
  const [note] = [...source.notes].sort((a, b) => a.offset - b.offset)
  if (note && (source.stopped === 'end' || note.offset < source.stoppedAt)) fail(note.offset, NOTE_TEXT[note.code])
  if (source.stopped !== 'end')
    fail(source.stoppedAt, source.stopped === 'truncated' ? 'the text ends inside a value' : 'this is no JSON')
  return { value: valueOf(root), placeOf: (pointer) => placeIn(root, pointer) }
}

function placeIn(root: JsonNode, pointer: string): Place {
  let node = root
  for (const step of pointer.split('/').slice(1)) {
    const next = node.get(step.replaceAll('~1', '/').replaceAll('~0', '~'))
    if (!next) break
    node = next
  }
  return { ...node.position(), start: node.start, end: node.end }
}
