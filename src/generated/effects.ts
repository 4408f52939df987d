// Every effect. Written by `npm run gen` from the engine's own description; never edit. Any thread.
import type { EffectSpec } from './specs.ts'

export const EFFECTS: readonly EffectSpec[] = []
