// A name that is changed where it stands: double-click or F2, Enter takes it, Escape leaves it (main thread).
import { useEffect, useRef, useState } from 'react'
import { NameInput } from './NameInput.tsx'

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
  return (
    <NameInput
      className="namefield"
      name={name}
      label={`Name of ${of}`}
      onRename={onRename}
      onEnd={() => setEditing(false)}
    />
  )
}
