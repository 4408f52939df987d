// On and off, as a small lever with its label (main thread).
interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly tip?: string
  /** What help has words on. */
  readonly about?: string | undefined
  /** The full name for screen readers where the label alone is not enough. */
  readonly name?: string
  /** Id of the text that explains it. */
  readonly describedBy?: string
}

export function Switch({ label, on, onChange, tip, about, name, describedBy }: SwitchProps) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={on}
      aria-label={name}
      aria-describedby={describedBy}
      data-tip={tip}
      data-about={about}
      onClick={() => onChange(!on)}
    >
      <span className="lever" aria-hidden="true" />
      {label}
    </button>
  )
}
