// A number that is dragged, stepped or typed, as the tempo is (main thread). The same input as a knob, without its ring.
import { useRef, useState } from 'react'
import { useKnobInput, type KnobActions } from './useKnobInput.ts'
import { ValueField } from './ValueField.tsx'

interface NumberFieldProps extends KnobActions {
  readonly name: string
  /** Position 0..1 in its range. */
  readonly position: number
  readonly text: string
  readonly caption: string
  readonly spoken: string
  readonly tip: string
  readonly now: number
  readonly min: number
  readonly max: number
}

export function NumberField(props: NumberFieldProps) {
  const { name, text, caption, spoken, tip, now, min, max } = props
  const ref = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const handlers = useKnobInput(ref, props, setTyped)
  return (
    <div className="numberfield">
      <div
        ref={ref}
        className="tfield"
        role="slider"
        tabIndex={0}
        aria-label={name}
        aria-valuenow={now}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={spoken}
        data-tip={tip}
        {...handlers}
      >
        <b>{text}</b>
        <span>{caption}</span>
      </div>
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
