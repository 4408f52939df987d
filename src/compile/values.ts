// Plain values to the numbers that the engine holds (any thread): checked, options by index, rounded to 32 bits.
import type { ParamSpec } from '../generated/specs.ts'
import { SoundloomError } from '../params/error.ts'
import { isAssetId } from '../presets/assets/record.ts'
import type { PlainValue } from '../presets/model.ts'

/** Throws `invalid-argument` naming `field` when the value is not one that the parameter can take. */
export function engineValue(spec: ParamSpec, value: PlainValue, field: string): number {
  const refuse = (hint: string): SoundloomError =>
    new SoundloomError('invalid-argument', `${spec.label} cannot be ${JSON.stringify(value)}`, { field, value, hint })
  if (spec.curve === 'option') {
    const options = spec.options ?? []
    const index = options.findIndex(({ id }) => id === value)
    if (index < 0) throw refuse(`Use one of: ${options.map(({ id }) => id).join(', ')}.`)
    return index
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('Use a number.')
  if (spec.curve === 'toggle') {
    if (value !== 0 && value !== 1) throw refuse('Use 0 or 1.')
    return value
  }
  const rounded = Math.fround(value)
  if (rounded < Math.fround(spec.min) || rounded > Math.fround(spec.max))
    throw refuse(`Use ${spec.min} to ${spec.max}.`)
  return rounded
}

/** As `engineValue`; null where it throws. */
export function acceptedValue(spec: ParamSpec, value: PlainValue): number | null {
  try {
    return engineValue(spec, value, spec.id)
  } catch (error) {
    if (error instanceof SoundloomError) return null
    throw error
  }
}

/** The asset that a document names for a processor, or null. Throws `invalid-argument`. */
export function checkedAsset(
  id: string | undefined,
  spec: { label: string; asset: string },
  field: string,
): string | null {
  if (id === undefined) return null
  if (spec.asset !== 'none' && isAssetId(id)) return id
  throw new SoundloomError('invalid-argument', `${spec.label} takes no asset "${id}"`, {
    field,
    value: id,
    hint: spec.asset === 'none' ? 'Leave it out.' : 'Use the id that importing it gave, or a built-in one.',
  })
}
