// The field that finds sounds (main thread): Escape empties it, Down leads to the results, Enter sounds the best one.
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import { Icon } from '../../icons/Icon.tsx'

interface SearchFieldProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly onDown: () => void
  readonly onEnter: () => void
}

export function SearchField({ text, onText, onDown, onEnter }: SearchFieldProps) {
  const { finder } = usePorts()
  const field = useRef<HTMLInputElement>(null)
  const wanted = useStore(finder, (state) => state.wanted)
  const answered = useRef(wanted)
  useEffect(() => {
    if (wanted === answered.current) return
    answered.current = wanted
    field.current?.focus()
    field.current?.select()
  }, [wanted])
  return (
    <div className="input">
      <Icon name="search" />
      <input
        ref={field}
        type="text"
        aria-label="Search sounds"
        aria-keyshortcuts="Control+F /"
        placeholder="Warm pad, slow attack"
        aria-description="By name, role, tag, what it is like or made of; “no reverb” leaves out"
        value={text}
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') onText('')
          else if (event.key === 'ArrowDown') {
            event.preventDefault()
            onDown()
          } else if (event.key === 'Enter' && !event.repeat) onEnter()
        }}
      />
      {text !== '' && (
        <IconButton
          icon="close"
          name="Clear search"
          onClick={() => {
            onText('')
            field.current?.focus()
          }}
        />
      )}
    </div>
  )
}
