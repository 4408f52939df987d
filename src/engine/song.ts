// Makes the engine follow the document's song (main thread): the least steps, at most once a frame, the last one always.
import { sameData } from '../compile/sameData.ts'
import { BEND_RANGE_SEMITONES, type NoteExpression, type Song } from '../compile/song.ts'
import type { SongOperation } from '../compile/songOperations.ts'
import { planSong, type PlacedSong } from '../compile/songPlan.ts'
import type { Strips } from '../compile/strips.ts'
import { asSoundloomError, SoundloomError } from '../params/error.ts'
import type { NoteInput, SongSynced } from '../workers/control/protocol.ts'
import { nextFrame } from './framegate.ts'
import { createHeldNotes } from './heldnotes.ts'
import type { EngineNotice, SongEngine } from './types.ts'
import { describeProblem } from './wire/song.ts'

/** The page's own command ring. False: full. */
export interface TrackPort {
  noteOn(strip: number, note: NoteInput): boolean
  noteOff(strip: number, noteId: number, velocity: number): boolean
  express(strip: number, noteId: number, expression: NoteExpression): boolean
  bend(strip: number, amount: number, rangeSemitones: number): boolean
  wheel(strip: number, amount: number): boolean
  pressure(strip: number, amount: number): boolean
  timbre(strip: number, amount: number): boolean
  sustain(strip: number, down: boolean): boolean
}

export interface SongControl {
  syncSong(from: number, steps: readonly SongOperation[]): Promise<SongSynced>
}

export interface SongContext {
  readonly port: TrackPort
  control<Result>(call: (control: SongControl) => Promise<Result>): Promise<Result>
  audioRuns(): boolean
  wakeAudio(): void
  notice(kind: EngineNotice['kind'], text: string): void
  nowMs(): number
  /** Replaced in tests. */
  readonly schedule?: (run: () => void) => void
}

export interface SongFollower extends SongEngine {
  /** True while the engine does not hold the document yet. */
  pending(): boolean
  /** As `settled`, without waiting for the next frame. */
  flush(): Promise<void>
  /** Gives a new engine everything; also the first one. */
  reload(): Promise<void>
  /** Puts the tracks on strips in the order of the song, as a render has them. */
  arrange(): Promise<void>
  audioStarted(): void
  tick(): void
  panic(): void
}

const entries = ({ tracks, returns }: Strips) => [[...tracks], [...returns]]

