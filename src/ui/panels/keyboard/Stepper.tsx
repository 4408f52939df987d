// A small number with minus and plus: octave, velocity (main thread).
import { IconButton } from '../../controls/Button.tsx'

interface StepperProps {
  readonly label: string
  readonly text: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly tip?: string
  readonly onChange: (value: number) => void
}

export function Stepper({ label, text, value, min, max, step, tip, onChange }: StepperProps) {
  const move = (by: number) => onChange(Math.min(max, Math.max(min, value + by)))
  return (
    <div className="stepper" role="group" aria-label={label} data-tip={tip}>
      <span className="cap">{label}</span>
      <IconButton icon="minus" name={`${label} down`} disabled={value <= min} onClick={() => move(-step)} />
      <b aria-live="polite">{text}</b>
      <IconButton icon="plus" name={`${label} up`} disabled={value >= max} onClick={() => move(step)} />
    </div>
  )
}
