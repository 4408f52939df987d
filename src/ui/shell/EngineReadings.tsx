// CPU and level in the top bar (main thread).
import { useCallback, useRef } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../context.ts'
import { Meter } from '../controls/Meter.tsx'
import { writeDb } from '../panels/analysers/writeDb.ts'
import type { CSSProperties } from 'react'

export function CpuReading() {
  const { status } = usePorts()
  const usage = useStore(status, (state) => state.cpuUsage)
  if (usage === null) return null
  const percent = Math.round(usage * 100)
  return (
    <div
      className="cpu"
      style={{ '--v': Math.min(1, usage) } as CSSProperties}
      data-tip="Share of each audio block that the engine uses"
    >
      <div>
        <span>CPU</span>
        <b className={usage > 0.7 ? 'high' : ''}>{percent} %</b>
      </div>
      <i />
    </div>
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
