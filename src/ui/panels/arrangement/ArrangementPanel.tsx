// The song: tracks, clips, automation and markers over time (main thread). Pictures are canvases; what can be used is elements over them.
import { useState, type CSSProperties, type KeyboardEvent } from 'react'
import { usePorts } from '../../context.ts'
import { HEAD_WIDTH, MARKERS_HEIGHT, RULER_HEIGHT } from './heads.ts'
import { LANE_HEIGHT } from './rows.ts'
import { Song } from './Song.tsx'
import { createStage, ZOOM_STEP } from './stage.ts'
import { StageContext } from './StageContext.ts'
import { Toolbar } from './Toolbar.tsx'
import { useKeyClaims } from './useKeyClaims.ts'

/** Sizes that pictures and style sheet share. */
const SIZES = {
  '--w-head': `${HEAD_WIDTH}px`,
  '--h-ruler': `${RULER_HEIGHT}px`,
  '--h-markers': `${MARKERS_HEIGHT}px`,
  '--h-lane': `${LANE_HEIGHT}px`,
} as CSSProperties

export function ArrangementPanel() {
  const { project, session, transport, run } = usePorts()
  const [stage] = useState(() => createStage({ project, session, transport, run }))
  const claims = useKeyClaims()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const factor = event.key === '+' || event.key === '=' ? ZOOM_STEP : event.key === '-' ? 1 / ZOOM_STEP : null
    // In a slider + and − begin a number.
    if (factor === null || (event.target as Element).closest('input, .slider, .pan')) return
    event.preventDefault()
    stage.zoomBy(factor)
  }
  return (
    <StageContext value={stage}>
      <main className="panel mid arrangement" aria-label="Arrangement" style={SIZES} onKeyDown={onKeyDown} {...claims}>
        <Toolbar />
        <Song />
      </main>
    </StageContext>
  )
}
