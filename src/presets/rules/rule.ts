// The shape of one normalising rule (any thread).
import type { Quantity } from './quantity.ts'

/** Where in an instrument a rule applies; `fx.*` is any effect, `fx.delay` only delays. */
export type Section =
  | 'oscillator'
  | 'envelope'
  | 'filter'
  | 'strings'
  | 'harmonics'
  | 'sympathetic'
  | 'noise'
  | 'pick'
  | 'vibrato'
  | 'body'
  | 'voice'
  | `fx.${string}`

/** Changes of scale between what files mean and what the engine takes. */
export type Convert =
  'octaves' | 'drive' | 't60' | 'resonanceOfQ' | 'semitonesToCents' | 'octavesToSemitones' | 'slices'

interface RuleBase {
  /** Stable name, part of the report. */
  readonly id: string
  readonly section: Section
  /** snake_case keys without unit suffix. */
  readonly keys: readonly string[]
  /** Where the value goes: a value key of the patch, or a slot that the builder resolves. */
  readonly slot: string
  /** Why a value is read this way, for the report. */
  readonly why: string
}

/** A number: a figure, a written quantity, or `[min, max]` whose midpoint plays. */
export interface ScalarRule extends RuleBase {
  readonly shape: 'scalar'
  readonly quantity: Quantity
  /** What a bare figure is multiplied with to get the base unit. */
  readonly bare: number
  /** Set where taking a bare figure so is a guess that the report must tell. */
  readonly bareGuess?: string
  /** Bare figures below this are in base units already. */
  readonly baseBelow?: number
  readonly convert?: Convert
  /** In engine units, after conversion: tighter than the engine's own range. */
  readonly limits?: readonly [number, number]
}

/** A list of numbers; `[1, 0.5]` is two entries, never a range. */
export interface ListRule extends RuleBase {
  readonly shape: 'list'
  readonly limits?: readonly [number, number]
}

/** A word or a list of words. */
export interface WordRule extends RuleBase {
  readonly shape: 'word' | 'words'
  readonly words: Readonly<Record<string, string>>
}

/** Read and kept with the file, without an effect on the sound; `why` tells the reason. */
export interface InfoRule extends RuleBase {
  readonly shape: 'info'
  /** The value was taken as a hint: the report says what plays, not that it was dropped. */
  readonly hint?: true
}

export type Rule = ScalarRule | ListRule | WordRule | InfoRule
