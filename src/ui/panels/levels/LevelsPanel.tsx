// The levels dock: tall stereo meter with its scale and peaks; a rail of meters where the window is narrow (main thread).
import { useCallback, useRef } from 'react'
import { usePorts } from '../../context.ts'
import { FLOOR_DB } from '../../controls/ballistics.ts'
import { IconButton } from '../../controls/Button.tsx'
import { Meter } from '../../controls/Meter.tsx'
import { usePanel } from '../usePanel.ts'
import { writeDb } from './writeDb.ts'

const SCALE_DB = [0, -3, -6, -10, -14, -20, -30, -40, -50, -60] as const

export function LevelsPanel() {
  const { readLevels } = usePorts()
  const { open, setOpen } = usePanel('analysers')
  const left = useRef<HTMLElement>(null)
  const right = useRef<HTMLElement>(null)
  const showPeaks = useCallback((leftDb: number, rightDb: number) => {
    writeDb(left.current, leftDb)
    writeDb(right.current, rightDb)
  }, [])
  return (
    <aside className={`panel right ${open ? '' : 'shut'}`} aria-label="Levels">
      <div className="phead">
        <h2 className="wide">Levels</h2>
        <span className="grow wide" />
        <IconButton
          icon="panel"
          name={open ? 'Collapse levels' : 'Open levels'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
      <div className="levels">
        <div className="towers">
          <Meter read={readLevels} direction="up" onPeaks={showPeaks} />
          <div className="scale wide" aria-hidden="true">
            {SCALE_DB.map((db) => (
              <span key={db} style={{ bottom: `${(1 - db / FLOOR_DB) * 100}%` }}>
                {db < 0 ? `−${-db}` : db}
              </span>
            ))}
          </div>
        </div>
        <dl className="peaks">
          <div>
            <dt>L</dt>
            <dd ref={left} />
          </div>
          <div>
            <dt>R</dt>
            <dd ref={right} />
          </div>
        </dl>
        <p className="cap wide">Peak dBFS, held 2 s. Click the meter to clear.</p>
      </div>
    </aside>
  )
}
