// Above the rows of the song: a press or a drag goes to that place, except on the loop's brace and on markers (main thread).
import { useRef, type PointerEvent } from 'react'
import { beatsOf } from '../../../project/fields.ts'
import { usePorts } from '../../context.ts'
import { LoopBrace } from './LoopBrace.tsx'
import { MarkerRow } from './MarkerRow.tsx'
import { useStage } from './StageContext.ts'

export function TimeArea() {
  const { run } = usePorts()
  const stage = useStage()
  const soughtTick = useRef<number | null>(null)
  const seek = (event: PointerEvent) => {
    const at = stage.tickAt(event.clientX)
    const to = event.altKey ? Math.round(at) : stage.snap(at)
    if (to === soughtTick.current) return
    soughtTick.current = to
    void run('transport.seek', { beats: beatsOf(to) })
  }
  return (
    <div
      className="timearea"
      onPointerDown={(event) => {
        if (event.button !== 0 || event.defaultPrevented) return
        event.currentTarget.setPointerCapture(event.pointerId)
        soughtTick.current = null
        seek(event)
      }}
      onPointerMove={(event) => {
        if (soughtTick.current !== null) seek(event)
      }}
      onLostPointerCapture={() => (soughtTick.current = null)}
    >
      <LoopBrace />
      <MarkerRow />
    </div>
  )
}
