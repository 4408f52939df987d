// The lower panel: devices or keyboard behind tabs, foldable to its head (main thread).
import { useDeferredValue, useId, useMemo, useRef, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { BottomTab } from '../../project/session.ts'
import { PortsContext, usePorts } from '../context.ts'
import { IconButton } from '../controls/Button.tsx'
import { DevicesBody, DevicesHead } from '../panels/devices/DevicesPanel.tsx'
import { heldAudition } from '../panels/devices/heldAudition.ts'
import { KeyboardPanel } from '../panels/keyboard/KeyboardPanel.tsx'
import { usePanel } from '../panels/usePanel.ts'

const TABS = [
  { id: 'devices', label: 'Devices' },
  { id: 'keyboard', label: 'Keyboard' },
] as const satisfies readonly { id: BottomTab; label: string }[]

export function BottomPanel() {
  const ports = usePorts()
  const { audition, session, run } = ports
  const id = useId()
  const tab = useStore(session, (state) => state.bottomTab)
  const loadedId = useStore(audition, (state) => state.original?.id ?? null)
  // The sound starts first; its face is drawn when there is time.
  const shownId = useDeferredValue(loadedId)
  const held = useMemo(
    () => (shownId === null ? ports : { ...ports, audition: heldAudition(audition, shownId) }),
    [ports, audition, shownId],
  )
  // Until there is something to show, the first-run page has the room.
  const { open, setOpen } = usePanel('bottom', shownId !== null || tab === 'keyboard')
  const choose = (next: BottomTab) => {
    void run('view.setBottomTab', { tab: next })
    if (!open || next === tab) setOpen(!open)
  }
  return (
    <PortsContext value={held}>
      <section className={`panel bottom ${open ? '' : 'shut'}`} aria-label="Devices and keyboard">
        <div className="phead">
          <Tabs id={id} tab={tab} open={open} onChoose={choose} />
          <span className="sep" />
          {tab === 'devices' ? <DevicesHead /> : <span className="grow" />}
          <IconButton
            icon={open ? 'down' : 'up'}
            name={open ? 'Fold the lower panel' : 'Unfold the lower panel'}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
        </div>
        {open && (
          <div role="tabpanel" id={`${id}-${tab}`} aria-labelledby={`${id}-tab-${tab}`} className="bottombody">
            {tab === 'devices' ? <DevicesBody /> : <KeyboardPanel />}
          </div>
        )}
      </section>
    </PortsContext>
  )
}

interface TabsProps {
  readonly id: string
  readonly tab: BottomTab
  readonly open: boolean
  readonly onChoose: (tab: BottomTab) => void
}

/** One tab stop; arrows choose, as in every tab list. A press on the open tab folds the panel. */
function Tabs({ id, tab, open, onChoose }: TabsProps) {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const at = TABS.findIndex((each) => each.id === tab)
    const next = (at + by + TABS.length) % TABS.length
    onChoose(TABS[next]!.id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <div ref={list} role="tablist" aria-label="Lower panel" className="tabs" onKeyDown={onKeyDown}>
      {TABS.map((each) => (
        <button
          key={each.id}
          type="button"
          role="tab"
          id={`${id}-tab-${each.id}`}
          className={each.id === tab ? 'tab' : ''}
          aria-selected={each.id === tab}
          aria-controls={open && each.id === tab ? `${id}-${tab}` : undefined}
          tabIndex={each.id === tab ? 0 : -1}
          onClick={() => onChoose(each.id)}
        >
          {each.label}
        </button>
      ))}
    </div>
  )
}
