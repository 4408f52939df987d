// The page: top bar, sounds, devices, levels, keyboard, status, and what floats over them (main thread).
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { PortsContext } from '../context.ts'
import { TipLayer } from '../controls/TipLayer.tsx'
import { Toasts } from '../controls/Toasts.tsx'
import { DevicesPanel } from '../panels/devices/DevicesPanel.tsx'
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
  const loaded = useStore(ports.audition, (state) => state.preset !== null)
  const drop = useDrop(ports.importFiles)
  return (
    <PortsContext value={ports}>
      <div className="app">
        <TopBar />
        <SoundsPanel />
        {loaded ? <DevicesPanel /> : <Empty />}
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
