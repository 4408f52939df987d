// Makes the engine's audition strip follow the state: which sound, which values, which gain (main thread). The only place that does.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { asSoundloomError, SoundloomError } from '../params/error.ts'
import type { PlainValue } from '../presets/model.ts'
import { sameStructure, soundParams } from '../project/sound.ts'
import type { Stores } from '../project/stores.ts'
import type { EnginePort, LibraryPort, LoadedProgram, ProgramInput, Thumbnail } from './context.ts'
import { auditionNote } from './auditionNote.ts'
import { followMaster } from './followMaster.ts'
import type { HeldNotes } from './heldNotes.ts'
import { kitPattern, playStrokes } from './kitPattern.ts'
import type { Notices } from './notices.ts'
import { findSound, type Sound } from './sounds.ts'

/** An unmeasured sound is rendered for its loudness this long after its press: the render must not compete with playing. */
const MEASURE_DELAY_MS = 300

/** The source name of tiles in the held notes, and of the bar that a kit's tile plays. */
export const TILE = 'tile'
const BAR = 'bar'

export interface PlayerView {
  readonly latencyFrames: number | null
  readonly tailSeconds: number | null
  readonly predictedCost: number | null
  /** Preset id -> gain to -20 LUFS in dB, as far as measured. */
  readonly matchGainsDb: ReadonlyMap<string, number>
  /** The sound that a tile is sounding; `startedMs` is performance.now(). */
  readonly preview: { readonly presetId: string; readonly startedMs: number } | null
}

export interface Pressed extends LoadedProgram {
  readonly presetId: string
  readonly note: number
  readonly velocity: number
}

export interface Player {
  readonly store: StoreApi<PlayerView>
  /** The sound on the strip; null before the first. */
  current(): Sound | null
  /** Throws `unknown-id`. */
  sound(presetId: string): Sound
  /** Puts the sound on the strip. Resolves with what the engine built. */
  select(presetId: string): Promise<LoadedProgram>
  /** Puts the sound on the strip and strikes its audition note in the same message; a kit plays a bar of its pads. */
  press(presetId: string, velocity: number): Promise<Pressed>
  /** Ends the note that `press` started; the bar that a kit is heard by plays to its end. */
  release(): void
  /** Ends the note and the bar. */
  hush(): void
  /** A real render of the library's sound; its loudness sets the level match. */
  thumbnail(presetId: string, signal?: AbortSignal): Promise<Thumbnail>
  /** Brings the engine to the state and keeps it there; call once the engine has started. Returns the end of it. */
  follow(): () => void
}

interface Loaded {
  readonly sound: Sound
  readonly gainDb: number
  readonly program: Promise<LoadedProgram>
}

export interface PlayerParts {
  readonly stores: Stores
  readonly library: LibraryPort
  readonly engine: EnginePort
  readonly held: HeldNotes
  readonly notices: Notices
  readonly nowMs?: () => number
}

/** Stands for a strike that has not happened; `held.on` always strikes. */
const NOTHING_BUILT = new Promise<never>(() => undefined)

