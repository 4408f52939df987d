// Notices at the bottom right: one line of fact, one of consequence, at most two actions (main thread).
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { Icon, type IconName } from '../icons/Icon.tsx'
import type { Notice, NoticesView } from '../ports.ts'
import { Button, IconButton } from './Button.tsx'

interface ToastsProps {
  readonly notices: StoreApi<NoticesView>
  readonly onDismiss: (id: string) => void
}

const ICONS: Record<Notice['kind'], IconName> = { ok: 'check', info: 'info', warning: 'warn', error: 'error' }
const SHOWN = 3

export function Toasts({ notices, onDismiss }: ToastsProps) {
  const list = useStore(notices, (state) => state.notices)
  // Beside the app and marked as top layer, so that an open dialog leaves notices heard and usable.
  return createPortal(
    <section className="toasts" aria-label="Notices" data-react-aria-top-layer="true">
      {/* The regions stay in the page so that screen readers hear what is put into them. */}
      <div role="status" aria-live="polite">
        {list.slice(-SHOWN).map((notice) => (
          <Toast key={notice.id} notice={notice} onDismiss={onDismiss} />
        ))}
      </div>
    </section>,
    document.body,
  )
}

/** Long enough to read twice. Errors stay until they are dismissed; reports can be opened again from the browser. */
const READING_MS = { ok: 8000, info: 8000, warning: 14000, error: null } as const

function Toast({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: (id: string) => void }) {
  const { id, kind, fact, consequence, actions = [] } = notice
  const [watched, setWatched] = useState(false)
  const readingMs = READING_MS[kind]
  useEffect(() => {
    if (watched || readingMs === null) return
    const timer = setTimeout(() => onDismiss(id), readingMs)
    return () => clearTimeout(timer)
  }, [id, watched, readingMs, onDismiss])

  return (
    <div
      className={`toast ${kind}`}
      onPointerEnter={() => setWatched(true)}
      onPointerLeave={() => setWatched(false)}
      onFocus={() => setWatched(true)}
      onBlur={() => setWatched(false)}
    >
      <Icon name={ICONS[kind]} />
      <b>{fact}</b>
      <IconButton icon="close" name="Dismiss" onClick={() => onDismiss(id)} />
      {consequence && <p>{consequence}</p>}
      {actions.length > 0 && (
        <div className="act">
          {actions.slice(0, 2).map((action) => (
            <Button
              key={action.label}
              onClick={() => {
                action.run()
                onDismiss(id)
              }}
            >
              {action.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
