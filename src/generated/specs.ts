// Types of the tables that describe units, effects and streams. Written by `npm run gen` from the engine's own description; never edit. Any thread.

export type UnitName = 'none' | 'hertz' | 'seconds' | 'decibels' | 'fraction' | 'ratio' | 'cents' | 'semitones' | 'octaves' | 'degrees' | 'perSecond' | 'count'
export type CurveName = 'linear' | 'log' | 'option' | 'toggle'
export type SmoothName = 'none' | 'ramp' | 'fade'

export interface OptionSpec {
  readonly id: string
  readonly label: string
}

/** One parameter. Values are plain units; `init` is an option id where `curve` is 'option', 0 or 1 where it is 'toggle'. */
export interface ParamSpec {
  readonly id: string
  readonly label: string
  readonly unit: UnitName
  readonly min: number
  readonly max: number
  readonly init: number | string
  readonly curve: CurveName
  readonly smooth: SmoothName
  readonly group: string
  readonly options?: readonly OptionSpec[]
  /** Position in the engine's parameter array of this build; never saved. */
  readonly index: number
}

export interface PortSpec {
  readonly id: string
}

/** One number or one array of numbers of a stream's result. */
export interface ReadingSpec {
  readonly id: string
  readonly label: string
  readonly doc: string
  readonly unit: UnitName
}

export interface UnitSpec {
  readonly id: string
  readonly label: string
  readonly version: number
  readonly category: string
  readonly inputs: readonly PortSpec[]
  readonly outputs: readonly PortSpec[]
  readonly params: readonly ParamSpec[]
  readonly index: number
  /** Needs a waveform baked from `harmonics`. */
  readonly table: boolean
  /** What long data it reads; the patch names it. */
  readonly asset: AssetKind
  /** Nanoseconds per quad of voices and 32 frames. */
  readonly costNs: number
}

export type AssetKind = 'none' | 'impulse' | 'sample' | 'wavetable' | 'curve' | 'recording'

export interface EffectSpec {
  readonly id: string
  readonly label: string
  readonly version: number
  readonly category: string
  readonly params: readonly ParamSpec[]
  readonly index: number
  /** What long data it reads; the device names it. */
  readonly asset: AssetKind
  /** Hears a second input. */
  readonly sidechain: boolean
  /** Says by how much it turns down. */
  readonly reduces: boolean
  /** What it delays at 48 kHz. */
  readonly latencyMs: number
  /** Nanoseconds per 32 stereo frames. */
  readonly costNs: number
}

export type StreamOption = ParamSpec & { readonly doc: string }

export interface StreamSpec {
  readonly id: string
  readonly label: string
  readonly doc: string
  readonly version: number
  readonly category: string
  /** Options: what `streams.subscribe` takes besides type and source. */
  readonly params: readonly StreamOption[]
  /** What a result holds, in this order. */
  readonly readings: readonly ReadingSpec[]
  /** Position in the engine's registry of this build; never saved. */
  readonly index: number
}
