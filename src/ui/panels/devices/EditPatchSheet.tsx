// The patch of an instrument as text: edited, checked while it is typed, loaded while the old one plays (main thread).
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { asSoundloomError } from '../../../params/error.ts'
import { wholePatch } from '../../../presets/patchEdit.ts'
import { patchText, readPatchText } from '../../../presets/patchText.ts'
import { patchRefusals } from '../../../project/patchCheck.ts'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { Sheet } from '../../controls/Sheet.tsx'
import { useRack } from './rack.ts'

interface EditPatchSheetProps {
  readonly onClose: () => void
}

interface Finding {
  readonly message: string
  readonly hint: string
  readonly line: number
  readonly column: number
  readonly start: number
  readonly end: number
}

/** Typing is checked when it rests. */
const REST_MS = 250
const MOST_SHOWN = 20
const BEGINNING = { line: 1, column: 1, start: 0, end: 0 }

/** What was typed and not applied, by track, so that a closed sheet loses nothing. */
const unapplied = new Map<string, string>()

export default function EditPatchSheet({ onClose }: EditPatchSheetProps) {
  const { run, project } = usePorts()
  const { store, edit } = useRack()
  const id = useId()
  const key = edit?.stripId ?? ''
  const sound = useStore(store, ({ patch }) => patch)
  const playing = () => {
    const { patch, preset } = store.getState()
    return patch ? patchText(wholePatch({ patch, values: preset?.values ?? {} })) : ''
  }
  const [text, setText] = useState(() => unapplied.get(key) ?? playing())
  const [findings, setFindings] = useState<readonly Finding[]>([])
  const [said, setSaid] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const sampleRate = useStore(project, (state) => state.sampleRate)
  const effects = useStore(store, ({ preset }) => preset?.effects)
  const check = useMemo(
    () => (typed: string) => findingsIn(typed, { values: {}, effects: effects ?? [], gainDb: 0 }, sampleRate),
    [effects, sampleRate],
  )

  useEffect(() => {
    const timer = setTimeout(() => setFindings(check(text)), REST_MS)
    return () => clearTimeout(timer)
  }, [text, check])

  const goTo = ({ start, end }: Finding) => {
    const area = field.current
    if (!area) return
    area.focus()
    area.setSelectionRange(start, end)
    // Browsers scroll to the caret when it moves by typing only.
    const before = text.slice(0, start).split('\n').length - 1
    area.scrollTop = Math.max(0, before * lineHeight(area) - area.clientHeight / 3)
  }
  const apply = async () => {
    const found = check(text)
    setFindings(found)
    if (found[0]) {
      setSaid('')
      return goTo(found[0])
    }
    const made = await run('patch.load', { ...(edit && { trackId: edit.stripId }), patch: text })
    if (!made) return
    unapplied.delete(key)
    setSaid('It plays now. Notes that were held end on the patch before.')
  }
  const type = (typed: string) => {
    setText(typed)
    setSaid('')
    unapplied.set(key, typed)
  }
  const close = () => {
    if (text === playing()) unapplied.delete(key)
    onClose()
  }

  return (
    <Sheet
      title="Edit patch"
      wide
      onClose={close}
      summary="Units, what feeds them, what moves them. What plays goes on until a patch without faults takes its place."
    >
      <div className="patchedit">
        <textarea
          ref={field}
          className="well mono"
          aria-label="Patch as JSON"
          aria-describedby={`${id}-findings`}
          aria-invalid={findings.length > 0}
          spellCheck={false}
          autoFocus
          wrap="off"
          value={text}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            void apply()
          }}
        />
        <div id={`${id}-findings`} className="findings scroll" role="status" aria-label="Faults">
          {findings.slice(0, MOST_SHOWN).map((finding, at) => (
            <button key={at} type="button" className="finding" onClick={() => goTo(finding)}>
              <b>
                {finding.line}:{finding.column}
              </b>
              <span>
                {finding.message} <span className="cap">{finding.hint}</span>
              </span>
            </button>
          ))}
          {findings.length > MOST_SHOWN && <p className="cap">And {findings.length - MOST_SHOWN} more.</p>}
          {findings.length === 0 && <p className="cap">{said || 'No faults.'}</p>}
        </div>
      </div>
      <div className="pfoot">
        <Button large onClick={() => type(playing())} data-tip="Throws away what was typed">
          Start from what plays
        </Button>
        <span className="grow" />
        <Button large onClick={close}>
          Close
        </Button>
        <Button
          large
          look="primary"
          disabled={!sound && text === ''}
          data-tip="Apply: Ctrl Enter"
          onClick={() => void apply()}
        >
          Apply
        </Button>
      </div>
    </Sheet>
  )
}

const lineHeight = (area: HTMLElement): number => Number.parseFloat(getComputedStyle(area).lineHeight)

type Program = Parameters<typeof patchRefusals>[1]

function findingsIn(text: string, program: Program, sampleRate: number): Finding[] {
  try {
    const { value, placeOf } = readPatchText(text)
    return patchRefusals(value, program, sampleRate)
      .map(({ message, hint, field }) => ({ message, hint, ...placeOf(field) }))
      .sort((a, b) => a.start - b.start)
  } catch (thrown) {
    const { message, hint, value } = asSoundloomError(thrown)
    const [line = 1, column = 1] = typeof value === 'string' ? value.split(':').map(Number) : []
    const start = text.split('\n', line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
    return [{ message, hint, ...BEGINNING, ...(typeof value === 'string' && { line, column, start, end: start + 1 }) }]
  }
}
