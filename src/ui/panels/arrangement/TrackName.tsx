// The name of a track: a press selects it, F2 or a double-click renames it (main thread).
import { useEffect, useRef, useState } from 'react'
import { NAME_LENGTH } from '../../../project/document.ts'
import { usePorts } from '../../context.ts'
import { trackInWords } from './describe.ts'
import type { Track } from './model.ts'

interface TrackNameProps {
  readonly track: Track
  readonly selected: boolean
  readonly tabIndex: number
}

export function TrackName({ track, selected, tabIndex }: TrackNameProps) {
  const { run } = usePorts()
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !editing) button.current?.focus()
    wasEditing.current = editing
  }, [editing])
  const { id, name } = track
  if (!editing) {
    return (
      <button
        ref={button}
        type="button"
        className="nm ell"
        aria-label={trackInWords(track)}
        aria-pressed={selected}
        data-tip={`${name}. F2 renames`}
        tabIndex={tabIndex}
        onClick={() => void run('track.select', { trackId: id })}
        onDoubleClick={() => setEditing(true)}
        onKeyDown={(event) => {
          if (event.key !== 'F2') return
          event.preventDefault()
          setEditing(true)
        }}
      >
        {name}
      </button>
    )
  }
  const finish = (text: string) => {
    const chosen = text.trim()
    if (chosen !== '' && chosen !== name) void run('track.rename', { trackId: id, name: chosen })
    setEditing(false)
  }
  return (
    <input
      className="nm"
      aria-label={`Name of ${name}`}
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
