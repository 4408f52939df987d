// What the page asks of the control worker, which owns all allocation in the engine's shared memory (types only).
import type { ProgramInput } from '../../compile/program.ts'
import type { NoteExpression } from '../../compile/song.ts'
import type { SongOperation } from '../../compile/songOperations.ts'
import type { SentAsset } from '../../engine/wire/assets.ts'
import type { ReplayLog } from '../../engine/wire/log.ts'
import type { SongProblem } from '../../engine/wire/song.ts'

export interface ControlBoot {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly sampleRate: number
  readonly seed: number
  readonly generation: number
  /** One Int32 that the worker counts up several times a second while it lives. */
  readonly beat: SharedArrayBuffer
}

export interface ControlBooted {
  /** Address of the wire header in the shared memory. */
  readonly wire: number
  /** Top of the stack that the audio thread's instance must use. */
  readonly stackPointer: number
}

export interface NoteInput {
  readonly noteId: number
  readonly note: number
  readonly velocity: number
  /** What it begins with. */
  readonly expression?: NoteExpression
}

/** Where one parameter lives in an installed program: device 0 is the instrument, 1.. the effects. */
export interface ParamAddress {
  readonly device: number
  readonly param: number
}

export interface Installed {
  readonly key: string
  readonly handle: number
  readonly cached: boolean
  readonly predictedCost: number
  readonly latencyFrames: number
  readonly tailSeconds: number
  /** By value key. */
  readonly params: Readonly<Record<string, ParamAddress>>
  /** Assets that are not here: their default plays. */
  readonly missing: readonly string[]
}

export interface TapeCapture {
  /** Left and right after the master chain, from the frame of the reset on. */
  readonly channels: Float32Array<ArrayBuffer>[]
  readonly droppedFrames: number
  readonly log: ReplayLog
}

export interface SongSynced {
  /** To be given with the next steps. */
  readonly revision: number
  readonly problems: readonly SongProblem[]
}

export interface ControlApi {
  /** `_initialize`, the engine and the audio thread's stack; once per memory, before the worklet instantiates. */
  boot(boot: ControlBoot): ControlBooted
  /** Builds or finds the program, installs it on the audition strip, and strikes `note` on it, in that order. */
  install(input: ProgramInput, mode: 'switch' | 'swap', note: NoteInput | null): Installed
  /** What programs of later calls name; the ids that were let go for it. */
  holdAssets(assets: readonly SentAsset[]): readonly string[]
  /** For notes struck by `install`, so that their end cannot overtake their start. */
  noteOn(note: NoteInput): void
  noteOff(noteId: number, velocity: number): void
  express(noteId: number, expression: NoteExpression): void
  /**
   * Brings the engine's song forward by these steps. `from`: the revision that they start at; any other than the present one throws
   * `stale-generation` and changes nothing. 0: an engine without a song, whatever song it holds now. One call at a time.
   */
  syncSong(from: number, steps: readonly SongOperation[]): Promise<SongSynced>
  /** Clears the engine with `seed` (sounds and song stay) and records the master output. Audio must run. `fromTick`: plays the song from there, from the first frame on; null: it stands. */
  startCapture(seed: number, fromTick: number | null): Promise<void>
  stopCapture(): TapeCapture
}
