// What the page asks of a render worker: sounds and songs rendered in a private instance of the engine (types only).
import type { BenchResult, BenchSpec } from '../../params/bench.ts'
import type { ProgramInput } from '../../compile/program.ts'
import type { Song } from '../../compile/song.ts'
import type { SentAsset } from '../../engine/wire/assets.ts'
import type { ReplayLog } from '../../engine/wire/log.ts'
import type { MasterSettings } from '../../engine/wire/master.ts'
import type { Device, Patch } from '../../presets/model.ts'

export interface RenderSpec {
  /** MIDI note numbers, all struck at frame 0 and released at `duration`. */
  readonly notes: readonly number[]
  readonly velocity: number
  /** Seconds. */
  readonly duration: number
  /** Seconds rendered after the release. */
  readonly tail: number
  readonly sampleRate: number
  readonly seed: number
}

export interface SongSpec {
  readonly song: Song
  readonly master: MasterSettings
  readonly seed: number
  readonly sampleRate: number
  readonly fromTick: number
  /** Null: to the end of the last clip, and on until all is silent. */
  readonly toTick: number | null
  /** In place of `toTick`. */
  readonly frames: number | null
}

/** Tracks of a song for the engine that mixes it. */
export interface PartSpec extends Pick<SongSpec, 'song' | 'seed' | 'sampleRate' | 'fromTick'> {
  /** Those that are handed over, before their faders. */
  readonly trackIds: readonly string[]
}

export interface FreezeSpec {
  /** All of it: the track may listen to others. */
  readonly song: Song
  readonly trackId: string
  readonly seed: number
  readonly sampleRate: number
  /** Of the recording. */
  readonly mostBytes: number
}

export interface FrozenTrack {
  /** An asset of kind `recording`: mono where both sides are the same, without the silence around it. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where it begins in the song, in units of `leadFrames`. */
  readonly lead: number
  /** What could not be built or was lost, in words. */
  readonly diagnostics: readonly string[]
}

/** A device to be timed alone: an effect, or with a patch its four voices. */
export interface CostSpec {
  readonly sampleRate: number
  readonly patch: Patch | null
  readonly values: ProgramInput['values']
  readonly effect: Device | null
}

export interface Rendered {
  /** Left and right. */
  readonly channels: Float32Array<ArrayBuffer>[]
  readonly sampleRate: number
  /** Of a sound: round((duration + tail) * sampleRate). */
  readonly frames: number
  /** Lower-case hex over frame-interleaved little-endian f32. */
  readonly sha256: string
  readonly diagnostics: readonly string[]
}

/** What a tile draws and how loud the sound is, measured on a C3 major chord of two seconds and its tail, limiter off. */
export interface Measured {
  readonly amplitude: Float32Array<ArrayBuffer>
  readonly brightness: Float32Array<ArrayBuffer>
  readonly seconds: number
  readonly loudnessLufs: number | null
  readonly peak: number
  readonly levelMatchDb: number
}

export interface RenderApi {
  /** Compiles nothing yet; makes the instance so that the next call is warm. */
  boot(module: WebAssembly.Module): void
  /** What programs of later calls name; the ids that were let go for it. */
  holdAssets(assets: readonly SentAsset[]): readonly string[]
  /** `onHead` gets the first 512 frames as soon as they exist. */
  render(
    input: ProgramInput,
    spec: RenderSpec,
    onHead: ((channels: Float32Array<ArrayBuffer>[]) => void) | null,
    signal: AbortSignal | null,
  ): Promise<Rendered>
  /** `onProgress`: 0..1, some times a second. */
  renderSong(
    spec: SongSpec,
    onProgress: ((share: number) => void) | null,
    signal: AbortSignal | null,
  ): Promise<Rendered>
  /** Plays a part of a song for the worker at the other end of `port`; done when that one is. */
  playPart(spec: PartSpec, port: MessagePort, signal: AbortSignal | null): Promise<void>
  /** As `renderSong`, with what the workers at `ports` play: the tracks of each. Null: one worker must play it all. */
  mixSong(
    spec: SongSpec,
    trackIds: readonly (readonly string[])[],
    ports: readonly MessagePort[],
    onProgress: ((share: number) => void) | null,
    signal: AbortSignal | null,
  ): Promise<Rendered | null>
  /** One track before its fader and sends, as a recording. Throws `limit-exceeded`. */
  freezeTrack(
    spec: FreezeSpec,
    onProgress: ((share: number) => void) | null,
    signal: AbortSignal | null,
  ): Promise<FrozenTrack>
  measure(input: ProgramInput, signal: AbortSignal | null): Promise<Measured>
  /** The same samples with their hash. */
  hash(channels: Float32Array<ArrayBuffer>[], sampleRate: number): Promise<Rendered>
  /** Times a fixed work in an engine of its own. */
  bench(spec: BenchSpec): BenchResult
  /** Nanoseconds for a micro-block. */
  cost(spec: CostSpec, signal: AbortSignal | null): number
  /** Renders a log of the real-time engine again; `frames` from its reset on. */
  replay(log: ReplayLog, frames: number, signal: AbortSignal | null): Promise<Rendered>
}
