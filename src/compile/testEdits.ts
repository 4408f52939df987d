// How random edits pick and change the parts of a song, for property tests.
import fc from 'fast-check'
import type { Song, Track } from './song.ts'

/** Never -0. */
export const number = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0)
export const id = fc.stringMatching(/^[a-z0-9]{12}$/)

/** One change of a song, as commands make them: everything that is not touched stays the same object. */
export type Edit = (song: Song) => Song

export const at = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)]
export const replace = <T>(items: readonly T[], old: T | undefined, next: (old: T) => T): T[] =>
  items.map((item) => (item === old ? next(item) : item))

export const instrumentOf = ({ devices }: Track) => devices.find(({ kind }) => kind === 'instrument')

/** Changes a track that is picked by number; nothing without tracks. */
export const onTrack =
  (pick: number, change: (track: Track, song: Song) => Track): Edit =>
  (before) => ({
    ...before,
    tracks: replace(before.tracks, at(before.tracks, pick), (one) => change(one, before)),
  })

export const TEST_EFFECTS = ['delay', 'chorus', 'eq', 'saturation', 'compressor']
export const pick = fc.nat({ max: 100 })

export const effectEdit = (
  which: number,
  changed: (effects: Track['devices'][number][]) => Track['devices'][number][],
): Edit =>
  onTrack(which, (one) => ({ ...one, devices: [...one.devices.slice(0, 1), ...changed(one.devices.slice(1))] }))
