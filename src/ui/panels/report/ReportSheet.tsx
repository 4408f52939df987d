// The import report: counts, each cause with its lines, sources and fixes, what was imported (main thread).
import { useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ImportReport } from '../../../presets/report.ts'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { Sheet } from '../../controls/Sheet.tsx'
import { SongSections } from '../sounds/SongSections.tsx'
import { CauseGroup } from './CauseGroup.tsx'
import { causes, sizeText } from './causes.ts'
import { ImportedTiles } from './ImportedTiles.tsx'

export function ReportSheet() {
  const { reports, openReport } = usePorts()
  const open = useStore(reports, (state) => state.open)
  const all = useStore(reports, (state) => state.reports)
  const report = all.find(({ id }) => id === open)
  if (!report) return null
  return (
    <ReportBody key={report.id} report={report} onClose={() => openReport(null)}>
      {all.length > 1 && (
        <OptionMenu
          name="Report of"
          value={report.id}
          options={all.map(({ id, file }) => ({ id, label: file.name }))}
          onChange={openReport}
        />
      )}
    </ReportBody>
  )
}

interface ReportBodyProps {
  readonly report: ImportReport
  readonly onClose: () => void
  /** Beside the title. */
  readonly children: ReactNode
}

function ReportBody({ report, onClose, children }: ReportBodyProps) {
  const { run, reportText, sounds } = usePorts()
  const allSongs = useStore(sounds, (state) => state.songs)
  const songs = allSongs.filter(({ name }) => name === report.file.name)
  const { file, counts, error, stored, readMilliseconds } = report
  const groups = useMemo(() => causes(report), [report])
  const already = counts.alreadyHere + counts.repeated
  const summary = `${file.name}, ${sizeText(file.bytes)}, read in ${Math.round(readMilliseconds)} ms. ${report.title}. ${report.summary}`
  const listed = report.details.length
  const total = Object.values(counts.lines).reduce((sum, count) => sum + count, 0)
  return (
    <Sheet title="Import report" summary={summary} beside={children} wide onClose={onClose}>
      <dl className="sums">
        <Sum
          count={counts.imported}
          label={counts.imported === 1 ? 'sound imported' : 'sounds imported'}
          note={already > 0 ? `${already} already here` : undefined}
        />
        <Sum count={counts.values} label="values understood" />
        <Sum count={counts.warnings} label={counts.warnings === 1 ? 'warning' : 'warnings'} tone="warn" />
        <Sum count={counts.errors} label={counts.errors === 1 ? 'error' : 'errors'} tone="bad" />
      </dl>
      <div className="sheet-scroll scroll" tabIndex={0} role="region" aria-label="What was changed">
        {error && (
          <p className="iss-error">
            <b>{error.message}</b> {error.hint}
          </p>
        )}
        {groups.map((group) => (
          <CauseGroup key={group.cause} group={group} reportId={report.id} />
        ))}
        {total > listed && (
          <p className="cap iss-more">
            {listed} of {total.toLocaleString('en')} lines are shown here. The download has all of them.
          </p>
        )}
        {songs.length > 0 && <SongSections songs={songs} open />}
        <ImportedTiles presetIds={report.presetIds} />
      </div>
      <div className="pfoot">
        <span className="cap grow">
          {stored === 'memory'
            ? 'This browser refuses storage: the sounds are kept until the page closes.'
            : 'The original file is kept beside the sounds, unchanged.'}
        </span>
        {counts.imported > 0 && (
          <Button
            large
            onClick={() => {
              void run('library.undoImport', { reportId: report.id })
              onClose()
            }}
          >
            Undo import
          </Button>
        )}
        <Button
          large
          onClick={() => void reportText(report.id, 'text').then((text) => navigator.clipboard.writeText(text ?? ''))}
        >
          Copy
        </Button>
        <Button
          large
          onClick={() =>
            void reportText(report.id, 'json').then((text) => download(`${file.name}.report.json`, text ?? ''))
          }
        >
          Download
        </Button>
        <Button large look="primary" autoFocus onClick={onClose}>
          Done
        </Button>
      </div>
    </Sheet>
  )
}

interface SumProps {
  readonly count: number
  readonly label: string
  readonly note?: string | undefined
  readonly tone?: 'warn' | 'bad'
}

function Sum({ count, label, note, tone }: SumProps) {
  return (
    <div className={count > 0 && tone ? tone : ''}>
      <dd>{count.toLocaleString('en')}</dd>
      <dt className="cap">
        {label}
        {note && `, ${note}`}
      </dt>
    </div>
  )
}

function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
