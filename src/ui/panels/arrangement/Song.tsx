// Everything of the song that scrolls, and the canvases that stay behind it (main thread).
import { useEffect, useRef } from 'react'
import { useStage } from './StageContext.ts'
import { TimeArea } from './TimeArea.tsx'
import { TopHeads } from './TopHeads.tsx'
import { TrackRows } from './TrackRows.tsx'
import { useSoundDrop } from './useSoundDrop.ts'

export function Song() {
  const stage = useStage()
  const drop = useSoundDrop()
  const scroller = useRef<HTMLDivElement>(null)
  const song = useRef<HTMLDivElement>(null)
  const rulerCanvas = useRef<HTMLCanvasElement>(null)
  const songCanvas = useRef<HTMLCanvasElement>(null)
  const playhead = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      stage.mount({
        scroller: scroller.current!,
        song: song.current!,
        rulerCanvas: rulerCanvas.current!,
        songCanvas: songCanvas.current!,
        playhead: playhead.current!,
      }),
    [stage],
  )
  return (
    <div ref={scroller} className="arr" {...drop.handlers}>
      <div ref={song} className="arrsong">
        <div className="stuck pictures" aria-hidden="true">
          <canvas ref={songCanvas} />
        </div>
        <div className="stuck over" aria-hidden="true">
          <div className="overbox">
            <div ref={playhead} className="playhead" />
          </div>
        </div>
        <div className="arrtop">
          <TopHeads />
          <div className="stuck pictures" aria-hidden="true">
            <canvas ref={rulerCanvas} />
          </div>
          <TimeArea />
        </div>
        <TrackRows target={drop.target} />
      </div>
    </div>
  )
}
