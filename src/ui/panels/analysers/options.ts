// Options of streams as the docks offer them (any thread).
import { STREAMS } from '../../../generated/streams.ts'
import type { StreamOption } from '../../../generated/specs.ts'
import type { StreamValues } from '../../../engine/live/streams.ts'

/** One option of a stream, as the engine declares it. */
export function streamParam(type: string, id: string): StreamOption {
  const param = STREAMS.find((spec) => spec.id === type)?.params.find((each) => each.id === id)
  if (!param) throw new Error(`The stream ${type} has no option ${id}`)
  return param
}

export const streamDefaults = (type: string, ids: readonly string[]): StreamValues =>
  Object.fromEntries(ids.map((id) => [id, streamParam(type, id).init]))
