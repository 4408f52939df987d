// The project's name and everything that can be done with whole projects (main thread).
import { Suspense, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { MenuButton, type MenuPart } from '../controls/MenuButton.tsx'
import { Icon } from '../icons/Icon.tsx'
import { NAME_LENGTH } from '../../project/document.ts'
import { ProjectsSheet } from './later.ts'

const SAVED_TEXT = {
  saved: 'Saved on this device',
  saving: 'Saving',
  memory: 'Not kept: this browser refuses storage',
} as const

export function ProjectMenu() {
  const { document: store, project, run } = usePorts()
  const file = useRef<HTMLInputElement>(null)
  const { name, saved } = useStore(store)
  const id = useStore(project, (state) => state.id)
  const [renaming, setRenaming] = useState(false)
  const [list, setList] = useState(false)
  const parts: readonly MenuPart[] = [
    {
      name: 'Projects',
      deeds: [
        { id: 'new', label: 'New', run: () => void run('project.new', {}) },
        { id: 'open', label: 'Open…', run: () => setList(true) },
        { id: 'file', label: 'Open a file…', run: () => file.current?.click() },
        { id: 'demo', label: 'Open the demo', run: () => void run('project.openDemo', {}) },
      ],
    },
    {
      name: 'This project',
      deeds: [
        // The menu gives the focus back to its button; the field must come after that.
        { id: 'rename', label: 'Rename', run: () => setTimeout(() => setRenaming(true), FOCUS_BACK_MS) },
        { id: 'duplicate', label: 'Duplicate', run: () => void run('project.openCopy', {}) },
        { id: 'export', label: 'Export as a file', run: () => void run('project.exportJson', {}) },
        { id: 'delete', label: 'Delete', run: () => void run('project.delete', { projectId: id }) },
      ],
    },
  ]
  return (
    <div className="grow ident-text">
      <h1>
        {renaming ? (
          <NameField name={name} onClose={() => setRenaming(false)} />
        ) : (
          <MenuButton name={`Project ${name}`} tip={`${name}: projects`} className="pn" parts={parts}>
            <span className="ell">{name}</span>
            <Icon name="down" small />
          </MenuButton>
        )}
      </h1>
      <div className="sv">
        <span className={`dot ${saved === 'memory' ? 'warn' : saved === 'saving' ? 'dim' : ''}`} />
        <span className="ell" data-tip={SAVED_TEXT[saved]}>
          {SAVED_TEXT[saved]}
        </span>
      </div>
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="Project file"
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          void chosen?.text().then((json) => run('project.importJson', { json }))
          event.target.value = ''
        }}
      />
      <Suspense>{list && <ProjectsSheet onClose={() => setList(false)} />}</Suspense>
    </div>
  )
}

const FOCUS_BACK_MS = 50

function NameField({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { run } = usePorts()
  const [draft, setDraft] = useState(name)
  const finish = (keep: boolean) => {
    const chosen = draft.trim()
    if (keep && chosen !== '' && chosen !== name) void run('project.rename', { name: chosen })
    onClose()
  }
  return (
    <input
      className="pn"
      aria-label="Project name"
      maxLength={NAME_LENGTH}
      spellCheck={false}
      autoFocus
      value={draft}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true)
        if (event.key === 'Escape') finish(false)
      }}
    />
  )
}