export function createPlayer({
  stores,
  library,
  engine,
  held,
  notices,
  nowMs = () => performance.now(),
}: PlayerParts): Player {
  const store = createStore<PlayerView>(() => ({
    latencyFrames: null,
    tailSeconds: null,
    predictedCost: null,
    matchGainsDb: new Map(),
    preview: null,
  }))
  let loaded: Loaded | null = null
  let following = false
  let measuring: ReturnType<typeof setTimeout> | undefined
  /** Stops the bar that plays now. */
  let bar: (() => void) | null = null
  /** The key of the kit that was pressed; null: another sound, or none. */
  let kitNote: number | null = null
  let presses = 0

  const gainDb = (presetId: string): number =>
    stores.session.getState().levelMatch ? (store.getState().matchGainsDb.get(presetId) ?? 0) : 0
  const program = ({ preset, patch }: Sound, gain: number): ProgramInput => ({
    patch,
    values: preset.values,
    effects: preset.effects,
    gainDb: gain,
  })
  const sound = (presetId: string): Sound => {
    const found = findSound(stores, library, presetId)
    if (found) return found
    throw new SoundloomError('unknown-id', `There is no sound "${presetId}".`, { field: 'presetId', value: presetId })
  }

  const hold = (next: Sound, gain: number, building: Promise<LoadedProgram>): Promise<LoadedProgram> => {
    const mine: Loaded = { sound: next, gainDb: gain, program: building }
    loaded = mine
    building.then(
      ({ latencyFrames, tailSeconds, predictedCost }) => {
        if (loaded === mine || loaded?.program === building)
          store.setState({ latencyFrames, tailSeconds, predictedCost })
      },
      (error: unknown) => {
        const { message, hint, code } = asSoundloomError(error)
        if (loaded?.program === building) loaded = null
        if (code === 'cancelled' || code === 'stale-generation') return
        // The same words as a refused command, so that a press that fails shows one notice.
        notices.show({ kind: 'error', fact: message, consequence: hint })
      },
    )
    clearTimeout(measuring)
    const { id } = next.preset
    if (!store.getState().matchGainsDb.has(id)) {
      measuring = setTimeout(() => void measure(id).catch(() => undefined), MEASURE_DELAY_MS)
    }
    return building
  }
  const load = (next: Sound, mode: 'switch' | 'swap'): Promise<LoadedProgram> => {
    const gain = gainDb(next.preset.id)
    return hold(next, gain, engine.audition.load(program(next, gain), mode))
  }

  /** Sends only what differs; the strip keeps sounding. */
  const adjust = (from: Loaded, to: Sound): void => {
    const before = new Map<string, PlainValue>(
      soundParams(from.sound.preset, from.sound.patch).map(({ key, value }) => [key, value]),
    )
    for (const { key, value } of soundParams(to.preset, to.patch)) {
      if (before.get(key) !== value) engine.audition.setParam(key, value)
    }
    to.preset.effects.forEach(({ bypass }, index) => {
      if (from.sound.preset.effects[index]?.bypass !== bypass) engine.audition.setBypass(index, bypass)
    })
    const gain = gainDb(to.preset.id)
    if (gain !== from.gainDb) engine.audition.setGain(gain)
    loaded = { ...from, sound: to, gainDb: gain }
  }

  const sync = (): void => {
    const presetId = stores.session.getState().selectedPresetId
    if (!following || presetId === null) return
    const next = findSound(stores, library, presetId)
    if (!next) return
    if (!loaded || loaded.sound.preset.id !== presetId) void load(next, 'switch').catch(() => undefined)
    else if (!sameStructure(loaded.sound, next)) void load(next, 'swap').catch(() => undefined)
    else if (loaded.sound.preset !== next.preset || loaded.gainDb !== gainDb(presetId)) adjust(loaded, next)
  }

  const measure = async (presetId: string, signal?: AbortSignal): Promise<Thumbnail> => {
    const { original, originalPatch } = sound(presetId)
    const { values, effects } = original
    const thumbnail = await engine.thumbnail({ patch: originalPatch, values, effects, gainDb: 0 }, signal)
    if (store.getState().matchGainsDb.get(presetId) !== thumbnail.levelMatchDb) {
      store.setState({ matchGainsDb: new Map(store.getState().matchGainsDb).set(presetId, thumbnail.levelMatchDb) })
      sync()
    }
    return thumbnail
  }

  const hush = (): void => {
    bar?.()
    bar = null
    kitNote = null
    for (const source of [TILE, BAR]) held.releaseSource(source)
    store.setState({ preview: null })
  }
  /** The rest of the bar whose first stroke sounds already. */
  const playBar = ({ preset, patch }: Sound, note: number): void => {
    const strokes = kitPattern(patch.pads ?? [], note).filter(({ beat, note: struck }) => beat > 0 || struck !== note)
    const strike = (stroke: { readonly note: number; readonly velocity: number }): void => {
      if (stores.session.getState().selectedPresetId !== preset.id) return hush()
      held.off(stroke.note, BAR)
      held.on(stroke.note, stroke.velocity, BAR, {
        start: () => engine.audition.noteOn(stroke.note, stroke.velocity),
        apart: true,
      })
    }
    bar = playStrokes(strokes, stores.project.getState().tempoMap[0]!.bpm, strike, hush)
  }

  return {
    store,
    sound,
    current() {
      const presetId = stores.session.getState().selectedPresetId
      return presetId === null ? null : findSound(stores, library, presetId)
    },
    select(presetId) {
      const next = sound(presetId)
      stores.session.setState({ selectedPresetId: presetId, keysPlay: 'sound' })
      // `sync` has loaded it, unless it was on the strip already or nothing follows yet.
      return loaded?.sound.preset.id === presetId ? loaded.program : load(next, 'switch')
    },
    async press(presetId, velocity) {
      const next = sound(presetId)
      const note = auditionNote(next.preset.role, next.patch)
      hush()
      void engine.resume()
      let building: Promise<LoadedProgram> = NOTHING_BUILT
      const start = (): number => {
        const gain = gainDb(presetId)
        const struck = engine.audition.strike(program(next, gain), note, velocity)
        building = hold(next, gain, struck.loaded)
        return struck.noteId
      }
      held.on(note, velocity, TILE, { start })
      stores.session.setState({ selectedPresetId: presetId, keysPlay: 'sound' })
      store.setState({ preview: { presetId, startedMs: nowMs() } })
      if (next.patch.pads) kitNote = note
      const mine = ++presses
      try {
        const built = await building
        if (mine === presses && kitNote !== null) playBar(next, note)
        return { ...built, presetId, note, velocity }
      } catch (error) {
        if (mine === presses) hush()
        throw error
      }
    },
    release() {
      if (kitNote === null) hush()
      else held.releaseSource(TILE)
    },
    hush,
    thumbnail: measure,
    follow() {
      following = true
      const stops = [
        followMaster(stores, engine),
        ...[stores.session, stores.audition, stores.library, library.store].map((watched) => watched.subscribe(sync)),
      ]
      sync()
      return () => {
        following = false
        for (const stop of stops) stop()
      }
    },
  }
}
