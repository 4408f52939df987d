// A dropped file -> presets, song sections and a report (import worker; pure, also used by tests). Never throws but `cancelled`.
import { detectLayout, type Candidate, type LayoutId } from './detect/layout.ts'
import { canonicalSource, importedId, sha256Hex } from './identity.ts'
import { decodeText } from './json/decode.ts'
import { JsonDocument } from './json/node.ts'
import { fileKind } from './kinds.ts'
import { LIMITS } from './limits.ts'
import type { Preset } from './model.ts'
import { normaliseInstrument } from './normalise/instrument.ts'
import { Lines } from './normalise/lines.ts'
import { contentOf, readOwnPreset } from './own.ts'
import type { ImportReport, ReportError } from './report.ts'
import { readSections, type SongSections } from './sections.ts'
import { ImportSession } from './session.ts'
import { checkCandidate, finishReport, remarkStop, remarkTolerated, type Tally } from './summary.ts'

export interface DroppedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ImportResult {
  /** New sounds, in file order; empty where `onBatch` took them. */
  readonly presets: readonly Preset[]
  /** Sounds that were known or came before in this drop: the library adds this file to their sources. */
  readonly repeats: readonly { readonly presetId: string; readonly fileName: string; readonly pointer: string }[]
  readonly sections: SongSections | null
  readonly report: ImportReport
  /** Every line of the report as JSON Lines in UTF-8, for the download. */
  readonly allLines: Uint8Array
}

export interface ImportOptions {
  readonly session?: ImportSession
  /** Takes presets as they come, at most 100 at a time. */
  readonly onBatch?: (presets: readonly Preset[]) => void
}

const BATCH = 100

export async function importText(name: string, text: string, options: ImportOptions = {}): Promise<ImportResult> {
  return importBytes({ name, bytes: new TextEncoder().encode(text) }, options)
}

/** A refusal by size, before reading; null: the file may be read. */
export function refuseBySize(name: string, size: number): ImportResult | null {
  if (size <= LIMITS.fileBytes) return null
  const megabytes = Math.round(size / 2 ** 20)
  return failure(name, size, `size-${String(size)}`, {
    code: 'limit-exceeded',
    message: `${name} has ${String(megabytes)} MB; files up to ${String(LIMITS.fileBytes / 2 ** 20)} MB are read`,
    hint: 'Split it into smaller files.',
  })
}

/** A refusal of a file that the browser could not read. */
export function refuseUnreadable(name: string, size: number): ImportResult {
  const hint = 'It may have been moved or deleted; drop it again.'
  return failure(name, size, `unread-${String(size)}`, {
    code: 'parse-failed',
    message: `${name} could not be read`,
    hint,
  })
}

/** A report for a file on which the importer itself failed. */
export function refuseBroken(name: string, size: number, error: unknown): ImportResult {
  const message = `${name} could not be imported: ${error instanceof Error ? error.message : String(error)}`
  return failure(name, size, `failed-${String(size)}`, {
    code: 'internal',
    message,
    hint: 'Please report it with the file.',
  })
}

export async function importBytes(file: DroppedFile, options: ImportOptions = {}): Promise<ImportResult> {
  const started = performance.now()
  const refused = refuseBySize(file.name, file.bytes.length)
  if (refused) return refused
  const hash = (await sha256Hex(file.bytes)).slice(0, 16)
  const unreadable = kindError(file)
  if (unreadable) return failure(file.name, file.bytes.length, hash, unreadable)
  const session = options.session ?? new ImportSession()
  session.poll()
  session.names.clear()
  const decoded = decodeText(file.bytes, session.poll)
  const document = new JsonDocument(decoded.text, session.poll)
  const lines = new Lines(document)
  remarkTolerated(lines, document, decoded)
  const { root, source } = document
  const tally: Tally = {
    found: 0,
    imported: 0,
    alreadyHere: 0,
    repeated: 0,
    refused: 0,
    approximated: 0,
    values: 0,
    overLimit: 0,
  }
  const batch = new Batches(options.onBatch)
  const repeats: ImportResult['repeats'][number][] = []
  const ids: string[] = []
  const layouts = new Set<LayoutId>()
  let sections: SongSections | null = null
  if (root && source.stopped !== 'empty') {
    const detection = detectLayout(root, file.name)
    for (const layout of detection.layouts) layouts.add(layout)
    for (const candidate of detection.candidates) {
      session.poll()
      tally.found += 1
      layouts.add(candidate.layout)
      await takeCandidate(candidate, file.name, session, lines, tally, batch, repeats, ids)
    }
    for (const { node, cause, why } of detection.leftovers) {
      lines.add({ kind: 'dropped', severity: 'note', cause, node, found: String(node.key), used: '', why })
    }
    if (detection.sections) {
      sections = { id: `song-${hash}`, fileName: file.name, sections: readSections(detection.sections) }
    }
    if (layouts.has('guessed') && tally.found > 0) {
      const why =
        'not one of the known layouts: everything with an oscillator or strings and an envelope is taken as a sound'
      lines.add({
        kind: 'guessed',
        severity: 'warning',
        cause: 'layout',
        node: root,
        found: 'unknown layout, guessed',
        used: '',
        why,
      })
    }
  }
  batch.flush()
  remarkStop(lines, document, tally)
  const report = finishReport({
    id: `rep-${hash}`,
    file: { name: file.name, bytes: file.bytes.length, encoding: decoded.encoding, layouts: [...layouts] },
    document,
    lines,
    tally,
    presetIds: ids,
    sections: sections?.sections.length ?? 0,
    readMilliseconds: performance.now() - started,
  })
  return { presets: batch.kept, repeats, sections, report, allLines: lines.bytes() }
}

