// A name that is changed where it stands: double-click or F2, Enter takes it, Escape leaves it (main thread).
import { useEffect, useRef, useState } from 'react'
import { NAME_LENGTH } from '../../project/document.ts'

interface NameFieldProps {
  readonly name: string
  /** What it is the name of, for screen readers: "Return Hall". */
  readonly of: string
  readonly tip?: string
  readonly pressed?: boolean
  readonly onPress?: () => void
  readonly onRename: (name: string) => void
}

export function NameField({ name, of, tip, pressed, onPress, onRename }: NameFieldProps) {
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !editing) button.current?.focus()
    wasEditing.current = editing
  }, [editing])
  if (!editing) {
    return (
      <button
        ref={button}
        type="button"
        className="namefield ell"
        aria-label={of}
        aria-pressed={pressed}
        data-tip={tip ?? `${name}. F2 renames`}
        onClick={onPress}
        onDoubleClick={() => setEditing(true)}
        onKeyDown={(event) => {
          if (event.key !== 'F2') return
          event.preventDefault()
          event.stopPropagation()
          setEditing(true)
        }}
      >
        {name}
      </button>
    )
  }
  const finish = (text: string) => {
    const chosen = text.trim()
    if (chosen !== '' && chosen !== name) onRename(chosen)
    setEditing(false)
  }
  return (
    <input
      className="namefield"
      aria-label={`Name of ${of}`}
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
