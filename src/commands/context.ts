// What commands need from the rest of the app (main thread). main.tsx injects it; commands import neither engine nor library.
import type { BenchResult, BenchSpec } from '../params/bench.ts'
import type { LatencyHint } from '../params/budget.ts'
import type { StoreApi } from 'zustand/vanilla'
import type { Library, LibraryContents } from '../presets/library/library.ts'
import type { SearchPort } from '../presets/library/search.ts'
import type { Device, Patch, PlainValue } from '../presets/model.ts'
import type { Recording } from '../presets/assets/wav.ts'
import type { Assets } from '../project/assets.ts'
import type { Master, Project } from '../project/document.ts'
import type { History } from '../project/history.ts'
import type { NoteExpression } from '../project/fields.ts'
import type { Demo } from '../project/demoFile.ts'
import type { Projects } from '../project/projects.ts'
import type { Stores } from '../project/stores.ts'
import type { Tabs } from '../project/tabs.ts'
import type { LoadedProgram } from '../presets/loadedProgram.ts'
import type { TransportControls } from '../transport/controls.ts'
import type { BannerDesk } from './banner.ts'
import type { Finder } from './finder.ts'
import type { Freezes } from './freezes.ts'
import type { HeldNotes } from './heldNotes.ts'
import type { LiveVoice } from './liveVoice.ts'
import type { Notices } from './notices.ts'
import type { Player } from './player.ts'
import type { ReportDesk } from './reportDesk.ts'

export type { LoadedProgram }

export interface ProgramInput {
  readonly patch: Patch
  readonly values: Readonly<Record<string, PlainValue>>
  readonly effects: readonly Device[]
  readonly gainDb: number
}

/** The song in the engine, which follows the document by itself. An unknown track throws `unknown-id`. */
export interface SongPort {
  /** Resolves once the engine holds the document as it stands. */
  settled(): Promise<void>
  /** A live note on the track's sound; the id is for `noteOff`. */
  noteOn(trackId: string, note: number, velocity: number, expression?: NoteExpression): number
  noteOff(noteId: number, velocity?: number): void
  express(noteId: number, expression: NoteExpression): void
  bend(trackId: string, amount: number, rangeSemitones?: number): void
  wheel(trackId: string, amount: number): void
  pressure(trackId: string, amount: number): void
  timbre(trackId: string, amount: number): void
  sustain(trackId: string, down: boolean): void
}

/** The part of engine/host.ts that commands use; the host itself is passed. */
export interface EnginePort {
  readonly audition: {
    load(program: ProgramInput, mode?: 'switch' | 'swap'): Promise<LoadedProgram>
    strike(program: ProgramInput, note: number, velocity: number): { noteId: number; loaded: Promise<LoadedProgram> }
    noteOn(note: number, velocity: number, expression?: NoteExpression): number
    noteOff(noteId: number, velocity?: number): void
    express(noteId: number, expression: NoteExpression): void
    bend(amount: number, rangeSemitones?: number): void
    wheel(amount: number): void
    pressure(amount: number): void
    timbre(amount: number): void
    sustain(down: boolean): void
    setParam(key: string, value: PlainValue): void
    setBypass(effect: number, bypass: boolean): void
    setGain(gainDb: number): void
  }
  readonly song: SongPort
  readonly transport: TransportControls
  /** Called inside user gestures; the browser then lets the sound start. */
  resume(): Promise<void>
  setMasterGain(gainDb: number): void
  setMasterMute(mute: boolean): void
  setLimiterBypass(bypass: boolean): void
  /** A parameter of the master's limiter, in its plain unit. */
  setLimiterValue(key: string, value: PlainValue): void
  setSampleRate(sampleRate: number): void
  setLatencyHint(hint: LatencyHint): void
  panic(): void
  status(): object
  renderPreset(program: ProgramInput, options?: RenderOptions): Promise<RenderResult>
  renderProject(project: ProjectRender, options?: ProjectRenderOptions): Promise<ProjectResult>
  freezeTrack(spec: FreezeSpec, options?: FreezeOptions): Promise<FrozenTrack>
  /** Bytes of all memory that the engine has; 0 before it stands. */
  memoryBytes(): number
  thumbnail(program: ProgramInput, signal?: AbortSignal): Promise<Thumbnail>
  bench(spec: BenchSpec): Promise<BenchResult>
  /** `fromTick`: the song plays from there, from the first frame on. */
  startCapture(seed: number, fromTick?: number | null): Promise<void>
  stopCapture(): Promise<Capture>
  replayCapture(): Promise<Capture>
}

