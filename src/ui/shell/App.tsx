// The page: top bar, sounds, song, analysers, lower panel, status, and what floats over them (main thread).
import { Suspense, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { PortsContext } from '../context.ts'
import { TipLayer } from '../controls/TipLayer.tsx'
import { Toasts } from '../controls/Toasts.tsx'
import { AnalysersPanel } from '../panels/analysers/AnalysersPanel.tsx'
import { DropOverlay } from '../panels/drop/DropOverlay.tsx'
import { useDrop } from '../panels/drop/useDrop.ts'
import { SoundsPanel } from '../panels/sounds/SoundsPanel.tsx'
import type { UiPorts } from '../ports.ts'
import { Banner } from './Banner.tsx'
import { BottomPanel } from './BottomPanel.tsx'
import { DiagnosticsPanel, fetchPartsAtRest, ReportSheet } from './later.ts'
import { Middle } from './Middle.tsx'
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
  const drop = useDrop(ports.importFiles)
  useEffect(fetchPartsAtRest, [])
  const diagnosed = useStore(ports.session, ({ panels }) => panels.diagnostics === true)
  const reported = useStore(ports.reports, ({ open }) => open !== null)
  return (
    <PortsContext value={ports}>
      <div className="app">
        <TopBar />
        <Banner />
        <SoundsPanel />
        <Middle />
        <AnalysersPanel />
        <BottomPanel />
        <StatusBar />
      </div>
      {drop.over && <DropOverlay count={drop.count} />}
      <Suspense>
        {diagnosed && <DiagnosticsPanel />}
        {reported && <ReportSheet />}
      </Suspense>
      <Toasts notices={ports.notices} onDismiss={ports.dismissNotice} />
      <TipLayer />
    </PortsContext>
  )
}
