// Pointer, wheel and key handling of knobs and faders (main thread). Sends at most one value per animation frame, the last always.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import type { StepSize } from '../../params/map.ts'
import { newGesture, SteppedGesture } from './gesture.ts'
import { dragged, keyed } from './knobMotion.ts'
import { hideTip, refreshTip, showTip } from './tip.ts'

export interface KnobActions {
  /** A new position 0..1; changes with one gesture token are one undo step. */
  readonly onMove: (position: number, gesture: string) => void
  /** Arrow keys and the wheel: `count` of the parameter's own steps. */
  readonly onStep: (count: number, size: StepSize, gesture: string) => void
  readonly onGestureEnd: () => void
  readonly onReset: (to: 'own' | 'default') => void
  /** What the user typed; false: not understood, the field stays open. */
  readonly onType: (text: string) => boolean
}

interface Knobby extends KnobActions {
  readonly name: string
  readonly position: number
  readonly tip: string
}

/** The wheel turns a control only after it has been hovered this long; before, the panel scrolls. */
const HOVER_MS = 150

interface Drag {
  readonly gesture: string
  lastY: number
  position: number
  request: number
  moved: boolean
}

export function useKnobInput(ref: RefObject<HTMLElement | null>, knob: Knobby, openField: (text: string) => void) {
  const latest = useRef(knob)
  const drag = useRef<Drag | null>(null)
  const hoveredSinceMs = useRef(Infinity)
  const [stepped] = useState(() => new SteppedGesture(knob.name))
  useEffect(() => {
    latest.current = knob
    if (!ref.current) return
    if (drag.current?.moved) showTip(ref.current, knob.tip)
    else refreshTip(ref.current, knob.tip)
  })

  // React's wheel listener is passive; turning a knob must not scroll the panel.
  useEffect(() => {
    const element = ref.current!
    const onWheel = (event: WheelEvent) => {
      const focused = element.ownerDocument.activeElement === element
      if (!focused && event.timeStamp - hoveredSinceMs.current < HOVER_MS) return
      if (event.deltaY === 0 && event.deltaX === 0) return
      event.preventDefault()
      // Shift turns a vertical wheel into a horizontal one.
      const delta = event.deltaY || event.deltaX
      latest.current.onStep(-Math.sign(delta), event.shiftKey ? 'fine' : 'coarse', stepped.token(event.timeStamp))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [ref, stepped])

  const send = () => {
    const now = drag.current
    if (!now) return
    now.request = 0
    latest.current.onMove(now.position, now.gesture)
  }

  const finish = () => {
    const now = drag.current
    if (!now) return
    if (now.request) {
      cancelAnimationFrame(now.request)
      send()
    }
    drag.current = null
    hideTip()
    if (now.moved) latest.current.onGestureEnd()
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      event.currentTarget.focus({ preventScroll: true })
      drag.current = {
        gesture: newGesture(knob.name),
        lastY: event.clientY,
        position: knob.position,
        request: 0,
        moved: false,
      }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const now = drag.current
      if (!now) {
        if (hoveredSinceMs.current === Infinity) hoveredSinceMs.current = event.timeStamp
        return
      }
      const up = now.lastY - event.clientY
      if (up === 0) return
      now.lastY = event.clientY
      now.position = dragged(now.position, up, event.shiftKey)
      now.moved = true
      if (now.request === 0) now.request = requestAnimationFrame(send)
    },
    onPointerUp: finish,
    onLostPointerCapture: finish,
    onPointerLeave() {
      hoveredSinceMs.current = Infinity
    },
    onDoubleClick(event: { altKey: boolean }) {
      knob.onReset(event.altKey ? 'default' : 'own')
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const action = keyed(event)
      if (!action) return
      event.preventDefault()
      event.stopPropagation()
      if (action.kind === 'step')
        knob.onStep(action.count, action.fine ? 'fine' : 'coarse', stepped.token(event.timeStamp))
      else if (action.kind === 'move') knob.onMove(action.position, stepped.token(event.timeStamp))
      else if (action.kind === 'reset') knob.onReset(action.to)
      else openField(action.text)
    },
    onBlur() {
      stepped.end()
    },
  }
}
