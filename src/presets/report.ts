// The import report: what a file held and what became of each value (any thread; made in the import worker).
import type { PlainValue } from './model.ts'

/**
 * `changed`: used, but not as written. `guessed`: the file does not say how to read it. `dropped`: not used.
 * `approximated`: stands in for something that is not built. `tolerated`: not JSON, read anyway. `refused`: a sound is not imported.
 */
export type LineKind = 'changed' | 'guessed' | 'dropped' | 'approximated' | 'tolerated' | 'refused'

/** `note`: nothing to do; `warning`: the sound differs from what its file says; `error`: something is missing from the library. */
export type Severity = 'note' | 'warning' | 'error'

/** A way out: sets `value` at the line's target. */
export interface ReportFix {
  readonly label: string
  readonly value: PlainValue
}

export interface ReportLine {
  readonly kind: LineKind
  readonly severity: Severity
  /** Lines of one cause are grouped; stable, for example `range` or `filter.cutoff/word`. */
  readonly cause: string
  /** '' where the line is about the file. */
  readonly preset: string
  readonly pointer: string
  /** One-based. */
  readonly line: number
  readonly column: number
  readonly found: string
  readonly used: string
  readonly why: string
}

/** A line with its source lines, and ways out where there are some. */
export interface DetailedLine extends ReportLine {
  /** The line of the file and its neighbours; null for remarks about the whole file. */
  readonly source: { readonly firstLine: number; readonly lines: readonly string[] } | null
  /** The value of the imported preset that the line is about: what a fix, or "Set a value", sets. Null: nothing to set. */
  readonly target: { readonly presetId: string; readonly key: string } | null
  readonly fixes: readonly ReportFix[]
}

export interface ReportGroup {
  readonly cause: string
  readonly kind: LineKind
  readonly severity: Severity
  readonly why: string
  readonly count: number
  /** The first presets concerned, at most 8. */
  readonly presets: readonly string[]
}

export interface ReportCounts {
  /** Instruments that the file holds. */
  readonly found: number
  readonly imported: number
  /** Were in the library before this import. */
  readonly alreadyHere: number
  /** The same sound twice in this drop. */
  readonly repeated: number
  readonly refused: number
  readonly approximated: number
  /** Values understood, changed ones included. */
  readonly values: number
  readonly lines: Readonly<Record<LineKind, number>>
  readonly warnings: number
  readonly errors: number
}

export interface ReportError {
  readonly code: 'parse-failed' | 'unsupported-format' | 'limit-exceeded' | 'cancelled' | 'internal'
  readonly message: string
  readonly field?: string
  readonly hint: string
}

export interface ImportReport {
  readonly version: 1
  /** Random-free: the file's SHA-256, or its name and size where it was not read. */
  readonly id: string
  readonly file: {
    readonly name: string
    readonly bytes: number
    readonly encoding: string
    readonly layouts: readonly string[]
  }
  /** One line of fact: "24 sounds imported, 3 warnings". */
  readonly title: string
  /** One line of consequence. */
  readonly summary: string
  readonly counts: ReportCounts
  /** Why nothing could be read. */
  readonly error?: ReportError
  /** All causes, the most serious and frequent first. */
  readonly groups: readonly ReportGroup[]
  /** The first lines in detail, warnings and errors before notes. */
  readonly details: readonly DetailedLine[]
  /** Presets that the file names, imported or already here, in file order. */
  readonly presetIds: readonly string[]
  readonly readMilliseconds: number
  /** `kept` only after the library has committed. */
  readonly stored?: 'kept' | 'memory'
}

/** All lines of a report, from the JSON Lines that the import keeps beside it. */
export function reportLines(allLines: Uint8Array): ReportLine[] {
  const text = new TextDecoder().decode(allLines)
  if (text === '') return []
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ReportLine)
}

/** The whole report as JSON, for the download. */
export function reportToJson(report: ImportReport, allLines: Uint8Array): string {
  const { details: _details, ...head } = report
  return `${JSON.stringify({ ...head, lines: reportLines(allLines) }, null, 2)}\n`
}

/** The whole report as text, for reading and for the clipboard. */
export function reportToText(report: ImportReport, allLines: Uint8Array): string {
  const head = [report.file.name, report.title, report.summary, '']
  const lines = reportLines(allLines).map((line) => {
    const place = line.line > 0 ? `${String(line.line)}:${String(line.column)} ` : ''
    const used = line.used === '' ? '' : ` -> ${line.used}`
    return `${line.severity.padEnd(8)}${place}${line.preset || '(file)'} ${line.pointer}: ${line.found}${used} (${line.why})`
  })
  return [...head, ...lines, ''].join('\n')
}
