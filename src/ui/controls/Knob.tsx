// A knob: label, 270 degree ring, value with its unit (main thread). Knows positions 0..1 and texts, no units.
import { useRef, useState } from 'react'
import { arc, MODULATION_RADIUS, onCircle, RING_RADIUS } from './knobGeometry.ts'
import { KnobMenu } from './KnobMenu.tsx'
import { useKnobInput, type KnobActions } from './useKnobInput.ts'
import { ValueField } from './ValueField.tsx'

export interface KnobProps extends KnobActions {
  readonly label: string
  /** The full name for screen readers, such as "Filter cutoff". */
  readonly name: string
  /** Position 0..1. */
  readonly position: number
  readonly text: string
  readonly spoken: string
  /** Name, value, unit, and what the file said. */
  readonly tip: string
  /** What help has words on: `units/svf/cutoff`. */
  readonly about?: string | undefined
  /** Plain values for aria; a log knob still moves evenly. */
  readonly now: number
  readonly min: number
  readonly max: number
  readonly bipolar?: boolean
  /** Positions between which modulation moves it. */
  readonly modulation?: readonly [number, number] | undefined
}

export function Knob(props: KnobProps) {
  const { label, name, position, text, spoken, now, min, max, bipolar, modulation } = props
  const ref = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [menu, setMenu] = useState(false)
  const handlers = useKnobInput(ref, props, setTyped)
  const from = bipolar ? 0.5 : 0
  const [tipX, tipY] = onCircle(3.2, position)
  const [endX, endY] = onCircle(7, position)

  return (
    <div className="knob-cell">
      <div
        ref={ref}
        className="knob"
        role="slider"
        tabIndex={0}
        aria-label={name}
        aria-valuenow={now}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={spoken}
        data-tip={props.tip}
        data-about={props.about}
        {...handlers}
        onContextMenu={(event) => {
          event.preventDefault()
          setMenu(true)
        }}
      >
        <span className="kl">{label}</span>
        <svg viewBox="0 0 30 28" aria-hidden="true">
          <circle className="k-cap" cx="15" cy="15" r="7.5" />
          <path className="k-track" d={arc(RING_RADIUS, 0, 1)} />
          {Math.abs(position - from) > 0.004 && <path className="k-val" d={arc(RING_RADIUS, from, position)} />}
          {modulation && modulation[0] !== modulation[1] && (
            <path className="k-mod" d={arc(MODULATION_RADIUS, ...modulation)} />
          )}
          <line className="k-tip" x1={tipX} y1={tipY} x2={endX} y2={endY} />
        </svg>
        <span className="kv">{text}</span>
      </div>
      {menu && (
        <KnobMenu
          anchor={ref}
          name={name}
          text={text}
          about={props.about}
          onReset={props.onReset}
          onType={props.onType}
          onOpenField={() => setTyped('')}
          onClose={() => setMenu(false)}
        />
      )}
      {typed !== null && (
        <ValueField
          name={name}
          initial={typed || text}
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
