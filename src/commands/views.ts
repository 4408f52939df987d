// What the interface watches, put together from the stores (main thread). Shapes as in ui/ports.ts.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Patch, Preset } from '../presets/model.ts'
import type { ImportReport } from '../presets/report.ts'
import type { SavedState } from '../project/autosave.ts'
import type { SampleRate } from '../project/document.ts'
import type { MpeMode } from '../project/session.ts'
import type { CommandContext, LibraryContents } from './context.ts'
import { derive } from './derive.ts'
import type { PlayerView } from './player.ts'
import { songViews, type SongView } from './songs.ts'
import { findSound, visiblePresets } from './sounds.ts'

export interface DocumentView {
  readonly name: string
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  readonly saved: SavedState
  readonly masterGainDb: number
  readonly masterMuted: boolean
  readonly limiterOn: boolean
  readonly sampleRate: SampleRate
}

export const documentView = (
  { stores, history }: CommandContext,
  saving: StoreApi<{ readonly saved: SavedState }>,
): StoreApi<DocumentView> =>
  derive([stores.project, history.view, saving], ({ name, master, sampleRate }, labels, { saved }) => ({
    name,
    undoLabel: labels.undoLabel,
    redoLabel: labels.redoLabel,
    saved,
    masterGainDb: master.gainDb,
    masterMuted: master.mute,
    limiterOn: !master.limiter.bypass,
    sampleRate,
  }))

export interface SoundsView {
  readonly ready: boolean
  readonly presets: readonly Preset[]
  readonly favourites: ReadonlySet<string>
  readonly kept: 'device' | 'memory'
  readonly songs: readonly SongView[]
}

/** Songs name their sounds; links are resolved among the sounds that are shown. */
export function soundsView({ stores, library }: CommandContext): StoreApi<SoundsView> {
  return derive([library.store, stores.library], (contents, marks): SoundsView => {
    const presets = visiblePresets(contents, marks)
    return {
      ready: contents.ready,
      presets,
      favourites: new Set(Object.keys(marks.favourites)),
      kept: contents.kept,
      songs: songViews(contents, marks, presets),
    }
  })
}

export interface AuditionView {
  readonly preset: Preset | null
  readonly patch: Patch | null
  readonly original: Preset | null
  readonly originalPatch: Patch | null
  readonly edited: boolean
  readonly levelMatch: boolean
  readonly matchGainDb: number | null
  readonly latencySeconds: number | null
  readonly tailSeconds: number | null
  readonly preview: PlayerView['preview']
}

const NOTHING = { preset: null, patch: null, original: null, originalPatch: null, edited: false }

export function auditionView(
  { stores, library, player }: CommandContext,
  engine: StoreApi<{ readonly sampleRate: number }>,
): StoreApi<AuditionView> {
  return derive(
    [stores.session, stores.audition, stores.library, library.store, player.store, engine],
    (session, _copies, _marks, _contents, view, { sampleRate }): AuditionView => {
      const id = session.selectedPresetId
      const sound = id === null ? null : findSound(stores, library, id)
      return {
        ...(sound ?? NOTHING),
        levelMatch: session.levelMatch,
        matchGainDb: id === null ? null : (view.matchGainsDb.get(id) ?? null),
        latencySeconds: view.latencyFrames === null ? null : view.latencyFrames / sampleRate,
        tailSeconds: view.tailSeconds,
        preview: view.preview,
      }
    },
  )
}

export interface InputView {
  readonly typing: boolean
  readonly octave: number
  readonly velocity: number
  readonly hold: boolean
  readonly shortcuts: boolean
  readonly held: ReadonlySet<number>
  readonly letters: ReadonlyMap<number, string>
  readonly midi: MidiView
  /** By name of the input; auto where it is absent. */
  readonly mpe: Readonly<Record<string, MpeMode>>
}

interface MidiView {
  readonly state: 'off' | 'asking' | 'on' | 'denied' | 'unsupported'
  readonly devices: readonly string[]
  /** MIDI channels of an input that carry a note each, in words; by its name, absent where none do. */
  readonly zones: Readonly<Record<string, string>>
}

/** `letters` are those of the session's octave. */
export const inputView = (
  { stores, held }: CommandContext,
  midi: StoreApi<MidiView>,
  letters: StoreApi<{ readonly letters: ReadonlyMap<number, string> }>,
): StoreApi<InputView> =>
  derive([stores.session, held.store, midi, letters], (session, notes, devices, printed) => ({
    typing: session.typing,
    octave: session.octave,
    velocity: session.velocity,
    hold: session.hold,
    shortcuts: session.shortcuts,
    held: notes.held,
    letters: printed.letters,
    midi: devices,
    mpe: session.mpe,
  }))

export interface ReportsView {
  readonly reports: readonly ImportReport[]
  readonly open: string | null
  readonly importing: { readonly fileName: string; readonly found: number } | null
}

const newestFirst = ({ reports }: LibraryContents): ImportReport[] => [...reports.values()].reverse()

export const reportsView = ({ library, desk }: CommandContext): StoreApi<ReportsView> =>
  derive([library.store, desk], (contents, { open, importing }) => ({
    reports: newestFirst(contents),
    open,
    importing,
  }))

/** A store that asks again every `periodMs` while somebody watches it. */
export function polled<View>(read: () => View, periodMs: number): StoreApi<View> {
  const store = createStore<View>(read)
  const subscribe = store.subscribe
  let watchers = 0
  let timer: ReturnType<typeof setInterval> | undefined
  return {
    ...store,
    subscribe(listener) {
      if (watchers++ === 0) timer = setInterval(() => store.setState(read(), true), periodMs)
      const stop = subscribe(listener)
      let stopped = false
      return () => {
        if (stopped) return
        stopped = true
        stop()
        if (--watchers === 0) clearInterval(timer)
      }
    },
  }
}
