// The place of the song as a slider at the head of the ruler; arrows go by beats, pages by bars (main thread). Presses: TimeArea.
import { useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { beatsOf, ticksOf } from '../../../project/fields.ts'
import { barPosition, countedBeatTicks, tickOfBar } from '../../../project/song/bars.ts'
import { segmentAt } from '../../../project/song/tempo.ts'
import { usePorts } from '../../context.ts'
import { placeInWords } from './describe.ts'
import { useStage } from './StageContext.ts'
import { songBeats } from './timeScale.ts'

export function TimeRuler() {
  const { project, transport, run } = usePorts()
  const stage = useStage()
  const signatures = useStore(project, (state) => state.signatures)
  const endBeat = useStore(project, (state) => songBeats(state).whole)
  // While it plays the value stays: a slider that moves by itself would be read out without end.
  const placed = useStore(transport, ({ playing, beatPos }) => (playing ? null : ticksOf(beatPos)))
  const [tick, setTick] = useState(0)
  if (placed !== null && placed !== tick) setTick(placed)
  const goTo = (to: number) => {
    void run('transport.seek', { beats: beatsOf(to) })
    stage.reveal(to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const now = ticksOf(transport.refresh().beatPos)
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
        return ticksOf(songBeats(project.getState()).fit)
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
      onKeyDown={onKeyDown}
    />
  )
}
