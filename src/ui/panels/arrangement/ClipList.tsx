// The clips of a track as a list of options: what the canvas shows, for keyboard, screen readers and voice (main thread).
// The options lie over their pictures and are invisible; the pictures are the canvas's.
import { memo, type CSSProperties } from 'react'
import { beatsOf } from '../../../project/fields.ts'
import { clipInWords } from './describe.ts'
import type { Signatures, Track } from './model.ts'

interface ClipListProps {
  readonly track: Track
  readonly signatures: Signatures
  readonly selectedClipId: string | null
  /** The clip that is the tab stop of all clips, if it is one of these. */
  readonly tabStop: string | null
}

export const ClipList = memo(function ClipList({ track, signatures, selectedClipId, tabStop }: ClipListProps) {
  if (track.clips.length === 0) return null
  return (
    <div role="listbox" aria-label={`Clips of ${track.name}`} aria-orientation="horizontal" className="clips">
      {[...track.clips]
        .sort((a, b) => a.startTick - b.startTick)
        .map((clip) => (
          <div
            key={clip.id}
            role="option"
            aria-selected={clip.id === selectedClipId}
            aria-label={clipInWords(track, clip, signatures)}
            tabIndex={clip.id === tabStop ? 0 : -1}
            data-clip={clip.id}
            data-tip={clip.name}
            className="clip"
            style={{ '--b': beatsOf(clip.startTick), '--n': beatsOf(clip.lengthTicks) } as CSSProperties}
          />
        ))}
    </div>
  )
})
