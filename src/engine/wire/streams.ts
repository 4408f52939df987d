// Analysis streams by type, and their options as the engine takes them (any thread).
import { FEATURES, STREAMS } from '../../generated/streams.ts'
import type { ParamSpec, StreamSpec } from '../../generated/specs.ts'
import { SoundloomError } from '../../params/error.ts'

/** Different streams computed at once. */
export const MOST_STREAMS = 16

export type StreamValues = Readonly<Record<string, number | string>>

export const STREAM_SPECS: ReadonlyMap<string, StreamSpec> = new Map(
  [...STREAMS, ...FEATURES].map((spec) => [spec.id, spec]),
)

/** Plain values in the order of `spec.params`, options by index; what is not given has its default. Throws `invalid-argument`. */
export function streamOptions(spec: StreamSpec, given: StreamValues): Float32Array<ArrayBuffer> {
  if (typeof given !== 'object' || given === null)
    throw new SoundloomError('invalid-argument', 'Options must be an object', { field: 'options', value: given })
  const unknown = Object.keys(given).find((id) => !spec.params.some((param) => param.id === id))
  if (unknown !== undefined)
    throw new SoundloomError('invalid-argument', `The stream ${spec.id} has no option ${unknown}`, {
      field: `options.${unknown}`,
      value: given[unknown],
      hint: spec.params.length > 0 ? `It has: ${spec.params.map(({ id }) => id).join(', ')}.` : 'It has none.',
    })
  return Float32Array.from(spec.params, (param) => plain(param, given[param.id] ?? param.init))
}

function plain(param: ParamSpec, value: unknown): number {
  const refuse = (allowed: string): SoundloomError =>
    new SoundloomError('invalid-argument', `The option ${param.id} must be ${allowed}`, {
      field: `options.${param.id}`,
      value,
    })
  if (param.options) {
    // A size may be written as the number that it is.
    const index = param.options.findIndex(({ id }) => id === String(value))
    if (index < 0) throw refuse(`one of ${param.options.map(({ id }) => id).join(', ')}`)
    return index
  }
  if (typeof value !== 'number' || !(value >= param.min && value <= param.max))
    throw refuse(`a number from ${param.min} to ${param.max}`)
  return param.unit === 'count' ? Math.round(value) : value
}
