// The pads of a kit: struck by pointer, Enter or Space, walked through with the arrows, lit while they are played; each takes a sound that is dropped on it (main thread).
import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { PatchPad } from '../../../../presets/model.ts'
import { usePorts } from '../../../context.ts'
import { Icon } from '../../../icons/Icon.tsx'
import { usePresetDrop } from '../../drop/usePresetDrop.ts'
import { noteName, spokenNote } from '../../keyboard/keys.ts'
import { freeKey, keyLabel, padColumns, padStep } from './padFace.ts'
import { SoundFinder } from './SoundFinder.tsx'

interface PadGridProps {
  /** In key order. */
  readonly pads: readonly PatchPad[]
  readonly selected: string
  readonly onSelect: (padId: string) => void
  /** Keys play the devices on show from now on. */
  readonly takeKeys: () => void
  readonly onSound: (padId: string, presetId: string) => void
  readonly onAdd: (key: number, presetId: string) => void
  readonly onRemove: (pad: PatchPad) => void
}

const SOURCE = 'pad'

export function PadGrid({ pads, selected, onSelect, takeKeys, onSound, onAdd, onRemove }: PadGridProps) {
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
    // The way to a new pad is no pad.
    if (!(event.target as Element).classList.contains('pad')) return
    if (event.key === 'Delete' && pads[at]) {
      event.preventDefault()
      event.stopPropagation()
      return onRemove(pads[at])
    }
    const plays = event.key === 'Enter' || event.key === ' '
    const to = padStep(event.key, at, pads.length, padColumns(pads.length + 1))
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
      style={{ '--columns': padColumns(pads.length + 1) } as CSSProperties}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => (event.key === 'Enter' || event.key === ' ') && release()}
    >
      {pads.map((pad) => (
        <Pad
          key={pad.id}
          pad={pad}
          selected={pad.id === selected}
          lit={[...held].some((note) => note >= pad.low && note <= pad.high)}
          onStrike={() => strike(pad)}
          onRelease={release}
          onFocus={() => pad.id !== selected && onSelect(pad.id)}
          onSound={(presetId) => onSound(pad.id, presetId)}
        />
      ))}
      <NewPad pads={pads} onAdd={onAdd} />
    </div>
  )
}

interface PadProps {
  readonly pad: PatchPad
  readonly selected: boolean
  readonly lit: boolean
  readonly onStrike: () => void
  readonly onRelease: () => void
  readonly onFocus: () => void
  readonly onSound: (presetId: string) => void
}

function Pad({ pad, selected, lit, onStrike, onRelease, onFocus, onSound }: PadProps) {
  const { name, low, high } = pad
  const { over, target } = usePresetDrop(onSound)
  const keys = low === high ? noteName(low) : `${noteName(low)} to ${noteName(high)}`
  return (
    <button
      type="button"
      className={`pad ${lit ? 'lit' : ''} ${over ? 'takes' : ''}`}
      aria-label={`${name}, ${spokenNote(low)}`}
      aria-pressed={selected}
      tabIndex={selected ? 0 : -1}
      data-tip={`${name}, ${keys}. Drop a sound here to put it on this pad`}
      {...target}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        onStrike()
      }}
      onPointerUp={onRelease}
      onPointerCancel={onRelease}
      onFocus={onFocus}
      onBlur={onRelease}
    >
      {name}
    </button>
  )
}

/** The last place: a sound for a key that has none. */
function NewPad({ pads, onAdd }: Pick<PadGridProps, 'pads' | 'onAdd'>) {
  const key = freeKey(pads)
  const { over, target } = usePresetDrop(key === null ? null : (presetId) => onAdd(key, presetId))
  return (
    <div className="newpad" {...target}>
      <SoundFinder
        name="Add pad"
        tip={key === null ? 'Every key has a pad: remove one first' : `Add a pad on ${keyLabel(key)}`}
        className={`addpad ${over ? 'takes' : ''}`}
        disabled={key === null}
        onChoose={(presetId) => key !== null && onAdd(key, presetId)}
      >
        <Icon name="plus" />
      </SoundFinder>
    </div>
  )
}
