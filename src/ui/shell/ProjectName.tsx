// The project's name; click or Enter to change it (main thread).
import { useState } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'

const SAVED_TEXT = {
  saved: 'Saved on this device',
  saving: 'Saving',
  memory: 'Not kept: this browser refuses storage',
} as const

export function ProjectName() {
  const { document: project, run } = usePorts()
  const { name, saved } = useStore(project)
  const [draft, setDraft] = useState<string | null>(null)
  const finish = (keep: boolean) => {
    const chosen = draft?.trim()
    setDraft(null)
    if (keep && chosen && chosen !== name) void run('project.rename', { name: chosen })
  }
  return (
    <div className="grow ident-text">
      <h1>
        <input
          className="pn"
          aria-label="Project name"
          maxLength={120}
          spellCheck={false}
          value={draft ?? name}
          data-tip="Project name"
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => finish(true)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
            if (event.key === 'Escape') {
              finish(false)
              // After React has put the old name back.
              requestAnimationFrame(() => (event.target as HTMLInputElement).blur())
            }
          }}
        />
      </h1>
      <div className="sv">
        <span className={`dot ${saved === 'memory' ? 'warn' : saved === 'saving' ? 'dim' : ''}`} />
        <span className="ell">{SAVED_TEXT[saved]}</span>
      </div>
    </div>
  )
}
