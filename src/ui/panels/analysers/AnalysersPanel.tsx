// The analysers: levels, spectrum and scope of one source; a rail of meters when folded or where the window is narrow (main thread).
import { useState, useSyncExternalStore } from 'react'
import { IconButton } from '../../controls/Button.tsx'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { usePanel } from '../usePanel.ts'
import { LevelsDock } from './LevelsDock.tsx'
import { Rail } from './Rail.tsx'
import { ScopeDock } from './ScopeDock.tsx'
import { MASTER, useSources } from './sources.ts'
import { SpectrumDock } from './SpectrumDock.tsx'

/** As in theme/responsive.css. */
const WIDE = '(min-width: 1280px)'

const wide = globalThis.matchMedia?.(WIDE)
const onWide = (changed: () => void) => {
  wide.addEventListener('change', changed)
  return () => wide.removeEventListener('change', changed)
}

export function AnalysersPanel() {
  const { open, setOpen } = usePanel('analysers')
  const roomy = useSyncExternalStore(onWide, () => wide.matches)
  const sources = useSources()
  const [chosen, choose] = useState(MASTER.id)
  const shown = open && roomy
  // A track that went: the master again.
  const source = sources.find(({ id }) => id === chosen) ?? MASTER
  return (
    <aside className={`panel right ${open ? '' : 'shut'}`} aria-label="Analysers">
      <div className="phead">
        {shown && (
          <>
            <h2>Analysers</h2>
            <span className="grow" />
            <OptionMenu
              name="Source of the analysers"
              value={source.id}
              options={sources}
              onChange={choose}
              tip="What the analysers look at"
            />
          </>
        )}
        <IconButton
          icon="panel"
          name={open ? 'Collapse analysers' : 'Open analysers'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
      {shown ? (
        <div className="docks scroll">
          <LevelsDock source={source} />
          <SpectrumDock source={source} />
          <ScopeDock source={source} />
        </div>
      ) : (
        <Rail />
      )}
    </aside>
  )
}
