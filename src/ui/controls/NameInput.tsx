// The text field of a name that is being changed: Enter takes it, Escape leaves it, an empty one changes nothing (main thread).
import { NAME_LENGTH } from '../../project/document.ts'

interface NameInputProps {
  readonly className: string
  readonly name: string
  readonly label: string
  readonly onRename: (name: string) => void
  readonly onEnd: () => void
}

export function NameInput({ className, name, label, onRename, onEnd }: NameInputProps) {
  const finish = (text: string) => {
    const chosen = text.trim()
    if (chosen !== '' && chosen !== name) onRename(chosen)
    onEnd()
  }
  return (
    <input
      className={className}
      aria-label={label}
      defaultValue={name}
      maxLength={NAME_LENGTH}
      spellCheck={false}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') finish(event.currentTarget.value)
        if (event.key === 'Escape') finish(name)
      }}
    />
  )
}
