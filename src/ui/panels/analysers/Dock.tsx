// One analyser: its title, its reading in words, what can be set, and the picture (main thread).
import { useId, useRef, type ReactNode, type RefObject } from 'react'

interface DockProps {
  readonly title: string
  readonly className: string
  /** Beside the title: a menu of options. */
  readonly options?: ReactNode
  readonly children: (reading: RefObject<HTMLSpanElement | null>, readingId: string) => ReactNode
}

export function Dock({ title, className, options, children }: DockProps) {
  const id = useId()
  const reading = useRef<HTMLSpanElement>(null)
  return (
    <section className={`dock ${className}`} aria-label={title}>
      <h3>
        {title}
        {options}
        <span className="grow" />
        <span className="reading" id={id} ref={reading} />
      </h3>
      {children(reading, id)}
    </section>
  )
}