export function createSongFollower(context: SongContext): SongFollower {
  const { port, schedule = nextFrame } = context
  let wanted: Song | null = null
  let held: PlacedSong | null = null
  /** Of the control worker's song; 0: a fresh engine. */
  let revision = 0
  /** What the engine would not take; it is not asked twice. */
  let refused: Song | null = null
  /** The first engine stands. */
  let open = false
  let sending: Promise<void> | null = null
  let hurry: (() => void) | null = null
  let hurried = false

  const behind = (): boolean => open && wanted !== null && held?.song !== wanted && refused !== wanted

  const send = async (target: Song, from: PlacedSong | null): Promise<void> => {
    const { placed, operations } = planSong(from, target)
    if (operations.length === 0) return void (held = placed)
    try {
      const synced = await context.control((control) => control.syncSong(revision, operations))
      revision = synced.revision
      const failed = synced.problems.filter(({ what }) => what === 'sound').flatMap(({ id }) => (id ? [id] : []))
      held = { ...placed, failed: new Set([...placed.failed, ...failed]) }
      for (const problem of synced.problems) context.notice('song-problem', describeProblem(target, problem))
    } catch (error) {
      const { code, message } = asSoundloomError(error)
      // All of it, from the beginning: at once when another engine has come, else with the next change.
      revision = 0
      held = null
      if (code === 'stale-generation') return
      refused = target
      context.notice('song-problem', `The song did not reach the sound engine: ${message}.`)
    }
  }
  const frame = (): Promise<void> =>
    new Promise((resolve) => {
      if (hurried) return resolve()
      hurry = resolve
      schedule(resolve)
    })
  const run = async (): Promise<void> => {
    // Changes of one task go out together.
    await Promise.resolve()
    while (wanted && behind()) {
      await send(wanted, held)
      if (behind()) await frame()
      hurry = null
    }
    hurried = false
  }
  /** One conversation with the worker at a time; what was asked for meanwhile follows. */
  const alone = (work: Promise<void>): Promise<void> =>
    work.finally(() => {
      sending = null
      if (behind()) void keepUp()
    })
  const keepUp = (): Promise<void> => {
    if (!sending && behind()) sending = alone(run())
    return sending ?? Promise.resolve()
  }
  const flush = (): Promise<void> => {
    hurried = sending !== null
    hurry?.()
    return keepUp()
  }

  /** Notes that sound or wait, by id. */
  const strips = new Map<number, number>()
  let nextNoteId = 1
  const sent = (ok: boolean): void => {
    if (!ok) context.notice('command-refused', 'The engine is too busy; a change was not sent.')
  }
  const waiting = createHeldNotes({
    on: (note) => strike(note),
    off: (noteId, velocity, delayMs) => void setTimeout(() => release(noteId, velocity), delayMs),
    dropped: (count) =>
      context.notice(
        'note-dropped',
        `${count === 1 ? 'A note was' : `${count} notes were`} dropped: the browser has not started the sound.`,
      ),
  })
  const strike = (note: NoteInput): void => {
    const strip = strips.get(note.noteId)
    if (strip === undefined) return
    if (!port.noteOn(strip, note)) context.notice('note-dropped', 'The engine is too busy; a note was dropped.')
  }
  const release = (noteId: number, velocity: number): void => {
    const strip = strips.get(noteId)
    strips.delete(noteId)
    if (strip !== undefined) sent(port.noteOff(strip, noteId, velocity))
  }
  const stripOf = (id: string): number | null => held?.strips.tracks.get(id) ?? held?.strips.returns.get(id) ?? null
  /** Calls now, or as soon as the engine knows the track. */
  const onStrip = (trackId: string, act: (strip: number) => void): void => {
    const strip = stripOf(trackId)
    if (strip !== null) return act(strip)
    if (!wanted?.tracks.some(({ id }) => id === trackId)) {
      throw new SoundloomError('unknown-id', `There is no track "${trackId}"`, { field: 'trackId', value: trackId })
    }
    void flush().then(() => {
      const placed = stripOf(trackId)
      if (placed !== null) act(placed)
    })
  }
  /** Released before the engine knew their track. */
  const early = new Set<number>()

  return {
    follow(song) {
      wanted = song
      void keepUp()
    },
    settled: keepUp,
    flush,
    pending: () => sending !== null || behind(),
    stripOf,
    async reload() {
      open = true
      revision = 0
      held = null
      refused = null
      strips.clear()
      waiting.clear()
      await flush()
    },
    async arrange() {
      await flush()
      if (!wanted || !held) return
      const { strips: inOrder } = planSong(null, wanted).placed
      if (sameData(entries(inOrder), entries(held.strips))) return
      const song = wanted
      const rearrange = async (): Promise<void> => {
        await send({ ...song, tracks: [], returns: [] }, held)
        await send(song, held)
      }
      await (sending = alone(rearrange()))
      await keepUp()
    },
    noteOn(trackId, note, velocity, expression) {
      const noteId = nextNoteId++
      const struck = { noteId, note, velocity, ...(expression && { expression }) }
      onStrip(trackId, (strip) => {
        if (early.delete(noteId)) return
        strips.set(noteId, strip)
        if (context.audioRuns()) return strike(struck)
        context.wakeAudio()
        waiting.strike(struck, context.nowMs())
      })
      return noteId
    },
    noteOff(noteId, velocity = 0) {
      if (!strips.has(noteId)) early.add(noteId)
      else if (!waiting.release(noteId, velocity, context.nowMs())) release(noteId, velocity)
    },
    express(noteId, expression) {
      const strip = strips.get(noteId)
      if (strip === undefined || waiting.express(noteId, expression)) return
      sent(port.express(strip, noteId, expression))
    },
    bend: (trackId, amount, rangeSemitones = BEND_RANGE_SEMITONES) =>
      onStrip(trackId, (strip) => sent(port.bend(strip, amount, rangeSemitones))),
    wheel: (trackId, amount) => onStrip(trackId, (strip) => sent(port.wheel(strip, amount))),
    pressure: (trackId, amount) => onStrip(trackId, (strip) => sent(port.pressure(strip, amount))),
    timbre: (trackId, amount) => onStrip(trackId, (strip) => sent(port.timbre(strip, amount))),
    sustain: (trackId, down) => onStrip(trackId, (strip) => sent(port.sustain(strip, down))),
    audioStarted: () => waiting.flush(context.nowMs()),
    tick: () => waiting.expire(context.nowMs()),
    panic() {
      waiting.clear()
      early.clear()
    },
  }
}
