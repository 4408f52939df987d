// Head of a track: name, mute, solo, volume, pan, level (main thread).
import { memo, useCallback, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import { Meter } from '../../controls/Meter.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { RoleGlyph } from '../../icons/RoleGlyph.tsx'
import type { LevelReading } from '../../ports.ts'
import { displayName } from '../sounds/describe.ts'
import { FrozenMark } from './FrozenMark.tsx'
import { LetterToggle } from './LetterToggle.tsx'
import type { Track } from './model.ts'
import { PanKnob } from './PanKnob.tsx'
import { TrackMenu } from './TrackMenu.tsx'
import { TrackName } from './TrackName.tsx'
import { TrackVolume } from './TrackVolume.tsx'
import { useTrackMenuDeeds } from './useTrackMenuDeeds.ts'

interface TrackHeadProps {
  readonly track: Track
  readonly selected: boolean
  /** Its controls are in the tab order; those of other tracks are a press of an arrow key away. */
  readonly current: boolean
  readonly lanesOpen: boolean
  /** Groups that it is in. */
  readonly depth: number
  /** Of a group: its tracks are hidden. */
  readonly folded: boolean
}

/** Deeper ones stand under one another. */
const MOST_STEPS = 4

export const TrackHead = memo(function TrackHead(props: TrackHeadProps) {
  const { track, selected, current, lanesOpen, depth, folded } = props
  const { run, readTrackLevels } = usePorts()
  const { id, name, mute, solo, pan, automation } = track
  const tabIndex = current ? 0 : -1
  const head = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState(false)
  const [menu, setMenu] = useState(false)
  const deeds = useTrackMenuDeeds(track, () => setEditing(true))
  const read = useCallback((into: LevelReading) => readTrackLevels(id, into), [readTrackLevels, id])
  const toggleMute = () => void run('track.setMute', { trackId: id, mute: !mute })
  const toggleSolo = () => void run('track.setSolo', { trackId: id, solo: !solo })
  return (
    <div
      ref={head}
      className={`hd ${selected ? 'sel' : ''}`}
      style={{ '--c': `var(--t${track.colour})`, '--depth': Math.min(depth, MOST_STEPS) } as CSSProperties}
      data-track={id}
      onPointerDown={(event) => {
        // A press on a control is about that control.
        const onControl = (event.target as Element).closest('button, input, [role=slider]')
        if (event.button === 0 && !onControl && !selected) void run('track.select', { trackId: id })
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return
        const letter = event.key.toLowerCase()
        if (letter !== 'm' && letter !== 's') return
        event.preventDefault()
        if (letter === 'm') toggleMute()
        else toggleSolo()
      }}
      onContextMenu={(event) => {
        if (event.target instanceof HTMLInputElement) return
        event.preventDefault()
        setMenu(true)
      }}
    >
      <div className="r1">
        {track.kind === 'group' ? (
          <IconButton
            icon={folded ? 'right' : 'down'}
            name={`Tracks of ${name}`}
            tip={folded ? 'Show its tracks' : 'Hide its tracks'}
            aria-expanded={!folded}
            tabIndex={tabIndex}
            className="lanes"
            onClick={() => void run('view.setFold', { groupId: id, folded: !folded })}
          />
        ) : (
          <TrackGlyph track={track} />
        )}
        <TrackName {...{ track, selected, tabIndex, editing, setEditing, deeds }} />
        <FrozenMark track={track} tabIndex={tabIndex} />
        {automation.length > 0 && (
          <IconButton
            icon={lanesOpen ? 'down' : 'right'}
            name={`Automation of ${name}`}
            tip={lanesOpen ? 'Hide automation' : 'Show automation'}
            aria-expanded={lanesOpen}
            tabIndex={tabIndex}
            className="lanes"
            onClick={() => void run('view.setLane', { lane: id, open: !lanesOpen })}
          />
        )}
        <LetterToggle
          letter="M"
          name={`Mute ${name}`}
          tip="Mute (M)"
          on={mute}
          tabIndex={tabIndex}
          onToggle={toggleMute}
        />
        <LetterToggle
          letter="S"
          name={`Solo ${name}`}
          tip="Solo (S)"
          on={solo}
          tabIndex={tabIndex}
          onToggle={toggleSolo}
        />
      </div>
      <div className="r2">
        <TrackVolume track={track} tabIndex={tabIndex} />
        <PanKnob
          name={`Pan of ${name}`}
          pan={pan}
          tabIndex={tabIndex}
          onChange={(next, gesture) => void run('track.setPan', { trackId: id, pan: next }, { gesture })}
          onGestureEnd={() => void run('history.endGesture', {})}
        />
      </div>
      <Meter read={read} direction="up" />
      {menu && <TrackMenu anchor={head} name={name} deeds={deeds} onClose={() => setMenu(false)} />}
    </div>
  )
})

/** The shape of the sound's role; a track of notes has its own. */
function TrackGlyph({ track }: { readonly track: Track }) {
  const { sounds } = usePorts()
  const instrument = track.devices.find(({ kind }) => kind === 'instrument')
  const role = useStore(sounds, ({ presets }) => presets.find(({ id }) => id === instrument?.presetId)?.role)
  const sound = instrument?.name === undefined ? 'No sound yet' : displayName(instrument.name)
  return (
    <span className="tglyph" data-tip={sound}>
      {role ? <RoleGlyph role={role} /> : <Icon name="midi" small />}
    </span>
  )
}
