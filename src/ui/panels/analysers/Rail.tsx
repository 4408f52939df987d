// The analysers folded away: the master's meter, read from the engine itself, so that nothing is analysed for it (main thread).
import { useCallback, useRef } from 'react'
import { usePorts } from '../../context.ts'
import { Meter } from '../../controls/Meter.tsx'
import { writeDb } from './writeDb.ts'

export function Rail() {
  const { readLevels } = usePorts()
  const left = useRef<HTMLElement>(null)
  const right = useRef<HTMLElement>(null)
  const showPeaks = useCallback((leftDb: number, rightDb: number) => {
    writeDb(left.current, leftDb)
    writeDb(right.current, rightDb)
  }, [])
  return (
    <section className="rail" aria-label="Levels">
      <Meter read={readLevels} direction="up" onPeaks={showPeaks} />
      <dl>
        <dt className="sr">L</dt>
        <dd ref={left} />
        <dt className="sr">R</dt>
        <dd ref={right} />
      </dl>
    </section>
  )
}
