// The middle of the page: the song, or the first-run page while the project has no track (main thread).
import { Suspense, useState } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { usePresetDrop } from '../panels/drop/usePresetDrop.ts'
import { Empty } from './Empty.tsx'
import { ArrangementPanel } from './later.ts'

export function Middle() {
  const { project, run } = usePorts()
  const id = useStore(project, (state) => state.id)
  const filled = useStore(project, ({ tracks }) => tracks.length > 0)
  // Who removes the last track is still in the arrangement.
  const [arrangedId, setArrangedId] = useState<string | null>(null)
  if (filled && arrangedId !== id) setArrangedId(id)
  const { over, target } = usePresetDrop((presetId) => void run('track.add', { presetId }))
  if (!filled && arrangedId !== id) return <Empty over={over} target={target} />
  return (
    <Suspense fallback={<main className="panel mid" aria-label="Arrangement" aria-busy="true" />}>
      <ArrangementPanel />
    </Suspense>
  )
}
