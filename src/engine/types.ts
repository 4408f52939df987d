// What the rest of the page may ask of the sound engine (main thread): the door that main.tsx hands to commands.
import type { BenchResult, BenchSpec } from '../params/bench.ts'
import type { LatencyHint } from '../params/budget.ts'
import type { StoreApi } from 'zustand/vanilla'
import type { SoundloomError } from '../params/error.ts'
import type { PlainValue } from '../presets/model.ts'
import type { ProgramInput } from '../compile/program.ts'
import type { NoteExpression, Song } from '../compile/song.ts'
import type { LoadedProgram } from '../presets/loadedProgram.ts'
import type { TransportControls } from '../transport/controls.ts'
import type { TransportSource, TransportStore } from '../transport/store.ts'
import type { AnalyzerEngine } from '../workers/analyzer/protocol.ts'
import type { FreezeSpec, FrozenTrack } from '../workers/render/protocol.ts'
import type { MasterSettings } from './wire/master.ts'
import type { CallbackMonitor } from './callbackMonitor.ts'
import type { DeviceCosts } from './live/deviceCosts.ts'
import type { Governor, GovernorView } from './governor/governor.ts'
import type { LiveReadings } from './live.ts'
import type { Outage } from './outage.ts'

export type { LoadedProgram, ProgramInput }

export type AudioState = 'suspended' | 'running' | 'interrupted'

export type RebuildReason = 'hot-reload' | 'sample-rate' | 'latency' | 'stalled' | 'device' | 'trap' | 'control-worker'

/** The slow-changing state of the engine, for UI and tests. Levels and meters are in `live`, never here. */
export interface EngineState {
  /** `failed`: boot or rebuild gave up; `fault` says why. */
  readonly phase: 'off' | 'starting' | 'ready' | 'rebuilding' | 'failed'
  readonly audio: AudioState
  /** The sound was taken away; `revive` brings it back. */
  readonly outage: Outage | null
  readonly sampleRate: number
  /** Frames per call of the host; read from the context, never assumed. */
  readonly blockSize: number
  readonly memoryMiB: number
  /** Counts rebuilds; records and handles of an older generation are dropped. */
  readonly generation: number
  readonly fault: SoundloomError | null
  /** Newest last, at most 20: rebuilds, dropped notes, refused commands; what a user may want to know. */
  readonly notices: readonly EngineNotice[]
}

export interface EngineNotice {
  readonly id: number
  readonly kind:
    'rebuilt' | 'note-dropped' | 'no-pad' | 'command-refused' | 'song-problem' | 'nan-contained' | 'failed' | 'untested'
  readonly text: string
}

/** CONTRACTS.md: null where the browser cannot tell, never 0. */
export interface EngineStatus {
  readonly audio: AudioState
  readonly running: boolean
  readonly sampleRate: number
  readonly blockSize: number
  readonly cpuUsage: number | null
  readonly activeVoices: number | null
  readonly activeGroups: number | null
  readonly dropouts: number | null
  readonly dropoutSeconds: number | null
  readonly outputLatencySeconds: number | null
  readonly generation: number
  /** Level that holds (0 is full quality), budget, and the changes with their frames, newest first. */
  readonly governor: GovernorView
}

/** Options of an offline render; defaults as in CONTRACTS.md: 60, 0.8, 2, 1, 48000, 0. */
export interface RenderOptions {
  readonly note?: number
  readonly velocity?: number
  readonly duration?: number
  readonly tail?: number
  readonly sampleRate?: number
  readonly seed?: number
  /** Called with the first 512 frames (left, right) as soon as they exist. */
  readonly onHead?: (channels: Float32Array[]) => void
  readonly signal?: AbortSignal
}

export interface RenderResult {
  readonly channels: Float32Array<ArrayBuffer>[]
  readonly sampleRate: number
  readonly frames: number
  /** Lower-case hex over frame-interleaved little-endian f32. */
  readonly sha256: string
  readonly diagnostics: readonly string[]
}

/** What a render of a project needs of it. */
export interface ProjectRender {
  readonly song: Song
  readonly master: MasterSettings
  readonly seed: number
}

