// A numeric parameter of the sound as a knob (main thread).
import { memo } from 'react'
import { useStore } from 'zustand'
import { toUnit } from '../../../params/map.ts'
import { rowAmount } from '../../../presets/patchEdit.ts'
import { Knob } from '../../controls/Knob.tsx'
import type { FaceParam } from './layout.ts'
import { modulationArc } from './modulation.ts'
import { useRack } from './rack.ts'
import { useParam } from './useParam.ts'
import type { Sound } from './values.ts'

const amountsOf = ({ patch, preset }: Sound, key: string): string =>
  (patch?.mods ?? [])
    .filter(({ to }) => to === key)
    .map((mod) => rowAmount({ values: preset?.values ?? {} }, mod))
    .join()

export const ParamKnob = memo(function ParamKnob({ param }: { readonly param: FaceParam }) {
  const { store } = useRack()
  const patch = useStore(store, (state) => state.patch)
  // Told apart by the amounts that reach this knob: it is drawn anew when one of them is turned.
  useStore(store, (state) => amountsOf(state, param.key))
  const { value, text, spoken, tip, actions } = useParam(param)
  const { spec, key, label, name, about } = param
  const plain = Number(value)
  return (
    <Knob
      label={label}
      name={name}
      text={text}
      spoken={spoken}
      tip={tip}
      about={about}
      now={plain}
      min={spec.min}
      max={spec.max}
      position={toUnit(spec, plain)}
      bipolar={spec.min < 0 && spec.max === -spec.min}
      modulation={(patch && modulationArc(patch, key, spec, plain, store.getState().preset?.values)) ?? undefined}
      {...actions}
    />
  )
})
