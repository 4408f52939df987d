// Remarks about a whole file, and the head of its report (import worker).
import type { Candidate } from './detect/layout.ts'
import type { DecodedText } from './json/decode.ts'
import type { JsonDocument } from './json/node.ts'
import { NOTE_TEXT } from './json/notes.ts'
import { LIMITS } from './limits.ts'
import type { Lines } from './normalise/lines.ts'
import type { ImportReport, ReportError } from './report.ts'
import { sectionKey } from './rules/keys.ts'

export interface Tally {
  found: number
  imported: number
  alreadyHere: number
  repeated: number
  refused: number
  approximated: number
  values: number
  /** Refused because the drop held too many. */
  overLimit: number
}

/** What decoder and parser accepted although it is not JSON. */
export function remarkTolerated(lines: Lines, document: JsonDocument, decoded: DecodedText): void {
  const tolerated = (
    cause: string,
    offset: number,
    found: string,
    why: string,
    severity: 'note' | 'warning' = 'note',
  ): void => lines.add({ kind: 'tolerated', severity, cause, offset, found, used: '', why })
  if (decoded.bom) tolerated('byte-order-mark', 0, 'byte order mark', 'a byte order mark before the text was skipped')
  if (decoded.encoding !== 'utf-8') tolerated('encoding', 0, decoded.encoding, 'JSON is UTF-8; read all the same')
  if (decoded.replaced)
    tolerated('encoding', 0, 'broken characters', 'bytes that are no characters were replaced', 'warning')
  for (const note of document.source.notes) {
    const { line, column } = document.positionAt(note.offset)
    const found =
      note.count > 1
        ? `${String(note.count)} times, first at ${String(line)}:${String(column)}`
        : document.lineText(line, column, 60).trim()
    const lost = note.code === 'too-deep' || note.code === 'long-string' || note.code === 'unknown-word'
    tolerated(`json/${note.code}`, note.offset, found, NOTE_TEXT[note.code], lost ? 'warning' : 'note')
  }
}

/** Where reading stopped before the end, and sounds beyond the limit. */
export function remarkStop(lines: Lines, document: JsonDocument, tally: Tally): void {
  const { stopped, stoppedAt } = document.source
  const why = {
    truncated: 'the file ends in the middle of a value: everything that was closed before is kept',
    syntax: 'not readable from here on: everything that was closed before is kept',
    'too-many-values': `more than ${String(LIMITS.nodes)} values: the rest is not read`,
  }
  if (stopped !== 'end' && stopped !== 'empty') {
    const { line, column } = document.positionAt(stoppedAt)
    const found = document.lineText(line, column, 60).trim() || 'the end of the file'
    lines.add({
      kind: 'refused',
      severity: 'error',
      cause: `json/${stopped}`,
      offset: stoppedAt,
      found,
      used: '',
      why: why[stopped],
    })
  }
  if (tally.overLimit > 0) {
    const found = `${String(tally.overLimit)} sounds`
    const reason = `a drop takes ${String(LIMITS.presetsPerDrop)} sounds: the others are refused`
    lines.add({ kind: 'refused', severity: 'error', cause: 'too-many-sounds', found, used: '', why: reason })
  }
}

const SOUND_PARTS: readonly string[] = ['oscillator', 'strings', 'envelope', 'filter', 'fx', 'synthesis_type']

/** Whether a candidate can become a sound; else a line says why not. */
export function checkCandidate({ name, node, layout }: Candidate, lines: Lines): boolean {
  const refuse = (cause: string, why: string): false => {
    lines.add({ kind: 'refused', severity: 'error', cause, preset: name, node, found: node.raw(), used: '', why })
    return false
  }
  if (node.kind !== 'object') return refuse('not-a-sound', 'a sound is an object')
  if (!node.closed) return refuse('cut-off', 'the file ends inside this sound')
  if (layout === 'own' || node.entries().some((entry) => SOUND_PARTS.includes(sectionKey(entry.key)))) return true
  return refuse('not-a-sound', 'nothing in it makes a sound: no oscillator, strings, envelope or filter')
}

const plural = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`

export function finishReport(input: {
  readonly id: string
  readonly file: ImportReport['file']
  readonly document: JsonDocument | null
  readonly lines: Lines
  readonly tally: Tally
  readonly presetIds: readonly string[]
  readonly sections: number
  readonly readMilliseconds: number
  readonly error?: ReportError
}): ImportReport {
  const { lines, tally, file } = input
  const nothing = tally.found === 0 && input.sections === 0
  const error = input.error ?? (nothing ? emptyError(file.name, input.document) : undefined)
  const { overLimit: _overLimit, ...counts } = tally
  return {
    version: 1,
    id: input.id,
    file,
    title: error ? error.message : titleOf(tally, input.sections, lines.warnings, lines.errors),
    summary: error ? error.hint : summaryOf(tally),
    counts: { ...counts, lines: lines.counts, warnings: lines.warnings, errors: lines.errors },
    ...(error ? { error } : {}),
    groups: lines.causes(),
    details: lines.details(),
    presetIds: input.presetIds,
    readMilliseconds: Math.round(input.readMilliseconds),
  }
}

function titleOf(tally: Tally, sections: number, warnings: number, errors: number): string {
  const parts = []
  if (tally.imported > 0 || (tally.found > 0 && tally.alreadyHere + tally.repeated === 0))
    parts.push(`${plural(tally.imported, 'sound')} imported`)
  if (tally.alreadyHere > 0) parts.push(`${String(tally.alreadyHere)} already here`)
  if (tally.repeated > 0) parts.push(`${String(tally.repeated)} repeated`)
  if (sections > 0) parts.push(plural(sections, 'song section'))
  if (tally.refused > 0) parts.push(`${String(tally.refused)} refused`)
  if (warnings > 0) parts.push(plural(warnings, 'warning'))
  if (errors > 0 && tally.refused === 0) parts.push(plural(errors, 'error'))
  return parts.join(', ')
}

function summaryOf(tally: Tally): string {
  const refused = tally.refused === 0 ? 'Nothing was refused.' : `${plural(tally.refused, 'sound')} could not be used.`
  const approximated =
    tally.approximated === 0
      ? ''
      : ` ${plural(tally.approximated, 'sound')} ${tally.approximated === 1 ? 'is' : 'are'} approximated.`
  return `${refused}${approximated}`
}

function emptyError(name: string, document: JsonDocument | null): ReportError {
  const hint = 'Drop a preset file in JSON.'
  if (!document || document.source.stopped === 'empty')
    return { code: 'parse-failed', message: `${name} is empty`, hint }
  if (document.source.stopped === 'syntax' || document.source.stopped === 'truncated') {
    const { line, column } = document.positionAt(document.source.stoppedAt)
    const verb = document.source.stopped === 'syntax' ? 'is not JSON' : 'ends'
    return {
      code: 'parse-failed',
      message: `${name} ${verb} at line ${String(line)}, column ${String(column)}; no sound was found before`,
      field: '',
      hint,
    }
  }
  if (document.root?.kind === 'bad') {
    return {
      code: 'parse-failed',
      message: `${name} is not JSON: it starts with "${document.root.raw(20)}"`,
      field: '',
      hint,
    }
  }
  if (document.root && document.root.kind !== 'object' && document.root.kind !== 'array') {
    return {
      code: 'parse-failed',
      message: `${name} is not a preset file: it holds ${document.root.raw(40)}`,
      field: '',
      hint,
    }
  }
  return {
    code: 'unsupported-format',
    message: `${name} holds no sound`,
    field: '',
    hint: 'A sound has an oscillator or strings, and an envelope.',
  }
}
