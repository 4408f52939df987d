// A horizontal slider with a cap, for the master volume and other levels (main thread).
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import type { StepSize } from '../../params/map.ts'
import { newGesture, SteppedGesture } from './gesture.ts'
import { clamp01, keyed } from './knobMotion.ts'
import { hideTip, showTip } from './tip.ts'
import { ValueField } from './ValueField.tsx'

interface SliderProps {
  readonly name: string
  readonly position: number
  readonly spoken: string
  readonly tip: string
  readonly now: number
  readonly min: number
  readonly max: number
  readonly onMove: (position: number, gesture: string) => void
  readonly onStep: (count: number, size: StepSize, gesture: string) => void
  readonly onGestureEnd: () => void
  readonly onReset: () => void
  readonly onType: (text: string) => boolean
  readonly tabIndex?: number
}

export function Slider(props: SliderProps) {
  const { name, position, spoken, tip, now, min, max, onMove } = props
  const ref = useRef<HTMLDivElement>(null)
  const drag = useRef<{ gesture: string; x: number; position: number } | null>(null)
  const [stepped] = useState(() => new SteppedGesture(name))
  const [typed, setTyped] = useState<string | null>(null)
  useEffect(() => {
    if (drag.current && ref.current) showTip(ref.current, tip)
  }, [tip])

  const finish = () => {
    if (!drag.current) return
    drag.current = null
    hideTip()
    props.onGestureEnd()
  }

  return (
    <div className="slider-cell">
      <div
        ref={ref}
        className="slider"
        role="slider"
        tabIndex={props.tabIndex ?? 0}
        aria-label={name}
        aria-valuenow={now}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={spoken}
        data-tip={tip}
        style={{ '--v': position } as CSSProperties}
        onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const box = event.currentTarget.getBoundingClientRect()
          const gesture = newGesture(name)
          const onCap = Math.abs(event.clientX - (box.left + position * box.width)) < 8
          const start = onCap ? position : clamp01((event.clientX - box.left) / box.width)
          drag.current = { gesture, x: event.clientX, position: start }
          if (!onCap) onMove(start, gesture)
        }}
        onPointerMove={(event) => {
          const held = drag.current
          if (!held || event.clientX === held.x) return
          const share = (event.clientX - held.x) / event.currentTarget.clientWidth
          held.x = event.clientX
          held.position = clamp01(held.position + share * (event.shiftKey ? 0.1 : 1))
          onMove(held.position, held.gesture)
        }}
        onPointerUp={finish}
        onLostPointerCapture={finish}
        onDoubleClick={props.onReset}
        onBlur={() => stepped.end()}
        onKeyDown={(event: KeyboardEvent<HTMLDivElement>) => {
          const action = keyed(event)
          if (!action) return
          event.preventDefault()
          event.stopPropagation()
          if (action.kind === 'step')
            props.onStep(action.count, action.fine ? 'fine' : 'coarse', stepped.token(event.timeStamp))
          else if (action.kind === 'move') onMove(action.position, stepped.token(event.timeStamp))
          else if (action.kind === 'reset') props.onReset()
          else setTyped(action.text)
        }}
      >
        <b aria-hidden="true" />
      </div>
      {typed !== null && (
        <ValueField
          name={name}
          initial={typed}
          select={typed === ''}
          onEnter={props.onType}
          onClose={() => {
            setTyped(null)
            ref.current?.focus()
          }}
        />
      )}
    </div>
  )
}
