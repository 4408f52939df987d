// How much an effect turns down now: a thin bar that grows from the right (main thread). Who sees it asks the engine, nobody else.
import { useEffect, useRef } from 'react'
import { usePorts } from '../../context.ts'
import { eachFrame } from '../../drawing/frame.ts'
import { useRack } from './rack.ts'

const RANGE_DB = 24
/** Back towards nothing, so that the eye can follow. */
const DB_PER_SECOND = 30
const TIP_MS = 200

export function ReductionMeter({ deviceId, label }: { readonly deviceId: string; readonly label: string }) {
  const { readReduction } = usePorts()
  const stripId = useRack().edit?.stripId ?? null
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const bar = ref.current!
    let visible = false
    let shown = 0
    let lastMs = 0
    let tipMs = 0
    const paint = (nowMs: number): boolean => {
      if (!visible) return false
      const elapsedMs = Math.min(200, nowMs - lastMs)
      lastMs = nowMs
      const db = readReduction(stripId, deviceId) ?? 0
      const next = Math.min(db, Math.min(0, shown + (DB_PER_SECOND * elapsedMs) / 1000))
      const moves = next !== shown
      if (moves) bar.style.setProperty('--v', String(Math.min(1, next / -RANGE_DB)))
      shown = next
      if (nowMs - tipMs < TIP_MS) return moves
      tipMs = nowMs
      bar.dataset.tip = `${label} turns down by ${(-shown).toFixed(1)} dB (full bar: ${String(RANGE_DB)} dB)`
      return moves
    }
    const sight = new IntersectionObserver((entries) => (visible = entries.at(-1)!.isIntersecting))
    sight.observe(bar)
    const stop = eachFrame(paint)
    return () => {
      stop()
      sight.disconnect()
    }
  }, [readReduction, stripId, deviceId, label])
  // Never spoken: a live reading would talk without end.
  return (
    <div ref={ref} className="reduction" aria-hidden="true">
      <i />
    </div>
  )
}
