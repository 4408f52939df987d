// A button that opens a small dialog beside it; Escape or a press elsewhere closes it (main thread).
import { useRef, useState, type ReactNode } from 'react'
import { Dialog, Heading, Popover } from 'react-aria-components'

interface PopButtonProps {
  /** Title of the dialog. */
  readonly title: string
  /** Name of the button for screen readers, where its face alone is not enough. */
  readonly name?: string
  readonly tip?: string
  readonly className?: string
  readonly placement?: 'bottom start' | 'bottom' | 'bottom end'
  /** What the button shows. */
  readonly face: ReactNode
  readonly children: ReactNode
}

export function PopButton({ title, name, tip, className, placement = 'bottom', face, children }: PopButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className ?? 'btn'}
        aria-label={name}
        data-tip={tip ?? name ?? title}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        {face}
      </button>
      <Popover
        className="settings"
        triggerRef={button}
        isOpen={open}
        onOpenChange={setOpen}
        placement={placement}
        offset={4}
      >
        <Dialog className="settings-body">
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Popover>
    </>
  )
}
