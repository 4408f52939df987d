// Notices at the bottom right: one line of fact, one of consequence, at most two actions (main thread).
import { useEffect } from 'react'
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
  return (
    <section className="toasts" aria-label="Notices">
      {/* The regions stay in the page so that screen readers hear what is put into them. */}
      <div role="status" aria-live="polite">
        {list.slice(-SHOWN).map((notice) => (
          <Toast key={notice.id} notice={notice} onDismiss={onDismiss} />
        ))}
      </div>
    </section>
  )
}

/** Long enough to read twice; errors and notices with actions stay until they are dismissed. */
const READING_MS = 8000

function Toast({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: (id: string) => void }) {
  const { id, kind, fact, consequence, actions = [] } = notice
  const stays = kind === 'error' || kind === 'warning'
  useEffect(() => {
    if (stays) return
    const timer = setTimeout(() => onDismiss(id), READING_MS)
    return () => clearTimeout(timer)
  }, [id, stays, onDismiss])

  return (
    <div className={`toast ${kind}`}>
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
