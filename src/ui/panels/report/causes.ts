// Groups the detailed lines of a report by cause (any thread).
import type { DetailedLine, ImportReport, ReportGroup } from '../../../presets/report.ts'

export interface NumberedLine extends DetailedLine {
  /** Position in the report's details: what `library.fix` names. */
  readonly index: number
}

export interface Cause extends ReportGroup {
  readonly lines: readonly NumberedLine[]
}

/** Every cause of the report in its order, each with the lines that were detailed. */
export function causes(report: ImportReport): Cause[] {
  const byCause = new Map<string, NumberedLine[]>()
  report.details.forEach((line, index) => {
    const key = `${line.kind} ${line.cause}`
    byCause.set(key, [...(byCause.get(key) ?? []), { ...line, index }])
  })
  return report.groups.map((group) => ({ ...group, lines: byCause.get(`${group.kind} ${group.cause}`) ?? [] }))
}

/** "25 KB", as the operating systems write it. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** The last steps of a JSON pointer, readable: `/groups/Pad/filter/cutoff` -> `filter.cutoff`. */
export const shortPointer = (pointer: string): string => pointer.split('/').slice(-2).join('.')
