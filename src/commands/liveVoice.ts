// Where played notes go: to the selected track, or to the sound on the audition strip (main thread). A note ends where it began.
import type { Stores } from '../project/stores.ts'
import type { EnginePort } from './context.ts'
import type { NoteVoice } from './heldNotes.ts'

/** Note ids of tracks are negative here, so that both kinds have one name space. */
export interface LiveVoice extends NoteVoice {
  bend(amount: number, rangeSemitones?: number): void
  wheel(amount: number): void
  pressure(amount: number): void
  timbre(amount: number): void
  sustain(down: boolean): void
}

type Strip = Pick<LiveVoice, 'bend' | 'wheel' | 'pressure' | 'timbre' | 'sustain'>

/** The track that the keys play; null: the sound on the audition strip. A track without an instrument plays nothing. */
export function playedTrack({ session, project }: Pick<Stores, 'session' | 'project'>): string | null {
  const { keysPlay, selectedTrackId } = session.getState()
  if (keysPlay === 'sound' || selectedTrackId === null) return null
  const track = project.getState().tracks.find(({ id }) => id === selectedTrackId)
  return track?.devices[0]?.kind === 'instrument' ? track.id : null
}

export function createLiveVoice(stores: Stores, { audition, song }: Pick<EnginePort, 'audition' | 'song'>): LiveVoice {
  const isThere = (trackId: string): boolean => stores.project.getState().tracks.some(({ id }) => id === trackId)
  const stripOf = (trackId: string | null): Strip | null => {
    if (trackId === null) return audition
    if (!isThere(trackId)) return null
    return {
      bend: (amount, range) => song.bend(trackId, amount, range),
      wheel: (amount) => song.wheel(trackId, amount),
      pressure: (amount) => song.pressure(trackId, amount),
      timbre: (amount) => song.timbre(trackId, amount),
      sustain: (down) => song.sustain(trackId, down),
    }
  }
  let target: string | null = null
  /** What the controllers of the present target hold; at rest they are absent. */
  const moved = new Set<keyof Strip>()
  /** The strip that plays now. One that no longer does gets its controllers at rest: nobody could bring them back. */
  const strip = (): Strip | null => {
    const next = playedTrack(stores)
    if (next !== target) {
      const before = stripOf(target)
      if (moved.has('bend')) before?.bend(0)
      if (moved.has('wheel')) before?.wheel(0)
      if (moved.has('pressure')) before?.pressure(0)
      if (moved.has('timbre')) before?.timbre(0)
      if (moved.has('sustain')) before?.sustain(false)
      moved.clear()
      target = next
    }
    return stripOf(target)
  }
  const note = (controller: keyof Strip, away: boolean): void =>
    void (away ? moved.add(controller) : moved.delete(controller))
  return {
    noteOn(key, velocity, expression) {
      strip()
      return target === null
        ? audition.noteOn(key, velocity, expression)
        : -song.noteOn(target, key, velocity, expression)
    },
    express: (noteId, expression) =>
      noteId < 0 ? song.express(-noteId, expression) : audition.express(noteId, expression),
    noteOff: (noteId, velocity) => (noteId < 0 ? song.noteOff(-noteId, velocity) : audition.noteOff(noteId, velocity)),
    bend(amount, rangeSemitones) {
      strip()?.bend(amount, rangeSemitones)
      note('bend', amount !== 0)
    },
    wheel(amount) {
      strip()?.wheel(amount)
      note('wheel', amount !== 0)
    },
    pressure(amount) {
      strip()?.pressure(amount)
      note('pressure', amount !== 0)
    },
    timbre(amount) {
      strip()?.timbre(amount)
      note('timbre', amount !== 0)
    },
    sustain(down) {
      strip()?.sustain(down)
      note('sustain', down)
    },
  }
}
