// The small pan control of a track (main thread).
import { useRef, useState } from 'react'
import { stepPlain, toPlain, toUnit } from '../../../params/map.ts'
import { parseValue } from '../../../params/parse.ts'
import { STRIP_TARGETS } from '../../../project/song/target.ts'
import { onCircle } from '../../controls/knobGeometry.ts'
import { useKnobInput } from '../../controls/useKnobInput.ts'
import { ValueField } from '../../controls/ValueField.tsx'
import { panInWords } from './describe.ts'

const PAN = { unit: 'fraction', curve: 'linear', min: STRIP_TARGETS.pan.min, max: STRIP_TARGETS.pan.max } as const
/** A drag lands on whole percents. */
const whole = (pan: number): number => Math.round(pan * 100) / 100 + 0

interface PanKnobProps {
  readonly name: string
  readonly pan: number
  readonly tabIndex: number
  readonly onChange: (pan: number, gesture?: string) => void
  readonly onGestureEnd: () => void
}

export function PanKnob({ name, pan, tabIndex, onChange, onGestureEnd }: PanKnobProps) {
  const ref = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const position = toUnit(PAN, pan)
  const words = panInWords(pan)
  const onType = (text: string) => {
    const plain = parseValue(PAN, text, pan)
    if (plain === null) return false
    onChange(Number(plain))
    return true
  }
  const handlers = useKnobInput(
    ref,
    {
      name,
      position,
      tip: `${name}: ${words}`,
      onMove: (to, gesture) => onChange(whole(Number(toPlain(PAN, to))), gesture),
      onStep: (count, size, gesture) => onChange(Number(stepPlain(PAN, pan, count, size)), gesture),
      onGestureEnd,
      onReset: () => onChange(0),
      onType,
    },
    setTyped,
  )
  const [fromX, fromY] = onCircle(3.75, position)
  const [toX, toY] = onCircle(10.5, position)
  return (
    <div className="pan-cell">
      <div
        ref={ref}
        className="pan"
        role="slider"
        tabIndex={tabIndex}
        aria-label={name}
        aria-valuenow={pan}
        aria-valuemin={PAN.min}
        aria-valuemax={PAN.max}
        aria-valuetext={words}
        data-tip={`${name}: ${words}`}
        {...handlers}
      >
        <svg viewBox="0 0 30 30" aria-hidden="true">
          <circle cx="15" cy="15" r="12" />
          <line x1={fromX} y1={fromY} x2={toX} y2={toY} />
        </svg>
      </div>
      {typed !== null && (
        <ValueField
          name={name}
          initial={typed}
          select={typed === ''}
          onEnter={onType}
          onClose={() => {
            setTyped(null)
            ref.current?.focus()
          }}
        />
      )}
    </div>
  )
}
