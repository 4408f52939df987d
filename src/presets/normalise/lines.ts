// Collects the lines of one file's report: groups by cause, the first ones in detail, all as bytes (import worker).
import type { JsonDocument, JsonNode } from '../json/node.ts'
import { LIMITS } from '../limits.ts'
import type { DetailedLine, LineKind, ReportGroup, ReportLine, Severity } from '../report.ts'

export interface LineInput {
  readonly kind: LineKind
  readonly severity: Severity
  readonly cause: string
  readonly preset?: string
  /** Where in the file; absent for lines about the whole file. */
  readonly node?: JsonNode
  readonly offset?: number
  readonly found: string
  readonly used: string
  readonly why: string
  readonly target?: DetailedLine['target']
  readonly fixes?: DetailedLine['fixes']
}

interface GroupState {
  kind: LineKind
  severity: Severity
  why: string
  count: number
  presets: string[]
}

/** A hostile file must not make a cause of every value. */
const MAX_GROUPS = 300
const OTHER = 'other'

const SERIOUS: readonly Severity[] = ['error', 'warning', 'note']

export class Lines {
  readonly counts: Record<LineKind, number> = {
    changed: 0,
    guessed: 0,
    dropped: 0,
    approximated: 0,
    tolerated: 0,
    refused: 0,
  }
  warnings = 0
  errors = 0
  private total = 0
  private readonly document: JsonDocument | null
  private readonly groups = new Map<string, GroupState>()
  private readonly detailed: Record<Severity, DetailedLine[]> = { error: [], warning: [], note: [] }
  private readonly encoder = new TextEncoder()
  private chunks: Uint8Array[] = []
  private pending: string[] = []

  constructor(document: JsonDocument | null) {
    this.document = document
  }

  add(input: LineInput): void {
    this.total += 1
    this.counts[input.kind] += 1
    if (input.severity === 'warning') this.warnings += 1
    if (input.severity === 'error') this.errors += 1
    this.group(input)
    if (this.total > LIMITS.reportLines) return
    const offset = input.node?.start ?? input.offset
    const place = offset !== undefined && this.document ? this.document.positionAt(offset) : { line: 0, column: 0 }
    const line: ReportLine = {
      kind: input.kind,
      severity: input.severity,
      cause: input.cause,
      preset: input.preset ?? '',
      pointer: input.node?.pointer().slice(0, 400) ?? '',
      ...place,
      found: input.found,
      used: input.used,
      why: input.why,
    }
    this.pending.push(JSON.stringify(line))
    if (this.pending.length === 1000) this.flush()
    const details = this.detailed[input.severity]
    if (details.length >= LIMITS.detailedLines) return
    details.push({
      ...line,
      source: place.line > 0 && this.document ? sourceAround(this.document, place.line, place.column) : null,
      target: input.target ?? null,
      fixes: input.fixes ?? [],
    })
  }

  details(): DetailedLine[] {
    return SERIOUS.flatMap((severity) => this.detailed[severity]).slice(0, LIMITS.detailedLines)
  }

  causes(): ReportGroup[] {
    const list = [...this.groups].map(([cause, state]) => ({ cause, ...state }))
    return list.sort(
      (a, b) =>
        SERIOUS.indexOf(a.severity) - SERIOUS.indexOf(b.severity) || b.count - a.count || (a.cause < b.cause ? -1 : 1),
    )
  }

  bytes(): Uint8Array {
    this.flush()
    const all = new Uint8Array(this.chunks.reduce((sum, chunk) => sum + chunk.length, 0))
    let at = 0
    for (const chunk of this.chunks) {
      all.set(chunk, at)
      at += chunk.length
    }
    return all
  }

  private group(input: LineInput): void {
    const cause = this.groups.size < MAX_GROUPS ? input.cause : OTHER
    const state = this.groups.get(input.cause) ?? this.groups.get(cause)
    if (!state) {
      const presets = input.preset ? [input.preset] : []
      this.groups.set(cause, { kind: input.kind, severity: input.severity, why: input.why, count: 1, presets })
      return
    }
    state.count += 1
    if (SERIOUS.indexOf(input.severity) < SERIOUS.indexOf(state.severity)) state.severity = input.severity
    if (input.preset && state.presets.length < 8 && !state.presets.includes(input.preset))
      state.presets.push(input.preset)
  }

  private flush(): void {
    if (this.pending.length === 0) return
    this.chunks.push(this.encoder.encode(`${this.pending.join('\n')}\n`))
    this.pending = []
  }
}

/** The line and its two neighbours; long lines are cut around the column. */
function sourceAround(document: JsonDocument, line: number, column: number): { firstLine: number; lines: string[] } {
  const firstLine = Math.max(1, line - 1)
  const lastLine = Math.min(document.lineCount(), line + 1)
  const lines = []
  for (let at = firstLine; at <= lastLine; at++) lines.push(document.lineText(at, at === line ? column : 1))
  return { firstLine, lines }
}
