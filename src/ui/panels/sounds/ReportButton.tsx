// Opens the report of the newest import again (main thread).
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'

export function ReportButton() {
  const { reports, openReport } = usePorts()
  const newest = useStore(reports, (state) => state.reports[0])
  if (!newest) return null
  return (
    <IconButton
      icon="info"
      name="Import report"
      tip={`Report of ${newest.file.name}: ${newest.title}`}
      onClick={() => openReport(newest.id)}
    />
  )
}
