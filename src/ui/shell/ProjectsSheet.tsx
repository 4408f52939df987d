// The projects of this device, and the bin (main thread).
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { Button, IconButton } from '../controls/Button.tsx'
import { Segments } from '../controls/Segments.tsx'
import { Sheet } from '../controls/Sheet.tsx'
import type { ProjectLine } from '../ports.ts'

const PLACES = [
  { id: 'projects', label: 'Projects' },
  { id: 'bin', label: 'Bin' },
] as const

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
const count = (tracks: number): string => (tracks === 1 ? '1 track' : `${tracks} tracks`)

export function ProjectsSheet({ onClose }: { readonly onClose: () => void }) {
  const { projects: store, project, run } = usePorts()
  const { projects, bin } = useStore(store)
  const openId = useStore(project, (state) => state.id)
  const [place, setPlace] = useState<'projects' | 'bin'>('projects')
  useEffect(() => void run('project.list', {}), [run])
  const lines = place === 'projects' ? projects : bin
  const none = place === 'projects' ? 'No project has been saved yet.' : 'The bin is empty.'
  return (
    <Sheet
      title="Projects"
      beside={<Segments name="Place" value={place} options={PLACES} onChange={setPlace} />}
      onClose={onClose}
    >
      {lines.length === 0 ? (
        <p className="projects none">{none}</p>
      ) : (
        <ul className="projects scroll" tabIndex={0} aria-label={place === 'projects' ? 'Projects' : 'Bin'}>
          {lines.map((line) => (
            <li key={line.id}>
              <Line line={line} binned={place === 'bin'} open={line.id === openId} onClose={onClose} />
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

interface LineProps {
  readonly line: ProjectLine
  readonly binned: boolean
  readonly open: boolean
  readonly onClose: () => void
}

function Line({ line, binned, open, onClose }: LineProps) {
  const { run } = usePorts()
  const { id, name, changedMs, tracks } = line
  const facts = `${count(tracks)}, changed ${WHEN.format(changedMs)}`
  return (
    <>
      {binned ? (
        <span className="projectline">
          <b className="ell">{name}</b>
          <span className="cap">{facts}</span>
        </span>
      ) : (
        <button
          type="button"
          className="projectline"
          aria-current={open}
          onClick={() => {
            onClose()
            if (!open) void run('project.open', { projectId: id })
          }}
        >
          <b className="ell">{name}</b>
          <span className="cap">{open ? `Open now, ${facts}` : facts}</span>
        </button>
      )}
      {binned ? (
        <>
          <Button look="solid" onClick={() => void run('project.restore', { projectId: id })}>
            Restore
          </Button>
          <Erase id={id} name={name} />
        </>
      ) : (
        <IconButton icon="bin" name={`Delete ${name}`} onClick={() => void run('project.delete', { projectId: id })} />
      )}
    </>
  )
}

/** For good, so it asks: the second press does it. */
function Erase({ id, name }: { readonly id: string; readonly name: string }) {
  const { run } = usePorts()
  const [asked, setAsked] = useState(false)
  return (
    <Button
      className={asked ? 'danger' : ''}
      aria-label={asked ? `Erase ${name} for good` : `Erase ${name}`}
      onClick={() => (asked ? void run('project.erase', { projectId: id }) : setAsked(true))}
      onBlur={() => setAsked(false)}
    >
      {asked ? 'Erase for good' : 'Erase'}
    </Button>
  )
}
