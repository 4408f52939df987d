// What a strip listens to besides what it plays: the one place for all that take songs apart (any thread; pure).
import { followedBy } from './controls.ts'
import type { Song, Track } from './song.ts'
import { layOut } from './trackSound.ts'

/** Ids of the strips that the devices of one listen to, or that what moves them follows. */
export const heardFrom = (song: Song, { id, devices }: Pick<Track, 'id' | 'devices'>): readonly string[] => [
  ...new Set([
    ...layOut(devices).flatMap(({ sidechain }) => (sidechain ? [sidechain.source] : [])),
    ...followedBy(song, id),
  ]),
]
