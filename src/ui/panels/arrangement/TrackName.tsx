// The name of a track: a press selects it, a double-click renames it; keys do what the track's menu does (main thread).
import { useEffect, useRef } from 'react'
import { usePorts } from '../../context.ts'
import { NameInput } from '../../controls/NameInput.tsx'
import { trackInWords } from './describe.ts'
import type { Track } from './model.ts'
import type { TrackDeed } from './useTrackMenuDeeds.ts'

interface TrackNameProps {
  readonly track: Track
  readonly selected: boolean
  readonly tabIndex: number
  readonly editing: boolean
  readonly setEditing: (editing: boolean) => void
  readonly deeds: readonly TrackDeed[]
}

export function TrackName({ track, selected, tabIndex, editing, setEditing, deeds }: TrackNameProps) {
  const { run } = usePorts()
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
          const deed = deeds.find(({ matches, disabled }) => !disabled && matches?.(event))
          if (!deed) return
          event.preventDefault()
          event.stopPropagation()
          deed.run()
          // A track that went, or moved, takes the focus with it.
          const rows = event.currentTarget.closest('.arows')
          requestAnimationFrame(() => {
            if (document.activeElement === document.body)
              rows?.querySelector<HTMLElement>('button.nm[tabindex="0"]')?.focus()
          })
        }}
      >
        {name}
      </button>
    )
  }
  return (
    <NameInput
      className="nm"
      name={name}
      label={`Name of ${name}`}
      onRename={(chosen) => void run('track.rename', { trackId: id, name: chosen })}
      onEnd={() => setEditing(false)}
    />
  )
}