/** What came out of the engine after the master chain. `dropped`: frames that were missed; then nothing can be compared. */
export interface Capture {
  readonly channels: Float32Array[]
  readonly sampleRate: number
  readonly frames: number
  readonly sha256: string
  readonly dropped: number
}

export interface RenderOptions {
  readonly note?: number
  readonly velocity?: number
  readonly duration?: number
  readonly tail?: number
  readonly sampleRate?: number
  readonly seed?: number
}

export interface RenderResult {
  readonly channels: Float32Array[]
  readonly sampleRate: number
  readonly frames: number
  readonly sha256: string
  readonly diagnostics: readonly unknown[]
}

/** What a render takes of the document. */
export interface ProjectRender {
  readonly song: Pick<Project, 'tempoMap' | 'signatures' | 'loop' | 'tracks' | 'returns' | 'controls'>
  readonly master: Master
  readonly seed: number
}

export interface ProjectRenderOptions {
  readonly fromTick?: number
  /** Null: to the end of the last clip, and on until all is silent. */
  readonly toTick?: number | null
  readonly sampleRate?: number
  readonly stems?: boolean
  /** 0..1 */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

export interface FreezeSpec extends Pick<ProjectRender, 'song' | 'seed'> {
  readonly trackId: string
  readonly sampleRate: number
  /** Of the recording. */
  readonly mostBytes: number
}

export type FreezeOptions = Pick<ProjectRenderOptions, 'onProgress' | 'signal'>

/** One track before its fader and sends. */
export interface FrozenTrack {
  /** An asset of kind `recording`. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** As in the document. */
  readonly lead: number
  readonly diagnostics: readonly string[]
}

/** A track alone with what it sends to the returns, before the master limiter, as long as the mix. */
export interface Stem extends RenderResult {
  readonly trackId: string
  readonly name: string
}

export interface ProjectResult extends RenderResult {
  readonly stems?: readonly Stem[]
}

export interface Thumbnail {
  readonly amplitude: Float32Array
  readonly brightness: Float32Array
  readonly levelMatchDb: number
  readonly seconds: number
}

export type { LibraryContents }
/** What commands use of the library; the library itself is passed. */
export type LibraryPort = Omit<Library, 'ready'>

export interface MidiPort {
  /** Asks the browser; resolves with what is connected. */
  connect(): Promise<{ readonly state: string; readonly devices: readonly string[] }>
}

export interface CommandContext {
  readonly stores: Stores
  readonly history: History
  readonly projects: Projects
  readonly tabs: Tabs
  readonly demo: Demo
  readonly banner: BannerDesk
  readonly engine: EnginePort
  readonly library: LibraryPort
  /** The user's recordings and other long data. */
  readonly assets: Assets
  /** The browser's decoder, at the rate given; rejects what it cannot read. */
  readonly decodeAudio: (bytes: Uint8Array<ArrayBuffer>, sampleRate: number) => Promise<Recording>
  readonly search: Pick<SearchPort, 'search'>
  readonly held: HeldNotes
  /** Where played notes and controllers go. */
  readonly voice: LiveVoice
  readonly player: Player
  readonly notices: Notices
  readonly midi: MidiPort
  readonly desk: StoreApi<ReportDesk>
  readonly finder: StoreApi<Finder>
  /** Tracks that are being frozen. */
  readonly freezes: Freezes
  /** Offers a file to the user. */
  readonly download: (name: string, text: string, type: string) => void
  /** 0..1; replaced in tests. */
  readonly random: () => number
}
