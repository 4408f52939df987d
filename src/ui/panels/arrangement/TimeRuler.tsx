// The ruler: a slider for the place of the song; a press or drag goes there, arrows go by beats and bars (main thread).
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import { beatsOf } from '../../../project/fields.ts'
import { barPosition, countedBeatTicks, tickOfBar } from '../../../project/song/bars.ts'
import { segmentAt } from '../../../project/song/tempo.ts'
import { usePorts } from '../../context.ts'
import { placeInWords } from './describe.ts'
import { useStage } from './StageContext.ts'
import { TICKS_PER_BEAT } from './ticks.ts'
import { songBeats } from './timeScale.ts'

export function TimeRuler() {
  const { project, transport, run } = usePorts()
  const stage = useStage()
  const signatures = useStore(project, (state) => state.signatures)
  const endBeat = useStore(project, (state) => songBeats(state).whole)
  // While it plays the value stays: a slider that moves by itself would be read out without end.
  const restingTick = useRef(0)
  const tick = useStore(transport, ({ playing, beatPos }) => {
    if (!playing) restingTick.current = Math.round(beatPos * TICKS_PER_BEAT)
    return restingTick.current
  })
  const held = useRef<number | null>(null)
  const goTo = (to: number) => {
    void run('transport.seek', { beats: beatsOf(to) })
    stage.reveal(to)
  }
  const drag = (event: PointerEvent) => {
    const at = stage.tickAt(event.clientX)
    const to = event.altKey ? Math.round(at) : stage.snap(at)
    if (to === held.current) return
    held.current = to
    void run('transport.seek', { beats: beatsOf(to) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const now = Math.round(transport.refresh().beatPos * TICKS_PER_BEAT)
    const to = tickAfterKey(event.key, event.shiftKey, now)
    if (to === null) return
    event.preventDefault()
    event.stopPropagation()
    goTo(Math.max(0, to))
  }
  const tickAfterKey = (key: string, fine: boolean, now: number): number | null => {
    const { bar } = barPosition(signatures, now)
    const beat = countedBeatTicks(signatures[segmentAt(signatures, now)]!) / (fine ? 4 : 1)
    switch (key) {
      case 'ArrowRight':
      case 'ArrowUp':
        return now + beat
      case 'ArrowLeft':
      case 'ArrowDown':
        return now - beat
      case 'PageUp':
        return tickOfBar(signatures, bar + 1)
      case 'PageDown':
        return now > tickOfBar(signatures, bar)
          ? tickOfBar(signatures, bar)
          : tickOfBar(signatures, Math.max(1, bar - 1))
      case 'Home':
        return 0
      case 'End':
        return Math.round(songBeats(project.getState()).fit * TICKS_PER_BEAT)
      default:
        return null
    }
  }
  return (
    <div
      className="ruler"
      role="slider"
      tabIndex={0}
      aria-label="Song position"
      aria-valuenow={beatsOf(tick)}
      aria-valuemin={0}
      aria-valuemax={Math.max(endBeat, beatsOf(tick))}
      aria-valuetext={placeInWords(signatures, tick)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        held.current = null
        drag(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event)
      }}
      onKeyDown={onKeyDown}
    />
  )
}
