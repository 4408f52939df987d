// Pointer on the rows of the song: a press on a clip selects it and drags it, one on an empty place goes there (main thread).
import { useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { beatsOf } from '../../../project/fields.ts'
import { usePorts } from '../../context.ts'
import { hitTest } from './hit.ts'
import type { Clip } from './model.ts'
import { rowAt } from './rows.ts'
import { useStage } from './StageContext.ts'

/** Before it, a press is a press. */
const DRAG_PIXELS = 4

interface Drag {
  readonly clip: Clip
  readonly fromX: number
  readonly fromY: number
  readonly grabTick: number
  readonly fromTrackId: string
  startTick: number
  trackId: string
  moved: boolean
}

/** `free`: Alt, which leaves the grid. */
const isFree = (event: { altKey: boolean }): boolean => event.altKey

export function useSongPointer() {
  const { project, run } = usePorts()
  const stage = useStage()
  const drag = useRef<Drag | null>(null)

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('.hd')) return
    event.currentTarget.focus({ preventScroll: true })
    const { tracks } = project.getState()
    const tick = stage.tickAt(event.clientX)
    const hit = hitTest(stage.rows(), tracks, stage.rowY(event.clientY), tick)
    if (!hit?.clip) {
      const at = isFree(event) ? Math.round(tick) : stage.snap(tick)
      void run('transport.seek', { beats: beatsOf(at) })
      void run('clip.select', { clipId: null })
      if (hit) void run('track.select', { trackId: hit.track.id })
      return
    }
    const { clip, track } = hit
    event.currentTarget.setPointerCapture(event.pointerId)
    void run('clip.select', { clipId: clip.id })
    drag.current = {
      clip,
      fromX: event.clientX,
      fromY: event.clientY,
      grabTick: tick - clip.startTick,
      fromTrackId: track.id,
      startTick: clip.startTick,
      trackId: track.id,
      moved: false,
    }
  }

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const held = drag.current
    if (!held) return
    const far = Math.hypot(event.clientX - held.fromX, event.clientY - held.fromY)
    if (!held.moved && far < DRAG_PIXELS) return
    held.moved = true
    const wanted = stage.tickAt(event.clientX) - held.grabTick
    const startTick = isFree(event) ? Math.max(0, Math.round(wanted)) : stage.snap(wanted)
    const row = rowAt(stage.rows(), stage.rowY(event.clientY))
    const trackId = row ? project.getState().tracks[row.trackIndex]!.id : held.trackId
    if (startTick === held.startTick && trackId === held.trackId) return
    held.startTick = startTick
    held.trackId = trackId
    stage.showDragged({ clip: held.clip, startTick, trackId })
  }

  /** The clip goes once, when it is let go: one undo step, one change for the engine. */
  const onPointerUp = () => {
    const held = drag.current
    if (!held) return
    const { clip, startTick, trackId } = held
    if (held.moved && (startTick !== clip.startTick || trackId !== held.fromTrackId))
      void run('clip.move', { clipId: clip.id, startBeat: beatsOf(startTick), trackId })
    leave()
  }

  const leave = () => {
    drag.current = null
    stage.showDragged(null)
  }

  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !drag.current) return
    event.preventDefault()
    event.stopPropagation()
    leave()
  }

  /** The press has set the focus; the browser would give it to the clip. */
  const onMouseDown = (event: MouseEvent) => {
    if (!(event.target as Element).closest('.hd')) event.preventDefault()
  }

  return { onMouseDown, onPointerDown, onPointerMove, onPointerUp, onPointerCancel: leave, onKeyDownCapture }
}
