// Help: what can be done with keys, from the commands themselves and the places that have keys of their own; what everything is for; what was measured (main thread).
import { Suspense, useEffect, useState } from 'react'
import { COMMANDS } from '../../commands/registry.ts'
import { takesText } from '../../input/typing.ts'
import { usePorts } from '../context.ts'
import { Segments } from '../controls/Segments.tsx'
import { Sheet } from '../controls/Sheet.tsx'
import { keyText } from './keyText.ts'
import { MeasuredFigures, Reference } from './later.ts'

type Line = readonly [keys: string, deed: string]

interface Keyed {
  readonly title: string
  readonly keys?: readonly string[]
}

const EVERYWHERE: readonly Line[] = (COMMANDS as readonly Keyed[]).flatMap(({ keys = [], title }) =>
  keys.length > 0 ? [[keys.map(keyText).join(' or '), title] as const] : [],
)
const PLACES: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  { title: 'Everywhere', lines: [...EVERYWHERE, ['F1 or ?', 'This sheet']] },
  {
    title: 'Sounds',
    lines: [
      ['Arrow keys', 'Walk and hear'],
      ['Enter', 'Hold the sound'],
      ['Ctrl Enter', 'New track with the sound'],
      ['Shift Enter', 'Replace the sound of the selected track'],
      ['*', 'Favourite'],
      ['Menu', 'All of these'],
    ],
  },
  {
    title: 'A track in the song',
    lines: [
      ['M', 'Mute'],
      ['S', 'Solo'],
      ['F2', 'Rename'],
      ['Alt Up, Alt Down', 'Move'],
      ['Ctrl D', 'Duplicate'],
    ],
  },
  {
    title: 'Knobs, faders, tempo',
    lines: [
      ['Arrow keys', 'One step; with Shift fine'],
      ['Page Up, Page Down', 'Ten steps'],
      ['Home, End', 'Least, most'],
      ['A number, Enter', 'Type a value'],
      ['Delete', 'Back to the sound’s own value'],
    ],
  },
  {
    title: 'Head of an effect',
    lines: [
      ['Left, Right', 'Move in the chain'],
      ['Delete', 'Remove'],
    ],
  },
]

const PAGES = [
  { id: 'shortcuts', label: 'Shortcuts' },
  { id: 'reference', label: 'Reference' },
  { id: 'measured', label: 'Measured sound' },
] as const
type Page = (typeof PAGES)[number]['id']

export function Help() {
  const { input } = usePorts()
  const [open, setOpen] = useState(false)
  const [page, setPage] = useState<Page>('shortcuts')
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // While musical typing is on, the key of the question mark may be a note; F1 never is.
      const asked = event.key === 'F1' || (event.key === '?' && input.getState().shortcuts && !takesText(event.target))
      if (!asked || event.defaultPrevented) return
      event.preventDefault()
      setPage('shortcuts')
      setOpen(true)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [input])
  return (
    <>
      <button type="button" className="helpbutton" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Help <kbd aria-hidden="true">F1</kbd>
      </button>
      {open && (
        <Sheet
          title={PAGES.find(({ id }) => id === page)!.label}
          beside={<Segments name="Help" value={page} options={PAGES} onChange={setPage} />}
          wide
          onClose={() => setOpen(false)}
        >
          {page === 'shortcuts' ? (
            <Shortcuts />
          ) : (
            <Suspense fallback={<p className="helpwaits">Loading…</p>}>
              {page === 'reference' ? <Reference /> : <MeasuredFigures />}
            </Suspense>
          )}
        </Sheet>
      )}
    </>
  )
}

function Shortcuts() {
  return (
    <div className="sheet-scroll scroll help" tabIndex={0} role="group" aria-label="List of shortcuts">
      {PLACES.map(({ title, lines }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <dl>
            {lines.map(([keys, deed]) => (
              <div key={`${keys} ${deed}`}>
                <dt>{deed}</dt>
                <dd>{keys}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
