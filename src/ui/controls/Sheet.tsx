// A modal dialog sheet: focus stays inside, Escape closes, focus returns (main thread). Sound goes on under it.
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from './Button.tsx'

interface SheetProps {
  readonly title: string
  readonly summary?: ReactNode
  /** Beside the title. */
  readonly beside?: ReactNode
  readonly wide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Sheet({ title, summary, beside, wide, onClose, children }: SheetProps) {
  return (
    <ModalOverlay className="scrim" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={`sheet ${wide ? 'wide' : ''}`}>
        <Dialog className="sheet-body">
          <header className="sheet-head">
            <Heading slot="title">{title}</Heading>
            <div className="row">{beside}</div>
            <IconButton icon="close" name="Close" onClick={onClose} />
            {summary && <p className="unit">{summary}</p>}
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
