// What a device costs, as a share of the audio time (main thread): estimated until it has been measured on this computer.
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { CostOf } from '../../../engine/live/deviceCosts.ts'
import { usePorts } from '../../context.ts'

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`

/** `of` null: nothing to measure. `what`: of the tooltip. */
export function CostReading({ of, what }: { readonly of: CostOf | null; readonly what: string }) {
  const { costs } = usePorts()
  const measured = useStore(costs.store, (state) => state.measured)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `measured` is what `read` reads
  const cost = useMemo(() => of && costs.read(of), [costs, of, measured])
  if (!cost) return null
  const { share, ns } = cost
  const how = cost.measured ? 'measured on this computer' : 'estimated; measured when nothing sounds'
  return (
    <span
      className="cap cost"
      data-tip={`CPU of ${what}: ${percent(share)} of the audio time (${Math.round(ns)} ns in 32 frames), ${how}`}
    >
      {cost.measured ? '' : '~'}
      {percent(share)}
    </span>
  )
}
