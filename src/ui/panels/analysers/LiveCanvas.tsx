// A canvas that shows one stream at screen rate, with its reading in words beside it (main thread).
import { useEffect, useRef, type RefObject } from 'react'
import type { StreamRequest, Watched } from '../../../engine/live/streams.ts'
import { fit, Plot, type Surface } from '../../drawing/Plot.tsx'
import { onThemeChange } from '../../theme/theme.ts'
import { useWatched } from './useWatched.ts'
import { writeText } from './writeDb.ts'

/** Words change no more often: they are for reading. */
const TEXT_MS = 500

interface LiveCanvasProps {
  readonly request: StreamRequest
  /** What the picture is, for screen readers. */
  readonly label: string
  /** The element that holds the reading. */
  readonly reading: RefObject<HTMLElement | null>
  readonly readingId: string
  /** What stays while the signal moves. */
  readonly grid: (surface: Surface) => void
  /** Draws over the grid, into a cleared surface. */
  readonly draw: (surface: Surface, watched: Watched) => void
  /** Nothing of it shows: silence is drawn once. */
  readonly silent: (watched: Watched) => boolean
  /** The reading of what is drawn. */
  readonly describe: (watched: Watched | null) => string
}

export function LiveCanvas({ request, label, reading, readingId, grid, draw, silent, describe }: LiveCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const stale = useRef(true)
  const shown = useRef({ live: true, silent: false, textMs: -Infinity })

  useEffect(() => {
    const refresh = () => (stale.current = true)
    const size = new ResizeObserver(refresh)
    size.observe(canvas.current!)
    const stop = onThemeChange(refresh)
    return () => {
      size.disconnect()
      stop()
    }
  }, [])
  useEffect(() => {
    stale.current = true
  }, [draw])

  const problem = useWatched(canvas, request, (watched, fresh, nowMs) => {
    const live = watched !== null
    const quiet = watched !== null && silent(watched)
    const moves = fresh && !(quiet && shown.current.silent)
    if (moves || stale.current || live !== shown.current.live) {
      const surface = fit(canvas.current!)
      if (surface && watched) draw(surface, watched)
      stale.current = false
    }
    shown.current.live = live
    shown.current.silent = quiet
    if (nowMs - shown.current.textMs >= TEXT_MS) {
      shown.current.textMs = nowMs
      writeText(reading.current, describe(watched))
    }
    return moves
  })

  return (
    <div className="well">
      <Plot draw={grid} />
      <canvas ref={canvas} role="img" aria-label={label} aria-describedby={readingId} />
      {problem !== null && (
        <p className="wellnote" role="status">
          {problem}
        </p>
      )}
    </div>
  )
}
