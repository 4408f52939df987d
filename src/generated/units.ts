// Every unit generator. Written by `npm run gen` from the engine's own description; never edit. Any thread.
import type { UnitSpec } from './specs.ts'

export const UNITS: readonly UnitSpec[] = []
