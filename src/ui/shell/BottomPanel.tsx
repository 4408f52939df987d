// The lower panel: devices or keyboard behind tabs, foldable to its head (main thread).
import { Suspense, useDeferredValue, useId, useMemo, useRef, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { BottomTab } from '../../project/session.ts'
import { PortsContext, usePorts } from '../context.ts'
import { IconButton } from '../controls/Button.tsx'
import { Segments } from '../controls/Segments.tsx'
import { heldAudition } from '../panels/devices/heldAudition.ts'
import { auditionRack, findStrip, RackContext, stripRack } from '../panels/devices/rack.ts'
import { usePresetDrop } from '../panels/drop/usePresetDrop.ts'
import { usePanel } from '../panels/usePanel.ts'
import { DevicesBody, DevicesHead, KeyboardPanel } from './later.ts'

const TABS = [
  { id: 'devices', label: 'Devices' },
  { id: 'keyboard', label: 'Keyboard' },
] as const satisfies readonly { id: BottomTab; label: string }[]

export function BottomPanel() {
  const { session, project, run } = usePorts()
  const id = useId()
  const tab = useStore(session, (state) => state.bottomTab)
  const { ports, rack, stripId, empty, choice } = useShown()
  const tracks = useStore(project, (state) => state.tracks.length)
  // Until there is something to show, the first-run page has the room.
  const { open, setOpen } = usePanel('bottom', !empty || tracks > 0 || tab === 'keyboard')
  // A sound that is dropped here takes the place of the selected track's. The press that began the drag has put the sound in front.
  const selectedId = useStore(session, (state) => state.selectedTrackId)
  const isTrack = useStore(project, ({ tracks: all }) => all.some((track) => track.id === selectedId))
  const { over, target } = usePresetDrop(
    isTrack && selectedId !== null
      ? (presetId) => {
          void run('track.setSound', { trackId: selectedId, presetId })
          void run('track.select', { trackId: selectedId })
        }
      : null,
  )
  const choose = (next: BottomTab) => {
    void run('view.setBottomTab', { tab: next })
    if (!open || next === tab) setOpen(!open)
  }
  return (
    <PortsContext value={ports}>
      <RackContext value={rack}>
        <section
          className={`panel bottom ${open ? '' : 'shut'} ${over ? 'takes' : ''}`}
          aria-label="Devices and keyboard"
          {...target}
        >
          <div className="phead">
            <Tabs id={id} tab={tab} open={open} onChoose={choose} />
            <span className="sep" />
            {tab === 'devices' ? (
              <>
                {choice}
                <Suspense fallback={<span className="grow" />}>
                  <DevicesHead stripId={stripId} />
                </Suspense>
              </>
            ) : (
              <span className="grow" />
            )}
            <IconButton
              icon={open ? 'down' : 'up'}
              name={open ? 'Fold the lower panel' : 'Unfold the lower panel'}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            />
          </div>
          {open && (
            <div role="tabpanel" id={`${id}-${tab}`} aria-labelledby={`${id}-tab-${tab}`} className="bottombody">
              <Suspense>
                {tab === 'devices' ? <DevicesBody key={stripId} stripId={stripId} /> : <KeyboardPanel />}
              </Suspense>
            </div>
          )}
        </section>
      </RackContext>
    </PortsContext>
  )
}

const SIDES = [
  { id: 'track', label: 'Track' },
  { id: 'sound', label: 'Sound' },
] as const

/** Whose devices are shown: those of the selected track or return, else of the sound on the audition strip. Where there are both, the user chooses. */
function useShown() {
  const ports = usePorts()
  const { audition, session, project, sounds, run } = ports
  const selectedId = useStore(session, (state) => state.selectedTrackId)
  const selected = useStore(project, (state) => findStrip(state, selectedId) !== undefined)
  const loadedId = useStore(audition, (state) => state.original?.id ?? null)
  // What the keys play is in front: a selected track, or the sound that was pressed since.
  const keysPlay = useStore(session, (state) => state.keysPlay)
  const onSound = !selected || (keysPlay === 'sound' && loadedId !== null)
  // The sound starts first; its face is drawn when there is time.
  const shown = useDeferredValue(onSound ? `sound:${loadedId ?? ''}` : `track:${selectedId!}`)
  const shownId = shown.slice(shown.indexOf(':') + 1)
  const stripId = shown.startsWith('track:') ? shownId : null
  const held = useMemo(
    () => (stripId !== null || shownId === '' ? ports : { ...ports, audition: heldAudition(audition, shownId) }),
    [ports, audition, stripId, shownId],
  )
  const rack = useMemo(
    () => (stripId === null ? auditionRack(held.audition, run) : stripRack(project, sounds, run, stripId)),
    [held, stripId, project, sounds, run],
  )
  const choice = selected && loadedId !== null && (
    <Segments
      name="Devices of"
      value={onSound ? 'sound' : 'track'}
      options={SIDES}
      onChange={(target) => void run('input.playTo', { target })}
    />
  )
  return { ports: held, rack, stripId, empty: stripId === null && shownId === '', choice }
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
