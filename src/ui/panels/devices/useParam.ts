// One parameter of the devices on show: its value, its own value and what changes it (main thread).
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { parseValue } from '../../../params/parse.ts'
import { formatValue, speakValue } from '../../../params/format.ts'
import { stepPlain, toPlain } from '../../../params/map.ts'
import type { PlainValue } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import type { KnobActions } from '../../controls/useKnobInput.ts'
import type { FaceParam } from './layout.ts'
import { useRack } from './rack.ts'
import { valueOf } from './values.ts'

export interface ParamState {
  readonly value: PlainValue
  readonly text: string
  readonly spoken: string
  readonly tip: string
  readonly set: (value: PlainValue) => void
  readonly actions: KnobActions
}

export function useParam({ key, spec }: FaceParam): ParamState {
  const { run } = usePorts()
  const { store, setValue } = useRack()
  const value = useStore(store, (state) => valueOf(state, key, spec) ?? spec.init)
  const own = useStore(
    store,
    (state) => valueOf({ preset: state.original, patch: state.originalPatch }, key, spec) ?? spec.init,
  )
  const found = useStore(store, (state) => state.original?.source?.found?.[key]?.text)
  const range = useStore(store, (state) => state.original?.ranges?.[key])
  const text = formatValue(spec, value)

  const actions = useMemo<KnobActions>(() => {
    const read = () => valueOf(store.getState(), key, spec) ?? spec.init
    const set = (next: PlainValue, gesture?: string) => setValue(key, next, gesture)
    return {
      onMove: (position, gesture) => set(toPlain(spec, position), gesture),
      onStep: (count, size, gesture) => set(stepPlain(spec, read(), count, size), gesture),
      onGestureEnd: () => void run('history.endGesture', {}),
      onReset: (to) => {
        const { original, originalPatch } = store.getState()
        const ownValue = valueOf({ preset: original, patch: originalPatch }, key, spec) ?? spec.init
        set(to === 'own' ? ownValue : spec.init)
      },
      onType: (typed) => {
        const plain = parseValue(spec, typed, read())
        if (plain === null) return false
        set(plain)
        return true
      },
    }
  }, [store, setValue, run, key, spec])

  const notes = [
    found !== undefined && `file: ${found}`,
    range && `range ${formatValue(spec, range[0])} to ${formatValue(spec, range[1])}`,
    own !== value && `was ${formatValue(spec, own)}`,
  ].filter(Boolean)
  return {
    value,
    text,
    spoken: speakValue(spec, value),
    tip: `${spec.label} ${text}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`,
    set: (next) => setValue(key, next),
    actions,
  }
}
