// Frozen tracks of the document: whether their recording is what they play, and that nobody changes what it was made from (main thread).
import { current, isDraft, type Draft } from 'mutative'
import { frozenContent, frozenKey, isFresh } from '../../compile/frozen.ts'
import type { Track } from '../../compile/song.ts'
import { SoundloomError } from '../../params/error.ts'
import type { Project } from '../document.ts'

/** Names what a recording of the track made now would hold. */
export const recordingKey = ({ tempoMap, sampleRate }: Project, track: Track): string =>
  frozenKey(track, tempoMap, sampleRate)

/** Its recording plays, if it is on this device; else the track plays live. */
export const playsFrozen = (
  { tempoMap, sampleRate }: Pick<Project, 'tempoMap' | 'sampleRate'>,
  track: Track,
): boolean => isFresh(track, tempoMap, sampleRate)

/** Throws `conflict` where the draft plays other notes or devices than the frozen track `before`. */
export function refuseThaw(before: Track, { tracks }: Draft<Project>): void {
  const draft = tracks.find(({ id }) => id === before.id)
  if (!draft?.frozen) return
  const now = isDraft(draft) ? current(draft) : draft
  if (now === before || frozenContent(now) === frozenContent(before)) return
  throw new SoundloomError('conflict', `“${before.name}” is frozen: its notes and devices stay as they are.`, {
    field: 'trackId',
    value: before.id,
    hint: 'Unfreeze it first, in its menu or by track.unfreeze.',
  })
}
