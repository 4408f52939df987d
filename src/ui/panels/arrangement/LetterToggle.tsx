// M and S: the letter carries the meaning, the colour confirms it (main thread).
interface LetterToggleProps {
  readonly letter: 'M' | 'S'
  readonly name: string
  readonly tip: string
  readonly on: boolean
  readonly tabIndex: number
  readonly onToggle: () => void
}

export function LetterToggle({ letter, name, tip, on, tabIndex, onToggle }: LetterToggleProps) {
  return (
    <button
      type="button"
      className={`tg ${letter.toLowerCase()}`}
      aria-label={name}
      aria-pressed={on}
      data-tip={on ? `${tip}: on` : tip}
      tabIndex={tabIndex}
      onClick={onToggle}
    >
      {letter}
    </button>
  )
}
