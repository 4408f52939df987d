// The loop above the ruler: its start, its end, all of it; a double-click or Enter switches it (main thread).
import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import { beatsOf, MIN_LENGTH_TICKS } from '../../../project/fields.ts'
import { usePorts } from '../../context.ts'
import { newGesture } from '../../controls/gesture.ts'
import { stretchInWords, placeInWords } from './describe.ts'
import { movedLoop, type LoopPart } from './loopMotion.ts'
import { snapStep } from './snap.ts'
import { useStage } from './StageContext.ts'
import { TICKS_PER_BEAT } from './ticks.ts'

/** From the top of the ruler; the elements are as tall as it, to be large enough as targets. */
const BRACE_PIXELS = 12
const PARTS = ['whole', 'start', 'end'] as const

export function LoopBrace() {
  const { project, session, run } = usePorts()
  const stage = useStage()
  const loop = useStore(project, (state) => state.loop)
  const signatures = useStore(project, (state) => state.signatures)
  const drag = useRef<{ part: LoopPart; gesture: string; grabTick: number } | null>(null)
  const { startTick, endTick, enabled } = loop

  const set = (part: LoopPart, tick: number, gesture?: string) => {
    const next = movedLoop(project.getState().loop, part, tick, MIN_LENGTH_TICKS)
    const now = project.getState().loop
    if (next.startTick === now.startTick && next.endTick === now.endTick) return
    void run(
      'transport.setLoop',
      { startBeat: beatsOf(next.startTick), endBeat: beatsOf(next.endTick) },
      gesture === undefined ? {} : { gesture },
    )
  }
  const onPointerDown = (part: LoopPart) => (event: PointerEvent<HTMLElement>) => {
    // Below the brace it is the ruler.
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top
    if (event.button !== 0 || y > BRACE_PIXELS) return
    event.preventDefault()
    event.currentTarget.focus({ preventScroll: true })
    event.currentTarget.setPointerCapture(event.pointerId)
    const edge = part === 'end' ? endTick : startTick
    drag.current = { part, gesture: newGesture('loop'), grabTick: stage.tickAt(event.clientX) - edge }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const held = drag.current
    if (!held) return
    const tick = Math.max(0, stage.tickAt(event.clientX) - held.grabTick)
    set(held.part, event.altKey ? Math.round(tick) : stage.snap(tick), held.gesture)
  }
  const finish = () => {
    if (drag.current) void run('history.endGesture', {})
    drag.current = null
  }
  const onKeyDown = (part: LoopPart) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const edge = part === 'end' ? endTick : startTick
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const { snap } = session.getState().arrangement
    const pixelsPerTick = stage.scale.getState().pixelsPerBeat / TICKS_PER_BEAT
    const step = snapStep(snap === 'off' ? 'grid' : snap, signatures, edge, pixelsPerTick)!.ticks
    if (by !== 0) set(part, edge + by * step, `loop ${part}`)
    else if (event.key === 'Enter') void run('transport.setLoop', { enabled: !enabled })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const words = {
    whole: `${stretchInWords(signatures, startTick, endTick)}, ${enabled ? 'on' : 'off'}`,
    start: placeInWords(signatures, startTick),
    end: placeInWords(signatures, endTick),
  }
  const names = { whole: 'Loop', start: 'Loop start', end: 'Loop end' }
  return (
    <div
      className={`brace ${enabled ? '' : 'off'}`}
      style={{ '--b': beatsOf(startTick), '--n': beatsOf(endTick - startTick) } as CSSProperties}
    >
      {PARTS.map((part) => (
        <div
          key={part}
          className={`loop${part}`}
          role="slider"
          tabIndex={0}
          aria-label={names[part]}
          aria-valuenow={beatsOf(part === 'end' ? endTick : startTick)}
          aria-valuemin={0}
          aria-valuetext={words[part]}
          data-tip={`${names[part]}: ${words[part]}`}
          onPointerDown={onPointerDown(part)}
          onPointerMove={onPointerMove}
          onPointerUp={finish}
          onPointerCancel={finish}
          onDoubleClick={() => void run('transport.setLoop', { enabled: !enabled })}
          onKeyDown={onKeyDown(part)}
        />
      ))}
    </div>
  )
}
