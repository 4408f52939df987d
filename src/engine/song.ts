// Makes the engine follow the document's song (main thread): the least steps, at most once a frame, the last one always.
import { BEND_RANGE_SEMITONES, type Song } from '../compile/song.ts'
import type { SongOperation } from '../compile/songOperations.ts'
import { planSong, type PlacedSong } from '../compile/songPlan.ts'
import { asSoundloomError, SoundloomError } from '../params/error.ts'
import type { SongSynced } from '../workers/control/protocol.ts'
import { nextFrame } from './framegate.ts'
import { createHeldNotes } from './heldnotes.ts'
import type { EngineNotice, SongEngine } from './types.ts'
import type { SongProblem } from './wire/song.ts'

/** The page's own command ring. False: full. */
export interface TrackPort {
  noteOn(strip: number, noteId: number, note: number, velocity: number): boolean
  noteOff(strip: number, noteId: number, velocity: number): boolean
  bend(strip: number, amount: number, rangeSemitones: number): boolean
  wheel(strip: number, amount: number): boolean
  pressure(strip: number, amount: number): boolean
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

const EMPTY = { tracks: [], returns: [] } as const

export function createSongFollower(context: SongContext): SongFollower {
  const { port, schedule = nextFrame } = context
  let wanted: Song | null = null
  let held: PlacedSong | null = null
  /** Of the control worker's song; 0: a fresh engine. */
  let revision = 0
  /** The first engine stands. */
  let open = false
  let sending: Promise<void> | null = null
  let hurry: (() => void) | null = null
  let hurried = false

  const send = async (target: Song, from: PlacedSong | null): Promise<void> => {
    const { placed, operations } = planSong(from, target)
    if (operations.length === 0) return void (held = placed)
    try {
      const synced = await context.control((control) => control.syncSong(revision, operations))
      revision = synced.revision
      const failed = synced.problems.filter(({ what }) => what === 'sound').flatMap(({ id }) => (id ? [id] : []))
      held = { ...placed, failed: new Set([...placed.failed, ...failed]) }
      for (const problem of synced.problems) context.notice('song-problem', describe(target, problem))
    } catch (error) {
      const { code, message } = asSoundloomError(error)
      // Another engine has come: all of it, from the beginning.
      revision = 0
      held = code === 'stale-generation' ? null : placed
      if (code !== 'stale-generation')
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
    while (open && wanted && held?.song !== wanted) {
      await send(wanted, held)
      if (held?.song !== wanted) await frame()
      hurry = null
    }
    hurried = false
  }
  const keepUp = (): Promise<void> => {
    if (!open || !wanted || (held?.song === wanted && !sending)) return sending ?? Promise.resolve()
    return (sending ??= run().finally(() => (sending = null)))
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
    on: ({ noteId, note, velocity }) => strike(noteId, note, velocity),
    off: (noteId, velocity, delayMs) => void setTimeout(() => release(noteId, velocity), delayMs),
    dropped: (count) =>
      context.notice(
        'note-dropped',
        `${count === 1 ? 'A note was' : `${count} notes were`} dropped: the browser has not started the sound.`,
      ),
  })
  const strike = (noteId: number, note: number, velocity: number): void => {
    const strip = strips.get(noteId)
    if (strip === undefined) return
    if (!port.noteOn(strip, noteId, note, velocity))
      context.notice('note-dropped', 'The engine is too busy; a note was dropped.')
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
    pending: () => open && wanted !== null && (sending !== null || held?.song !== wanted),
    stripOf,
    async reload() {
      open = true
      revision = 0
      held = null
      strips.clear()
      waiting.clear()
      await flush()
    },
    async arrange() {
      await flush()
      if (!wanted || !held) return
      const inOrder = [...planSong(null, wanted).placed.strips.tracks.entries()]
      const stands = [...held.strips.tracks.entries()]
      if (inOrder.every(([id, strip], index) => stands[index]?.[0] === id && stands[index]?.[1] === strip)) return
      const song = wanted
      await send({ ...song, ...EMPTY }, held)
      await send(song, held)
      await keepUp()
    },
    noteOn(trackId, note, velocity) {
      const noteId = nextNoteId++
      onStrip(trackId, (strip) => {
        if (early.delete(noteId)) return
        strips.set(noteId, strip)
        if (context.audioRuns()) return strike(noteId, note, velocity)
        context.wakeAudio()
        waiting.strike({ noteId, note, velocity }, context.nowMs())
      })
      return noteId
    },
    noteOff(noteId, velocity = 0) {
      if (!strips.has(noteId)) early.add(noteId)
      else if (!waiting.release(noteId, velocity, context.nowMs())) release(noteId, velocity)
    },
    bend: (trackId, amount, rangeSemitones = BEND_RANGE_SEMITONES) =>
      onStrip(trackId, (strip) => sent(port.bend(strip, amount, rangeSemitones))),
    wheel: (trackId, amount) => onStrip(trackId, (strip) => sent(port.wheel(strip, amount))),
    pressure: (trackId, amount) => onStrip(trackId, (strip) => sent(port.pressure(strip, amount))),
    sustain: (trackId, down) => onStrip(trackId, (strip) => sent(port.sustain(strip, down))),
    audioStarted: () => waiting.flush(context.nowMs()),
    tick: () => waiting.expire(context.nowMs()),
    panic() {
      waiting.clear()
      early.clear()
    },
  }
}

function describe({ tracks, returns }: Song, { id, what, message, hint }: SongProblem): string {
  const name = [...tracks, ...returns].find((one) => one.id === id)?.name
  const whose = name === undefined ? 'The song' : `“${name}”`
  return `${whose} plays without its ${what}: ${message}. ${hint}`.trim()
}
