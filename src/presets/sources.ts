// What a modulation may come from besides the outputs of units (any thread).
import { enums } from '../generated/wire.ts'

/** What a voice and its player bring along: velocity, key and the like. */
export const VOICE_SOURCES: readonly string[] = Object.keys(enums.sourceKind).filter((kind) => kind !== 'wire')
