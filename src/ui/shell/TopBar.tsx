// Top bar: project, undo, transport, master volume, CPU, level, settings (main thread).
import { Mark } from '../icons/Icon.tsx'
import { CpuReading, LevelReading } from './EngineReadings.tsx'
import { MasterVolume } from './MasterVolume.tsx'
import { ProjectMenu } from './ProjectMenu.tsx'
import { Settings } from './Settings.tsx'
import { TransportBar } from './transport/TransportBar.tsx'
import { UndoRedo } from './UndoRedo.tsx'

export function TopBar() {
  return (
    <header className="top">
      <div className="ident">
        <Mark />
        <ProjectMenu />
        <UndoRedo />
      </div>
      <TransportBar />
      <span className="grow" />
      <MasterVolume />
      <div className="read">
        <CpuReading />
        <LevelReading />
      </div>
      <Settings />
    </header>
  )
}
