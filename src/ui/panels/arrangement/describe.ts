// The song in words, for screen readers and tooltips (any thread).
import { barPosition } from '../../../project/song/bars.ts'
import type { Clip, Signatures, Track } from './model.ts'
import { TICKS_PER_WHOLE } from './ticks.ts'

const plural = (count: number, word: string): string => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`

/** "bar 5", "bar 5 beat 3", with the sixteenth of the beat where it is not its first. */
export function placeInWords(signatures: Signatures, tick: number): string {
  const { bar, beat, tick: inside } = barPosition(signatures, tick)
  const sixteenth = Math.floor(inside / (TICKS_PER_WHOLE / 16)) + 1
  if (sixteenth > 1) return `bar ${bar} beat ${beat} sixteenth ${sixteenth}`
  return beat > 1 ? `bar ${bar} beat ${beat}` : `bar ${bar}`
}

/** "5 to 9": clips mostly begin and end at bar lines. */
export function stretchInWords(signatures: Signatures, startTick: number, endTick: number): string {
  return `${placeInWords(signatures, startTick)} to ${placeInWords(signatures, endTick).replace(/^bar /, '')}`
}

/** "Bass, clip Verse, bar 5 to 9, 32 notes". */
export function clipInWords(track: Pick<Track, 'name'>, clip: Clip, signatures: Signatures): string {
  const { name, startTick, lengthTicks, notes, mute } = clip
  const parts = [
    track.name,
    `clip ${name || track.name}`,
    stretchInWords(signatures, startTick, startTick + lengthTicks),
    plural(notes.length, 'note'),
  ]
  return [...parts, ...(mute ? ['muted'] : [])].join(', ')
}

/** "Bass, 3 clips, muted". */
export function trackInWords({ kind, name, clips, mute, solo }: Track): string {
  return [
    name,
    kind === 'group' ? 'group' : plural(clips.length, 'clip'),
    ...(mute ? ['muted'] : []),
    ...(solo ? ['solo'] : []),
  ].join(', ')
}

/** "30 % left". */
export function panInWords(pan: number): string {
  const percent = Math.round(Math.abs(pan) * 100)
  return percent === 0 ? 'centre' : `${percent} % ${pan < 0 ? 'left' : 'right'}`
}
