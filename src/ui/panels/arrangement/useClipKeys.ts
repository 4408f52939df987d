// Keys on a clip: arrows go to others, Enter selects, Delete removes, Ctrl+D duplicates, Alt+arrows move it (main thread).
import type { KeyboardEvent } from 'react'
import { beatsOf } from '../../../project/fields.ts'
import { usePorts } from '../../context.ts'
import { clipAfterKey, placeOfClip } from './clipMotion.ts'
import { snapStep } from './snap.ts'
import { useStage } from './StageContext.ts'
import { TICKS_PER_BEAT } from './ticks.ts'

export const focusClip = (root: ParentNode, clipId: string): void =>
  root.querySelector<HTMLElement>(`[data-clip="${CSS.escape(clipId)}"]`)?.focus()

export function useClipKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const { project, session, run } = usePorts()
  const stage = useStage()

  const moveClip = (clipId: string, key: string): void => {
    const { tracks, signatures } = project.getState()
    const place = placeOfClip(tracks, clipId)
    if (!place) return
    const clip = place.clips[place.index]!
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const to = tracks[place.trackIndex + (key === 'ArrowUp' ? -1 : 1)]
      if (to) void run('clip.move', { clipId, startBeat: beatsOf(clip.startTick), trackId: to.id })
      return
    }
    const { snap } = session.getState().arrangement
    const pixelsPerTick = stage.scale.getState().pixelsPerBeat / TICKS_PER_BEAT
    const step = snapStep(snap === 'off' ? 'grid' : snap, signatures, clip.startTick, pixelsPerTick)!.ticks
    const startTick = Math.max(0, clip.startTick + (key === 'ArrowLeft' ? -step : step))
    if (startTick !== clip.startTick)
      void run('clip.move', { clipId, startBeat: beatsOf(startTick) }, { gesture: clipId })
  }

  return (event) => {
    const root = event.currentTarget
    // After a press of the pointer the rows have the focus, so that Space plays; keys then mean the selected clip.
    const clipId =
      event.target === root ? session.getState().selectedClipId : (event.target as HTMLElement).dataset.clip
    if (typeof clipId !== 'string' || !placeOfClip(project.getState().tracks, clipId)) return
    const { key, altKey } = event
    const used = (): void => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() !== 'd') return
      used()
      void run('clip.duplicate', { clipId }).then((copy) => {
        const made = (copy as { clipId: string } | undefined)?.clipId
        if (made === undefined) return
        void run('clip.select', { clipId: made })
        requestAnimationFrame(() => focusClip(root, made))
      })
    } else if (key === 'Enter' || (key === ' ' && event.target !== root)) {
      used()
      void run('clip.select', { clipId })
    } else if (key === 'Delete' || key === 'Backspace') {
      used()
      const { tracks } = project.getState()
      const next = clipAfterKey(tracks, clipId, 'ArrowRight') ?? clipAfterKey(tracks, clipId, 'ArrowLeft')
      void run('clip.remove', { clipId }).then(() => {
        // The focus must not fall back to the page.
        if (next) requestAnimationFrame(() => focusClip(root, next.id))
      })
    } else if (altKey && key.startsWith('Arrow')) {
      used()
      moveClip(clipId, key)
      requestAnimationFrame(() => focusClip(root, clipId))
    } else {
      const next = altKey ? null : clipAfterKey(project.getState().tracks, clipId, key)
      if (next) focusClip(root, next.id)
      if (next || key.startsWith('Arrow')) used()
    }
  }
}
