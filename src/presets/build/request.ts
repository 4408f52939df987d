// What the builder of one sound source is asked for (import worker).
import type { JsonNode } from '../json/node.ts'
import type { Slots } from '../normalise/section.ts'

/** One source to build. `detune` is the offset of this source in semitones; `alone`: it is the only one of its section. */
export interface SourceRequest {
  readonly word: string
  /** Where the file asks for it. */
  readonly node: JsonNode
  readonly name: string
  readonly label: string
  readonly slots: Slots
  readonly detune: number
  readonly alone: boolean
}
