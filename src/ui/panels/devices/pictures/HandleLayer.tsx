// The part of a picture that is dragged: presses, drags, double presses and the wheel on its handles (main thread).
import { useEffect, useRef, type ComponentPropsWithRef, type PointerEvent } from 'react'
import { newGesture, SteppedGesture } from '../../../controls/gesture.ts'
import { hideTip, showTip } from '../../../controls/tip.ts'
import type { Handle, Place } from './face.ts'
import { moved, taken } from './grip.ts'

interface HandleLayerProps extends Omit<ComponentPropsWithRef<'div'>, 'onToggle'> {
  /** Of the gesture, in words. */
  readonly name: string
  readonly handles: readonly Handle[]
  readonly hint: string
  /** A press has taken hold of a handle. */
  readonly onTake?: (handle: Handle) => void
  /** Returns what the tooltip says. At most one call per frame, the last place always. */
  readonly onMove: (id: string, place: Place, gesture: string) => string
  /** A drag that began beside all handles, from place to place. */
  readonly onDraw?: (from: Place, to: Place, gesture: string) => void
  readonly onRelease: (changed: boolean) => void
  readonly onTurn?: (id: string, steps: number, gesture: string) => string
  readonly onDouble?: (id: string | null, place: Place) => void
}

interface Drag {
  /** Null: drawn beside the handles. */
  readonly id: string | null
  readonly gesture: string
  place: Place
  sent: Place
  pointer: Place
  request: number
  changed: boolean
}

export function HandleLayer({
  name,
  handles,
  hint,
  onTake,
  onMove,
  onDraw,
  onRelease,
  onTurn,
  onDouble,
  ...rest
}: HandleLayerProps) {
  const layer = useRef<HTMLDivElement>(null)
  const drag = useRef<Drag | null>(null)
  const stepped = useRef(new SteppedGesture(name))
  const latest = useRef({ handles, onTurn })
  useEffect(() => {
    latest.current = { handles, onTurn }
  })
  useEffect(() => () => cancelAnimationFrame(drag.current?.request ?? 0), [])

  // React's wheel listener is passive; turning a band must not scroll the chain.
  useEffect(() => {
    const element = layer.current!
    const onWheel = (event: WheelEvent) => {
      const { handles: now, onTurn: turn } = latest.current
      const handle = taken(now, placeOf(element, event))
      if (!handle || !turn || event.deltaY === 0) return
      event.preventDefault()
      const steps = -Math.sign(event.deltaY) * (event.shiftKey ? 0.2 : 1)
      showTip(element, turn(handle.id, steps, stepped.current.token(event.timeStamp)))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [])

  const say = (text: string) => {
    if (text !== '') showTip(layer.current!, text)
  }
  const send = () => {
    const now = drag.current
    if (!now) return
    now.request = 0
    if (now.id !== null) say(onMove(now.id, now.place, now.gesture))
    else onDraw?.(now.sent, now.place, now.gesture)
    now.sent = now.place
    now.changed = true
  }
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    const pointer = placeOf(event.currentTarget, event)
    const handle = taken(handles, pointer)
    if (!handle && !onDraw) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const place = handle ?? pointer
    const at = { x: place.x, y: place.y }
    drag.current = {
      id: handle?.id ?? null,
      gesture: newGesture(name),
      place: at,
      sent: at,
      pointer,
      request: 0,
      changed: false,
    }
    if (handle) onTake?.(handle)
  }
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const now = drag.current
    const pointer = placeOf(event.currentTarget, event)
    if (!now) {
      event.currentTarget.style.cursor = taken(handles, pointer) ? 'grab' : ''
      return
    }
    const [dx, dy] = [pointer.x - now.pointer.x, pointer.y - now.pointer.y]
    if (dx === 0 && dy === 0) return
    now.pointer = pointer
    now.place = moved(now.place, dx, dy, event.shiftKey && now.id !== null)
    if (now.request === 0) now.request = requestAnimationFrame(send)
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
    onRelease(now.changed)
  }

  return (
    <div
      ref={layer}
      className="handles"
      data-tip={hint}
      {...rest}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={finish}
      onLostPointerCapture={finish}
      onDoubleClick={(event) => {
        const place = placeOf(event.currentTarget, event)
        onDouble?.(taken(handles, place)?.id ?? null, place)
      }}
    />
  )
}

function placeOf(
  element: Element,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): Place {
  const { left, top } = element.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}