class Batches {
  readonly kept: Preset[] = []
  private pending: Preset[] = []
  private readonly take: ((presets: readonly Preset[]) => void) | undefined

  constructor(take: ((presets: readonly Preset[]) => void) | undefined) {
    this.take = take
  }

  add(preset: Preset): void {
    if (!this.take) this.kept.push(preset)
    else if (this.pending.push(preset) === BATCH) this.flush()
  }

  flush(): void {
    if (this.take && this.pending.length > 0) this.take(this.pending)
    this.pending = []
  }
}

async function takeCandidate(
  candidate: Candidate,
  fileName: string,
  session: ImportSession,
  lines: Lines,
  tally: Tally,
  batch: Batches,
  repeats: ImportResult['repeats'][number][],
  ids: string[],
): Promise<void> {
  if (session.remaining === 0) {
    tally.refused += 1
    tally.overLimit += 1
    return
  }
  if (!checkCandidate(candidate, lines)) {
    tally.refused += 1
    return
  }
  const own = candidate.layout === 'own' ? readOwnPreset(candidate, fileName, lines) : undefined
  if (own === null) {
    tally.refused += 1
    return
  }
  const canonical = own ? contentOf(own) : canonicalSource(candidate.name, candidate.node)
  const id = (own && (await session.equalTo(own))) ?? (await importedId(canonical))
  ids.push(id)
  const before = session.seen.get(id)
  if (before !== undefined || session.known.has(id)) {
    if (session.known.has(id)) tally.alreadyHere += 1
    else tally.repeated += 1
    repeats.push({ presetId: id, fileName, pointer: candidate.node.pointer() })
    const why = session.known.has(id)
      ? 'this sound is already here'
      : `the same sound as in ${before ?? ''}: shown once, with both sources`
    const cause = session.known.has(id) ? 'already-here' : 'repeated'
    lines.add({
      kind: 'dropped',
      severity: 'note',
      cause,
      preset: candidate.name,
      node: candidate.node,
      found: candidate.name,
      used: id,
      why,
    })
    return
  }
  session.seen.set(id, fileName)
  if (session.names.has(candidate.name)) {
    const why = 'another sound of this file has the same name: both are kept'
    const found = { found: candidate.name, used: candidate.name }
    lines.add({
      kind: 'changed',
      severity: 'note',
      cause: 'same-name',
      preset: candidate.name,
      node: candidate.node,
      ...found,
      why,
    })
  }
  session.names.add(candidate.name)
  session.remaining -= 1
  tally.imported += 1
  if (own) {
    batch.add({ ...own, id })
    return
  }
  const { preset, understood } = normaliseInstrument(candidate, id, fileName, lines)
  tally.values += understood
  if (preset.approximated) tally.approximated += 1
  batch.add(preset)
}

function kindError(file: DroppedFile): ReportError | null {
  if (file.bytes.length === 0) {
    return { code: 'parse-failed', message: `${file.name} is empty`, hint: 'Drop a preset file in JSON.' }
  }
  const kind = fileKind(file.name, file.bytes.subarray(0, 64))
  if (kind === 'text') return null
  const nouns = { midi: 'MIDI', audio: 'Audio', image: 'An image', binary: 'This kind of file' } as const
  const what =
    kind === 'midi' || kind === 'audio'
      ? `${nouns[kind]} is not supported yet; nothing was changed`
      : `${nouns[kind]} is not a preset file; nothing was changed`
  return { code: 'unsupported-format', message: what, hint: 'Drop a preset file in JSON.' }
}

function failure(name: string, bytes: number, hash: string, error: ReportError): ImportResult {
  const tally: Tally = {
    found: 0,
    imported: 0,
    alreadyHere: 0,
    repeated: 0,
    refused: 0,
    approximated: 0,
    values: 0,
    overLimit: 0,
  }
  const report = finishReport({
    id: `rep-${hash}`,
    file: { name, bytes, encoding: '', layouts: [] },
    document: null,
    lines: new Lines(null),
    tally,
    presetIds: [],
    sections: 0,
    readMilliseconds: 0,
    error,
  })
  return { presets: [], repeats: [], sections: null, report, allLines: new Uint8Array() }
}
