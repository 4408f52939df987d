// Top bar: project, undo, master volume, CPU, level, settings (main thread).
import { Mark } from '../icons/Icon.tsx'
import { CpuReading, LevelReading } from './EngineReadings.tsx'
import { MasterVolume } from './MasterVolume.tsx'
import { ProjectName } from './ProjectName.tsx'
import { Settings } from './Settings.tsx'
import { UndoRedo } from './UndoRedo.tsx'

export function TopBar() {
  return (
    <header className="top">
      <div className="ident">
        <Mark />
        <ProjectName />
        <UndoRedo />
      </div>
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
