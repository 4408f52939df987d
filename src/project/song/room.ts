// How much fits in a song, asked before anything is added (main thread).
import { LIMITS } from '../../compile/song.ts'
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'

const ROOM = {
  track: LIMITS.tracks,
  return: LIMITS.returns,
  effect: constants.maxEffects,
  branch: constants.maxBranches,
  /** Effects of a track with those in racks, and the ends of racks and branches. */
  chain: constants.maxChain,
  clip: LIMITS.clips,
  note: LIMITS.notes,
  'point on a note': LIMITS.notePoints,
  'point on the notes of a clip': LIMITS.clipPoints,
  lane: LIMITS.lanes,
  point: LIMITS.points,
  control: LIMITS.controlBuses,
  marker: 4096,
  tempo: constants.maxTempoPoints,
  signature: constants.maxSignatures,
} as const

export const MOST_MARKERS = ROOM.marker

/** Throws where `added` more would be too many. */
export function checkRoom(what: keyof typeof ROOM, held: number, added = 1): void {
  if (held + added <= ROOM[what]) return
  throw new SoundloomError(
    'limit-exceeded',
    `There is no room for another ${what === 'chain' ? 'effect' : what === 'control' ? 'control bus' : what}.`,
    {
      value: held + added,
      hint: `At most ${String(ROOM[what])} fit; remove one first.`,
    },
  )
}

/** Throws where something would end after the last tick of a song. */
export function checkEnd(endTick: number, field: string): void {
  if (endTick <= LIMITS.maxTick) return
  throw new SoundloomError('limit-exceeded', 'This would end after the last beat that a song can have.', {
    field,
    hint: 'Put it earlier, or make it shorter.',
  })
}
