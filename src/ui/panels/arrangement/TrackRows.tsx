// The tracks from top to bottom: heads, clips for hands without a pointer, automation heads, where a sound would land (main thread).
import { Fragment, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { ClipList } from './ClipList.tsx'
import { clipTabStop, placeOfClip } from './clipMotion.ts'
import type { SoundTarget } from './hit.ts'
import { LaneHead } from './LaneHead.tsx'
import { groupsOf, unfolded } from './model.ts'
import { TrackHead } from './TrackHead.tsx'
import { useClipKeys } from './useClipKeys.ts'
import { useSongPointer } from './useSongPointer.ts'

export function TrackRows({ target }: { readonly target: SoundTarget | null }) {
  const { project, session, run } = usePorts()
  const tracks = useStore(project, (state) => state.tracks)
  const signatures = useStore(project, (state) => state.signatures)
  const selectedTrackId = useStore(session, (state) => state.selectedTrackId)
  const selectedClipId = useStore(session, (state) => state.selectedClipId)
  const openLanes = useStore(session, ({ arrangement }) => arrangement.openLanes)
  const folded = useStore(session, ({ arrangement }) => arrangement.folded)
  const rows = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState<{ trackId?: string; clipId?: string }>({})
  const pointer = useSongPointer()
  const clipKeys = useClipKeys()

  const unfoldedIds = useMemo(() => unfolded(tracks, folded), [tracks, folded])
  const groups = useMemo(() => groupsOf(tracks), [tracks])
  const shown = tracks.filter(({ id }) => unfoldedIds.has(id))
  const known = (id: string | null | undefined) => shown.some((track) => track.id === id)
  const currentId = known(focused.trackId) ? focused.trackId : known(selectedTrackId) ? selectedTrackId : shown[0]?.id
  const tabStop = clipTabStop(shown, currentId, [focused.clipId, selectedClipId])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    clipKeys(event)
    const name = event.target as HTMLElement
    if (event.defaultPrevented || !name.matches('button.nm')) return
    const at = shown.findIndex(({ id }) => id === currentId)
    const to = shown[at + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : NaN)]
    if (!to) return
    event.preventDefault()
    rows.current?.querySelector<HTMLElement>(`[data-track="${CSS.escape(to.id)}"] button.nm`)?.focus()
  }

  return (
    <div
      ref={rows}
      className="arows"
      role="group"
      aria-label="Tracks"
      tabIndex={-1}
      {...pointer}
      onKeyDown={onKeyDown}
      onFocus={({ target: element }) => {
        const { track, clip } = element.closest<HTMLElement>('[data-track], [data-clip]')?.dataset ?? {}
        const trackId = track ?? (clip === undefined ? undefined : placeOfClip(tracks, clip)?.track.id)
        if (trackId !== undefined) setFocused(clip === undefined ? { trackId } : { trackId, clipId: clip })
      }}
    >
      {shown.map((track) => {
        const open = openLanes.includes(track.id)
        return (
          <Fragment key={track.id}>
            <div className="arow track" role="group" aria-label={track.name}>
              <TrackHead
                track={track}
                selected={track.id === selectedTrackId}
                current={track.id === currentId}
                lanesOpen={open}
                depth={groups(track.id).length}
                folded={folded.includes(track.id)}
              />
              <ClipList
                track={track}
                signatures={signatures}
                selectedClipId={selectedClipId}
                tabStop={track.clips.some(({ id }) => id === tabStop) ? tabStop : null}
              />
            </div>
            {open &&
              track.automation.map((lane) => (
                <div key={lane.id} className="arow auto" role="group" aria-label={`Automation of ${track.name}`}>
                  <LaneHead track={track} lane={lane} tabIndex={track.id === currentId ? 0 : -1} />
                </div>
              ))}
          </Fragment>
        )
      })}
      {target && <DropHint target={target} />}
      <div className="addrow hd">
        <Button icon="plus" className="cap" onClick={() => void run('track.add', {})}>
          Add a track, or drop a sound here
        </Button>
      </div>
      {tracks.length === 0 && <p className="notracks">Drop a sound here to make a track</p>}
    </div>
  )
}

/** The exact place. */
function DropHint({ target }: { readonly target: SoundTarget }) {
  const replaces = target.kind === 'replace'
  return (
    <div
      className={replaces ? 'drophint on' : 'drophint between'}
      style={{ top: target.top, ...(replaces ? { height: target.height } : {}) }}
    >
      <span>{replaces ? `Replace the sound of ${target.track.name}` : 'New track with this sound'}</span>
    </div>
  )
}
