// What scripts see of streams (main thread): the list of them, and results as plain objects.
import type { StreamSpec } from '../../generated/specs.ts'
import { STREAM_SPECS } from '../wire/streams.ts'
import type { StreamAddress, StreamInfo, StreamResult, Watched } from './streams.ts'
import { TRANSPORT_INFO } from './transportStream.ts'

export function listStreams(trackIds: readonly string[]): StreamInfo[] {
  const sources = ['master', 'audition', ...trackIds.map((id) => `track:${id}`)]
  const computed = [...STREAM_SPECS.values()].map(({ id, label, doc, params, readings }) => ({
    type: id,
    label,
    doc,
    sources,
    options: params,
    readings,
  }))
  return structuredClone([...computed, TRANSPORT_INFO])
}

/** A copy: the caller may keep it. What is no number becomes null. */
export function resultOf({ type, source }: StreamAddress, { readings }: StreamSpec, watched: Watched): StreamResult {
  const { engineFrame, songFrame, generation } = watched.stamp()!
  const values = readings.map(({ id }) => {
    const floats = watched.reading(id)
    if (floats.length !== 1) return [id, floats.slice()] as const
    return [id, Number.isFinite(floats[0]) ? floats[0]! : null] as const
  })
  return { type, source, frame: engineFrame, songFrame, generation, values: Object.fromEntries(values) }
}
