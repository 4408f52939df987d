// The song of a stem: one track alone with what it sends to, and no work for what nobody hears (any thread; pure).
import { heardFrom } from './heard.ts'
import type { Song, Track } from './song.ts'

/** Whether what a track plays goes through the group. */
function playsInto({ tracks }: Pick<Song, 'tracks'>, { output }: Track, groupId: string): boolean {
  const group = tracks.find(({ id }) => id === output)
  return group !== undefined && (group.id === groupId || playsInto({ tracks }, group, groupId))
}

/**
 * Solo for one track, for no other. What solo silences and no device hears plays no notes: its devices stay, for what they delay is waited
 * for by all.
 */
export function heardAlone(song: Song, trackId: string): Song {
  const heard = new Set([...song.tracks, ...song.returns].flatMap((strip) => heardFrom(song, strip)))
  return {
    ...song,
    tracks: song.tracks.map((track): Track => {
      const solo = track.id === trackId
      const plays = solo || heard.has(track.id) || playsInto(song, track, trackId)
      return { ...track, solo, clips: plays ? track.clips : [] }
    }),
  }
}
