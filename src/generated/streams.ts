// Every analysis stream. Written by `npm run gen` from the engine's own description; never edit. Any thread.
import type { StreamSpec } from './specs.ts'

export const STREAMS: readonly StreamSpec[] = []
