// What a device costs, as a share of the audio time (main thread): estimated until it has been measured on this computer.
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { CostOf } from '../../../engine/live/deviceCosts.ts'
import type { Patch } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import { useRack } from './rack.ts'

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`

/** Of the effect at this place of the chain. */
export function EffectCost({ index, label }: { readonly index: number; readonly label: string }) {
  const device = useStore(useRack().store, (state) => state.preset?.effects[index])
  const of = useMemo(() => (device ? { effect: device } : null), [device])
  return <CostReading of={of} what={label} />
}

/** Of four voices. */
export function InstrumentCost({ patch }: { readonly patch: Patch }) {
  const values = useStore(useRack().store, (state) => state.preset?.values)
  const of = useMemo(() => (values ? { patch, values } : null), [patch, values])
  return <CostReading of={of} what="four voices" />
}

function CostReading({ of, what }: { readonly of: CostOf | null; readonly what: string }) {
  const { costs } = usePorts()
  const measured = useStore(costs.store, (state) => state.measured)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `measured` is what `read` reads
  const cost = useMemo(() => of && costs.read(of), [costs, of, measured])
  if (!cost) return null
  const share = percent(cost.share)
  const how = cost.measured ? 'measured on this computer' : 'estimated; measured when nothing sounds'
  return (
    <span
      className="cap cost"
      data-tip={`CPU of ${what}: ${share} of the audio time (${String(Math.round(cost.ns))} ns for 32 frames), ${how}`}
    >
      {cost.measured ? share : `~${share}`}
    </span>
  )
}
