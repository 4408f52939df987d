// CPU and level in the top bar (main thread).
import { useCallback, useRef } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { usePanel } from '../panels/usePanel.ts'
import { Meter } from '../controls/Meter.tsx'
import { writeDb } from '../panels/analysers/writeDb.ts'
import type { CSSProperties } from 'react'

export function CpuReading() {
  const { status, run } = usePorts()
  const { open } = usePanel('diagnostics', false)
  const usage = useStore(status, (state) => state.cpuUsage)
  if (usage === null) return null
  const percent = Math.round(usage * 100)
  return (
    <button
      type="button"
      className="cpu"
      style={{ '--v': Math.min(1, usage) } as CSSProperties}
      aria-expanded={open}
      aria-label={`CPU ${percent} %, diagnostics`}
      data-tip="Share of each audio block that the engine uses; diagnostics (F9)"
      onClick={() => void run('view.toggleDiagnostics', {})}
    >
      <span>
        CPU
        <b className={usage > 0.7 ? 'high' : ''}>{percent} %</b>
      </span>
      <i />
    </button>
  )
}

export function LevelReading() {
  const { readLevels } = usePorts()
  const peak = useRef<HTMLElement>(null)
  const showPeak = useCallback((left: number, right: number) => writeDb(peak.current, Math.max(left, right)), [])
  return (
    <div className="topmeter" data-tip="Output level; click to clear the clip light">
      <Meter read={readLevels} direction="across" onPeaks={showPeak} />
      <div>
        <b ref={peak} /> dBFS
      </div>
    </div>
  )
}
