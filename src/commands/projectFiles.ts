// Project files among what is dropped: each opens as a new project, and is reported as any file is (main thread).
import { asSoundloomError, SoundloomError } from '../params/error.ts'
import { LIMITS } from '../presets/limits.ts'
import type { ImportReport, ReportError } from '../presets/report.ts'
import { newId } from '../project/document.ts'
import { looksLikeProject, readProjectText } from '../project/text.ts'
import { keepEmbedded } from './embedded.ts'
import type { CommandContext } from './context.ts'
import { openFresh } from './openProject.ts'

/** Enough to tell a project file from a preset file. */
const HEAD_BYTES = 256

const isProject = async (file: File): Promise<boolean> =>
  looksLikeProject(
    await file
      .slice(0, HEAD_BYTES)
      .text()
      .catch(() => ''),
  )

const OWN_PRESETS = /^\s*\{\s*"format"\s*:\s*"soundloom\.presets"/

/** Our own preset files bring their recordings: they are kept, and the sounds go on without them. */
export async function unpackPresets({ assets }: CommandContext, files: readonly File[]): Promise<File[]> {
  return Promise.all(
    files.map(async (file) => {
      if (file.size > LIMITS.fileBytes || !OWN_PRESETS.test(await file.slice(0, HEAD_BYTES).text())) return file
      const text = await file.text()
      const plain = await keepEmbedded(text, assets)
      return plain === text ? file : new File([plain], file.name, { type: file.type })
    }),
  )
}

export async function splitProjects(files: readonly File[]): Promise<{ projects: File[]; presets: File[] }> {
  const known = await Promise.all(files.map(isProject))
  return { projects: files.filter((_, index) => known[index]), presets: files.filter((_, index) => !known[index]) }
}

const NONE = {
  found: 0,
  imported: 0,
  alreadyHere: 0,
  repeated: 0,
  refused: 0,
  approximated: 0,
  values: 0,
  lines: { changed: 0, guessed: 0, dropped: 0, approximated: 0, tolerated: 0, refused: 0 },
  warnings: 0,
  errors: 0,
} as const

const ERROR_CODES: readonly string[] = ['parse-failed', 'unsupported-format', 'limit-exceeded', 'cancelled']
const reportError = (thrown: unknown): ReportError => {
  const { code, message, field, hint } = asSoundloomError(thrown)
  const told = (ERROR_CODES.includes(code) ? code : 'internal') as ReportError['code']
  return { code: told, message, hint, ...(field !== undefined && { field }) }
}

/** The report of a file that is no preset file. */
function fileReport(
  file: File,
  startMs: number,
  layout: 'project' | null,
  title: string,
  summary: string,
  error?: ReportError,
): ImportReport {
  return {
    version: 1,
    id: `file-${newId()}`,
    file: { name: file.name, bytes: file.size, encoding: 'utf-8', layouts: layout ? [layout] : [] },
    title,
    summary,
    counts: NONE,
    ...(error && { error }),
    groups: [],
    details: [],
    presetIds: [],
    readMilliseconds: performance.now() - startMs,
  }
}

/** Says in a notice and in its report why nothing came of a file. */
export function refusedFile({ notices }: CommandContext, file: File, startMs: number, thrown: unknown): ImportReport {
  const error = reportError(thrown)
  const fact = `${file.name}: ${error.message.replace(/\.$/, '')}`
  notices.show({ kind: 'error', fact, consequence: error.hint })
  return fileReport(file, startMs, null, fact, error.hint, error)
}

/** Never rejects: what went wrong is in the report and in a notice. */
export async function openProjectFile(context: CommandContext, file: File): Promise<ImportReport> {
  const startMs = performance.now()
  const report = (title: string, summary: string, error?: ReportError): ImportReport =>
    fileReport(file, startMs, 'project', title, summary, error)
  try {
    if (file.size > LIMITS.fileBytes)
      throw new SoundloomError(
        'limit-exceeded',
        `${file.name} is larger than ${String(LIMITS.fileBytes / 2 ** 20)} MB.`,
      )
    const project = await openFresh(context, readProjectText(await keepEmbedded(await file.text(), context.assets)))
    const fact = `${project.name}: opened as a new project`
    context.notices.show({ kind: 'ok', fact, consequence: 'The project that was open before is saved.' })
    return report(fact, `${String(project.tracks.length)} tracks`)
  } catch (thrown) {
    const error = reportError(thrown)
    const fact = `${file.name}: the project was not opened`
    context.notices.show({ kind: 'error', fact, consequence: `${error.message} ${error.hint}` })
    return report(fact, error.message, error)
  }
}
