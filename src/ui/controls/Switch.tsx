// On and off, as a small lever with its label (main thread).
interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly tip?: string
  /** The full name for screen readers where the label alone is not enough. */
  readonly name?: string
}

export function Switch({ label, on, onChange, tip, name }: SwitchProps) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={on}
      aria-label={name}
      data-tip={tip}
      onClick={() => onChange(!on)}
    >
      <span className="lever" aria-hidden="true" />
      {label}
    </button>
  )
}
