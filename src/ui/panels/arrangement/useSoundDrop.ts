// A sound dragged from the browser over the song: on a track it replaces, elsewhere it makes a new one (main thread).
import { useState, type DragEvent } from 'react'
import { usePorts } from '../../context.ts'
import { carriesPreset, droppedPreset } from '../drop/presetDrag.ts'
import { soundTarget, type SoundTarget } from './hit.ts'
import { useStage } from './StageContext.ts'

export function useSoundDrop() {
  const { project, run } = usePorts()
  const stage = useStage()
  const [target, setTarget] = useState<SoundTarget | null>(null)
  const targetOf = (event: DragEvent): SoundTarget =>
    soundTarget(stage.rows(), project.getState().tracks, stage.rowY(event.clientY), event.altKey)
  const over = (event: DragEvent) => {
    if (!carriesPreset(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    const next = targetOf(event)
    setTarget((was) => (was && sameTarget(was, next) ? was : next))
  }
  return {
    target,
    handlers: {
      onDragEnter: over,
      onDragOver: over,
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setTarget(null)
      },
      onDrop: (event: DragEvent) => {
        setTarget(null)
        if (!carriesPreset(event)) return
        event.preventDefault()
        event.stopPropagation()
        const presetId = droppedPreset(event)
        const to = targetOf(event)
        if (to.kind === 'replace') void run('track.setSound', { trackId: to.track.id, presetId })
        else void run('track.add', { presetId, index: to.index })
      },
    },
  }
}

const sameTarget = (a: SoundTarget, b: SoundTarget): boolean =>
  a.kind === b.kind && a.top === b.top && (a.kind !== 'replace' || a.track === (b as typeof a).track)