/** Defaults: from 0 to the end of the last clip and on until all is silent (10 s at most), 48000 Hz, no stems. */
export interface ProjectRenderOptions {
  readonly fromTick?: number
  /** Exactly there. */
  readonly toTick?: number | null
  readonly sampleRate?: number
  /** Also each track alone. */
  readonly stems?: boolean
  /** That render it together, at most; absent: as many as this computer has time for. The samples are the same. */
  readonly workers?: number
  /** 0..1, some times a second. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** A track alone with what it sends to the returns, before the master limiter, as long as the mix. */
export interface Stem extends RenderResult {
  readonly trackId: string
  readonly name: string
}

export interface ProjectResult extends RenderResult {
  readonly stems?: readonly Stem[]
}

export interface FreezeOptions {
  /** 0..1, some times a second. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** What a tile draws and how loud the sound is, measured on a real render. */
export interface Thumbnail {
  /** 64 slices over the note and its tail: peak amplitude 0..1 relative to the loudest slice. */
  readonly amplitude: Float32Array<ArrayBuffer>
  /** 64 slices: spectral centroid on a log scale, 0 = 60 Hz .. 1 = 12 kHz. */
  readonly brightness: Float32Array<ArrayBuffer>
  /** Integrated loudness (ITU-R BS.1770) of a two-second C3 major chord in LUFS; null when it is silent. */
  readonly loudnessLufs: number | null
  /** Length of what the slices show: the audible part of the render. */
  readonly seconds: number
  /** Highest absolute sample, linear. */
  readonly peak: number
  /** Gain that brings the sound to -20 LUFS in dB, kept below -1 dBFS peak; 0 when silent. */
  readonly levelMatchDb: number
}

/** A stretch of the engine's output after the master chain, with what is needed to play it again offline. */
export interface Capture {
  readonly channels: Float32Array<ArrayBuffer>[]
  readonly sampleRate: number
  readonly frames: number
  readonly sha256: string
  /** Frames that the reader missed; a capture with drops cannot be compared. */
  readonly dropped: number
}

export interface Audition {
  /**
   * Makes `program` the audition strip's sound. `switch` (another sound) crossfades in 20 ms; `swap` (the same sound, edited in its
   * structure) lets held notes finish on the old plan. Rejects with `over-budget`, `limit-exceeded` or `invalid-argument`.
   */
  load(program: ProgramInput, mode?: 'switch' | 'swap'): Promise<LoadedProgram>
  /** `load` and a note in one message: the fast path of a press. The note's id is valid at once, also for `noteOff`. */
  strike(program: ProgramInput, note: number, velocity: number): { noteId: number; loaded: Promise<LoadedProgram> }
  /** Starts a note (MIDI number, may be fractional) on the loaded sound; the id is for `noteOff`. */
  noteOn(note: number, velocity: number, expression?: NoteExpression): number
  noteOff(noteId: number, velocity?: number): void
  /** Tells a note that sounds; only what is given changes. */
  express(noteId: number, expression: NoteExpression): void
  /** `amount` -1..1, of `rangeSemitones` (2 when not given). */
  bend(amount: number, rangeSemitones?: number): void
  /** 0..1 */
  wheel(amount: number): void
  /** 0..1 */
  pressure(amount: number): void
  /** 0..1 */
  timbre(amount: number): void
  sustain(down: boolean): void
  /** Plain value by value key (`filter.cutoff`, `fx1.mix`). At most one a frame per key leaves the page, the last one always. */
  setParam(key: string, value: PlainValue): void
  /** `effect` counts from 0. */
  setBypass(effect: number, bypass: boolean): void
  /** Gain of the present sound in dB, in place of its `gainDb`; ramped. */
  setGain(gainDb: number): void
}

/** The song in the engine. Ids are those of the document; an unknown track throws `unknown-id`. */
export interface SongEngine {
  /** Makes the engine hold this song: the least changes, at most once an animation frame, the last one always. */
  follow(song: Song): void
  /** Resolves once the engine holds what `follow` was last given. What could not be built has then been said in a notice. */
  settled(): Promise<void>
  /** The mixer strip of a track or return; null: the engine has none for it (yet). */
  stripOf(id: string): number | null
  /** Starts a note (MIDI number, may be fractional) on a track's sound; the id is for `noteOff`. */
  noteOn(trackId: string, note: number, velocity: number, expression?: NoteExpression): number
  noteOff(noteId: number, velocity?: number): void
  /** Tells a note that sounds; only what is given changes. */
  express(noteId: number, expression: NoteExpression): void
  /** `amount` -1..1, of `rangeSemitones` (2 when not given). */
  bend(trackId: string, amount: number, rangeSemitones?: number): void
  /** 0..1 */
  wheel(trackId: string, amount: number): void
  /** 0..1 */
  pressure(trackId: string, amount: number): void
  /** 0..1 */
  timbre(trackId: string, amount: number): void
  sustain(trackId: string, down: boolean): void
}

export interface EngineHost {
  readonly store: StoreApi<EngineState>
  readonly live: LiveReadings
  /** Times of the audio thread's calls, while watched. */
  readonly callbacks: CallbackMonitor
  /** What gives up quality before the sound breaks up. */
  readonly governor: Pick<Governor, 'store' | 'setMaxCpu'>
  readonly costs: DeviceCosts
  readonly audition: Audition
  readonly song: SongEngine
  readonly transport: TransportControls
  /** This thread's transport store. */
  readonly position: TransportStore
  /** Where the present engine writes its transport, for the stores of other threads; null: there is none. Each generation has another. */
  transportSource(): TransportSource | null
  /** The same, with its analysis taps. One object per generation. */
  analyzerEngine(): AnalyzerEngine | null
  /** `strip`: `constants.strips` is the master. */
  analysisTap(index: number, strip: number, on: boolean): void
  /** Module, memory, workers and worklet; resolves with audio still suspended. Throws what the boot page shows. */
  start(): Promise<void>
  /** Call inside a user gesture: lets the browser start the sound. */
  resume(): Promise<void>
  /** After an outage: the same context, or a new one on the device that is there now. Call inside a user gesture. */
  revive(): Promise<void>
  setMasterGain(gainDb: number): void
  setMasterMute(mute: boolean): void
  setLimiterBypass(bypass: boolean): void
  /** A parameter of the master's limiter, in its plain unit. */
  setLimiterValue(key: string, value: PlainValue): void
  /** Hz. Another rate than the present one rebuilds the engine with a context of that rate. */
  setSampleRate(sampleRate: number): void
  /** How long the output's buffer should be. Rebuilds the engine where this device then has another one. */
  setLatencyHint(hint: LatencyHint): void
  /** Every note off and every tail silent, at once. */
  panic(): void
  status(): EngineStatus
  /** The one way back from any fault: new memory and instances, everything loaded again. */
  /** Recordings that sounds name and that were missing are here now. */
  assetsArrived(): void
  rebuild(reason: RebuildReason): Promise<void>
  renderPreset(program: ProgramInput, options?: RenderOptions): Promise<RenderResult>
  /** The song as the engine plays it, without loop and metronome: the same samples as a capture that plays it. */
  renderProject(project: ProjectRender, options?: ProjectRenderOptions): Promise<ProjectResult>
  /** A track before its fader and sends, as a recording. */
  freezeTrack(spec: FreezeSpec, options?: FreezeOptions): Promise<FrozenTrack>
  /** Bytes of all memory that the engine has; 0 before it stands. */
  memoryBytes(): number
  /** Cached by the content of the compiled program. */
  thumbnail(program: ProgramInput, signal?: AbortSignal): Promise<Thumbnail>
  /** Times a fixed work in an engine of its own, in a render worker. */
  bench(spec: BenchSpec): Promise<BenchResult>
  /** Clears the engine (seeded) and records what comes out; `stopCapture` ends it. `fromTick`: the song plays from there, from the first frame on. */
  startCapture(seed: number, fromTick?: number | null): Promise<void>
  stopCapture(): Promise<Capture>
  /** Plays the last capture's log offline in a private instance. */
  replayCapture(): Promise<Capture>
  dispose(): Promise<void>
}
