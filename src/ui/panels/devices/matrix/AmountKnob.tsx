// How far one modulation goes, as a small knob with its value beside it: both ways from 12 o'clock (main thread).
import { useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { formatValue, speakValue } from '../../../../params/format.ts'
import { stepPlain, toPlain, toUnit } from '../../../../params/map.ts'
import { parseValue } from '../../../../params/parse.ts'
import { rowSpec } from '../../../../presets/amounts.ts'
import type { Patch } from '../../../../presets/model.ts'
import { rowAmount } from '../../../../presets/patchEdit.ts'
import { usePorts } from '../../../context.ts'
import { arc, onCircle, RING_RADIUS } from '../../../controls/knobGeometry.ts'
import { KnobMenu } from '../../../controls/KnobMenu.tsx'
import { useKnobInput, type KnobActions } from '../../../controls/useKnobInput.ts'
import { ValueField } from '../../../controls/ValueField.tsx'
import { useRack } from '../rack.ts'

interface AmountKnobProps {
  readonly patch: Patch
  readonly row: number
  readonly name: string
  /** Which track; none for the sound on the strip. */
  readonly place: { readonly trackId?: string }
}

export function AmountKnob({ patch, row, name, place }: AmountKnobProps) {
  const { run } = usePorts()
  const { store } = useRack()
  const mod = patch.mods[row]!
  const spec = useMemo(() => rowSpec(patch, row), [patch, row])
  const amount = useStore(store, ({ preset }) => rowAmount({ values: preset?.values ?? {} }, mod))
  const ref = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [menu, setMenu] = useState(false)
  const { trackId } = place

  const actions = useMemo<KnobActions>(() => {
    const read = () => rowAmount({ values: store.getState().preset?.values ?? {} }, mod)
    const set = (next: number, gesture?: string) =>
      void run(
        'patch.setAmount',
        { ...(trackId !== undefined && { trackId }), row: mod.id ?? row, amount: next },
        gesture === undefined ? {} : { gesture },
      )
    return {
      onMove: (position, gesture) => set(Number(toPlain(spec, position)), gesture),
      onStep: (count, size, gesture) => set(Number(stepPlain(spec, read(), count, size)), gesture),
      onGestureEnd: () => void run('history.endGesture', {}),
      onReset: (to) => set(to === 'own' ? Number(spec.init) : 0),
      onType: (text) => {
        const plain = parseValue(spec, text, read())
        if (typeof plain !== 'number') return false
        set(plain)
        return true
      },
    }
  }, [store, run, spec, mod, row, trackId])

  const written = formatValue(spec, amount)
  const text = amount > 0 ? `+${written}` : written
  const tip = `${name} ${text}`
  const position = toUnit(spec, amount)
  const handlers = useKnobInput(ref, { ...actions, name, position, tip }, setTyped)
  const [tipX, tipY] = onCircle(3.2, position)
  const [endX, endY] = onCircle(7, position)
  return (
    <div className="amount">
      <div
        ref={ref}
        className="knob amountknob"
        role="slider"
        tabIndex={0}
        aria-label={`${name} amount`}
        aria-valuenow={amount}
        aria-valuemin={spec.min}
        aria-valuemax={spec.max}
        aria-valuetext={speakValue(spec, amount)}
        data-tip={tip}
        {...handlers}
        onContextMenu={(event) => {
          event.preventDefault()
          setMenu(true)
        }}
      >
        <svg viewBox="0 0 30 28" aria-hidden="true">
          <circle className="k-cap" cx="15" cy="15" r="7.5" />
          <path className="k-track" d={arc(RING_RADIUS, 0, 1)} />
          {Math.abs(position - 0.5) > 0.004 && <path className="k-val" d={arc(RING_RADIUS, 0.5, position)} />}
          <line className="k-tip" x1={tipX} y1={tipY} x2={endX} y2={endY} />
        </svg>
        <span className="kv">{text}</span>
      </div>
      {menu && (
        <KnobMenu
          anchor={ref}
          name={`${name} amount`}
          text={text}
          onReset={actions.onReset}
          onType={actions.onType}
          onOpenField={() => setTyped('')}
          onClose={() => setMenu(false)}
        />
      )}
      {typed !== null && (
        <ValueField
          name={`${name} amount`}
          initial={typed || text}
          select={typed === ''}
          onEnter={actions.onType}
          onClose={() => {
            setTyped(null)
            ref.current?.focus()
          }}
        />
      )}
    </div>
  )
}
