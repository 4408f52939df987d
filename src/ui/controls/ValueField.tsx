// The field that a typed number opens over a control (main thread). Enter sets, Escape leaves.
import { useLayoutEffect, useRef, useState } from 'react'

interface ValueFieldProps {
  readonly name: string
  readonly initial: string
  readonly select: boolean
  readonly onEnter: (text: string) => boolean
  readonly onClose: () => void
}

export function ValueField({ name, initial, select, onEnter, onClose }: ValueFieldProps) {
  const ref = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState(false)
  useLayoutEffect(() => {
    const input = ref.current!
    input.focus()
    if (select) input.select()
  }, [select])

  return (
    <input
      ref={ref}
      className="value-field"
      aria-label={`${name}, value`}
      aria-invalid={wrong}
      defaultValue={initial}
      onBlur={onClose}
      onChange={() => setWrong(false)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter') {
          // The focus goes back to the control, which must not take this key as a press.
          event.preventDefault()
          if (onEnter(event.currentTarget.value)) onClose()
          else setWrong(true)
        }
      }}
    />
  )
}
