// What the page asks of the control worker, which owns all allocation in the engine's shared memory (types only).
import type { Device, Patch, PlainValue } from '../../presets/model.ts'

/** A sound ready to be compiled: what a preset says, its patch resolved, its values and effects edited or not. */
export interface ProgramInput {
  readonly patch: Patch
  /** `unit.param` -> plain value, over the patch's own values. */
  readonly values: Readonly<Record<string, PlainValue>>
  readonly effects: readonly Device[]
  /** Level match; 0 leaves the sound as it is. */
  readonly gainDb: number
}

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
}

/** A program that the replay log names, with what builds it again. */
export interface LoggedProgram {
  readonly handle: number
  readonly bytes: Uint8Array
}

/** Commands applied since a reset, with resolved frames counted from it; enough to render the same samples again. */
export interface ReplayLog {
  readonly sampleRate: number
  readonly seed: number
  /** COMMAND records as they stand in the log. */
  readonly records: Uint8Array
  readonly programs: readonly LoggedProgram[]
}

export interface TapeCapture {
  /** Left and right after the master chain, from the frame of the reset on. */
  readonly channels: Float32Array<ArrayBuffer>[]
  readonly droppedFrames: number
  readonly log: ReplayLog
}

export interface ControlApi {
  /** `_initialize`, the engine and the audio thread's stack; once per memory, before the worklet instantiates. */
  boot(boot: ControlBoot): ControlBooted
  /** Builds or finds the program, installs it on the audition strip, and strikes `note` on it, in that order. */
  install(input: ProgramInput, mode: 'switch' | 'swap', note: NoteInput | null): Installed
  /** For notes struck by `install`, so that their end cannot overtake their start. */
  noteOn(note: NoteInput): void
  noteOff(noteId: number, velocity: number): void
  /** Clears the engine with `seed`, installs the current program again and records the master output. */
  startCapture(seed: number): Promise<void>
  stopCapture(): TapeCapture
}
