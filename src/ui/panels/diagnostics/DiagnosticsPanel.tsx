// What the audio thread, the transport and memory are doing, beside the work (main thread). Nothing is computed while it is closed.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Diagnostics, NamedCall } from '../../../engine/live/diagnostics.ts'
import { usePorts } from '../../context.ts'
import { Button, IconButton } from '../../controls/Button.tsx'
import { usePanel } from '../usePanel.ts'
import { GovernorEvents } from './GovernorEvents.tsx'
import {
  dearestOf,
  diagnosticsText,
  engineTime,
  figureGroups,
  microseconds,
  percent,
  searchGroups,
  type FigureGroup,
} from './figures.ts'

const PERIOD_MS = 250
const SEARCH_PERIOD_MS = 1000
/** From here on a call is likely to be heard as an interruption soon. */
const NEARLY_LATE = 0.8

export function DiagnosticsPanel() {
  const { open, setOpen } = usePanel('diagnostics', false)
  return open ? <Watching onClose={() => setOpen(false)} /> : null
}

function Watching({ onClose }: { readonly onClose: () => void }) {
  const { diagnostics } = usePorts()
  const more = useSearchGroups()
  const [reading, setReading] = useState<Diagnostics | null>(null)
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    const leave = diagnostics.watch()
    const read = (): void => setReading(diagnostics.read())
    read()
    const timer = setInterval(read, PERIOD_MS)
    return () => {
      clearInterval(timer)
      leave()
    }
  }, [diagnostics])
  useEffect(() => {
    const before = document.activeElement
    const panel = section.current
    panel?.focus()
    return () => {
      const inside = panel?.contains(document.activeElement) || document.activeElement === document.body
      if (inside && before instanceof HTMLElement) before.focus()
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onClose()
  }
  return (
    <section ref={section} className="diagnostics" aria-label="Diagnostics" tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="phead">
        <h2 className="grow">Diagnostics</h2>
        <Copy reading={reading} more={more} />
        <IconButton icon="close" name="Close diagnostics" tip="Close diagnostics (F9)" onClick={onClose} />
      </div>
      {reading && (
        <div className="diagnostics-body scroll" tabIndex={0} role="region" aria-label="Figures">
          <div className="diagnostics-groups">
            {[...figureGroups(reading), ...more].map((group) => (
              <Group key={group.title} group={group} />
            ))}
          </div>
          <SlowCalls calls={reading.slow} />
          <GovernorEvents events={reading.governor.events} />
        </div>
      )}
    </section>
  )
}

/** Asked once a second while the panel is open; none before the worker has answered. */
function useSearchGroups(): readonly FigureGroup[] {
  const { searchStatistics } = usePorts()
  const [groups, setGroups] = useState<readonly FigureGroup[]>([])
  useEffect(() => {
    const ask = (): void =>
      void searchStatistics().then(
        (figures) => setGroups(searchGroups(figures)),
        () => setGroups([]),
      )
    ask()
    const timer = setInterval(ask, SEARCH_PERIOD_MS)
    return () => clearInterval(timer)
  }, [searchStatistics])
  return groups
}

function Group({ group: { title, figures } }: { readonly group: FigureGroup }) {
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {figures.map(({ name, value, also, bad }) => (
          <tr key={name} className={bad ? 'bad' : ''}>
            <th scope="row">{name}</th>
            <td>{value}</td>
            <td>{also}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function SlowCalls({ calls }: { readonly calls: readonly NamedCall[] }) {
  return (
    <table className="slow">
      <caption>Slow calls: more than half of the time was used</caption>
      {calls.length === 0 ? (
        <tbody>
          <tr>
            <td className="cap">None since this panel was opened</td>
          </tr>
        </tbody>
      ) : (
        <>
          <thead>
            <tr>
              <th scope="col">Engine time</th>
              <th scope="col">Took</th>
              <th scope="col">Of its time</th>
              <th scope="col">Most expensive, estimated</th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <tr key={call.id} className={call.share > NEARLY_LATE ? 'bad' : ''}>
                <td>{engineTime(call.atSeconds)}</td>
                <td>{microseconds(call.us)}</td>
                <td>{percent(call.share)}</td>
                <td>{dearestOf(call)}</td>
              </tr>
            ))}
          </tbody>
        </>
      )}
    </table>
  )
}

function Copy({ reading, more }: { readonly reading: Diagnostics | null; readonly more: readonly FigureGroup[] }) {
  const { failed } = usePorts()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    if (!reading) return
    const about = [
      `Soundloom ${__VERSION__}`,
      navigator.userAgent,
      `${navigator.hardwareConcurrency} processor threads`,
    ]
    await navigator.clipboard.writeText(diagnosticsText(reading, about, more))
    setCopied(true)
  }
  return (
    <Button
      disabled={!reading}
      data-tip="Everything here as text, for a bug report"
      onClick={() => void copy().catch(failed)}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  )
}
