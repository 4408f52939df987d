// The pads of a kit: struck by pointer, Enter or Space, walked through with the arrows, lit while they are played (main thread).
import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { PatchPad } from '../../../../presets/model.ts'
import { usePorts } from '../../../context.ts'
import { noteName, spokenNote } from '../../keyboard/keys.ts'
import { padColumns, padStep } from './padFace.ts'

interface PadGridProps {
  /** In key order. */
  readonly pads: readonly PatchPad[]
  readonly selected: string
  readonly onSelect: (padId: string) => void
  /** Keys play the devices on show from now on. */
  readonly takeKeys: () => void
}

const SOURCE = 'pad'

export function PadGrid({ pads, selected, onSelect, takeKeys }: PadGridProps) {
  const { input, run } = usePorts()
  const held = useStore(input, (state) => state.held)
  const velocity = useStore(input, (state) => state.velocity)
  const grid = useRef<HTMLDivElement>(null)

  const strike = (pad: PatchPad) => {
    onSelect(pad.id)
    takeKeys()
    void run('note.on', { note: pad.low, velocity, source: SOURCE })
  }
  const release = () => void run('note.releaseSource', { source: SOURCE })

  // Pads that go away must not leave their notes sounding.
  useEffect(() => () => void run('note.releaseSource', { source: SOURCE }), [run])

  const onKeyDown = (event: KeyboardEvent) => {
    const at = pads.findIndex(({ id }) => id === selected)
    const plays = event.key === 'Enter' || event.key === ' '
    const to = padStep(event.key, at, pads.length)
    if ((!plays && to === null) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if (plays) {
      if (!event.repeat && pads[at]) strike(pads[at])
    } else {
      onSelect(pads[to!]!.id)
      grid.current?.querySelectorAll<HTMLElement>('.pad')[to!]?.focus()
    }
  }

  return (
    <div
      ref={grid}
      className="pads"
      role="group"
      aria-label="Pads"
      style={{ '--columns': padColumns(pads.length) } as CSSProperties}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => (event.key === 'Enter' || event.key === ' ') && release()}
    >
      {pads.map((pad) => {
        const { id, name, low, high } = pad
        const lit = [...held].some((note) => note >= low && note <= high)
        const keys = low === high ? noteName(low) : `${noteName(low)} to ${noteName(high)}`
        return (
          <button
            key={id}
            type="button"
            className={`pad ${lit ? 'lit' : ''}`}
            aria-label={`${name}, ${spokenNote(low)}`}
            aria-pressed={id === selected}
            tabIndex={id === selected ? 0 : -1}
            data-tip={`${name}, ${keys}`}
            onPointerDown={(event) => {
              if (event.button !== 0) return
              event.currentTarget.setPointerCapture(event.pointerId)
              strike(pad)
            }}
            onPointerUp={release}
            onPointerCancel={release}
            onFocus={() => id !== selected && onSelect(id)}
            onBlur={release}
          >
            {name}
          </button>
        )
      })}
    </div>
  )
}
