// The page: top bar, sounds, devices, levels, keyboard, status, and what floats over them (main thread).
import { useDeferredValue, useMemo } from 'react'
import { useStore } from 'zustand'
import { PortsContext } from '../context.ts'
import { TipLayer } from '../controls/TipLayer.tsx'
import { Toasts } from '../controls/Toasts.tsx'
import { DevicesPanel } from '../panels/devices/DevicesPanel.tsx'
import { heldAudition } from '../panels/devices/heldAudition.ts'
import { DropOverlay } from '../panels/drop/DropOverlay.tsx'
import { useDrop } from '../panels/drop/useDrop.ts'
import { KeyboardPanel } from '../panels/keyboard/KeyboardPanel.tsx'
import { LevelsPanel } from '../panels/levels/LevelsPanel.tsx'
import { ReportSheet } from '../panels/report/ReportSheet.tsx'
import { SoundsPanel } from '../panels/sounds/SoundsPanel.tsx'
import type { UiPorts } from '../ports.ts'
import { Empty } from './Empty.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TopBar } from './TopBar.tsx'
import '../theme/index.css'

/** Every refusal of a command reaches the user; components need no handlers of their own. */
const guarded = (ports: UiPorts): UiPorts => {
  const { failed } = ports
  return failed ? { ...ports, run: (...call) => ports.run(...call).catch(failed) } : ports
}

export function App({ ports: given }: { readonly ports: UiPorts }) {
  const ports = useMemo(() => guarded(given), [given])
  const loadedId = useStore(ports.audition, (state) => state.original?.id ?? null)
  // The sound starts first; its face is drawn when there is time.
  const shownId = useDeferredValue(loadedId)
  const shown = useMemo(
    () => (shownId === null ? null : { ...ports, audition: heldAudition(ports.audition, shownId) }),
    [ports, shownId],
  )
  const drop = useDrop(ports.importFiles)
  return (
    <PortsContext value={ports}>
      <div className="app">
        <TopBar />
        <SoundsPanel />
        {shown ? (
          <PortsContext value={shown}>
            <DevicesPanel />
          </PortsContext>
        ) : (
          <Empty />
        )}
        <LevelsPanel />
        <KeyboardPanel />
        <StatusBar />
      </div>
      {drop.over && <DropOverlay count={drop.count} />}
      <ReportSheet />
      <Toasts notices={ports.notices} onDismiss={ports.dismissNotice} />
      <TipLayer />
    </PortsContext>
  )
}
