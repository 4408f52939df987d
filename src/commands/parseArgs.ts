// Checks arguments against a schema; what does not fit becomes one SoundloomError (main thread).
import type * as core from 'zod/v4/core'
import { SoundloomError } from '../params/error.ts'
import { z } from './schema.ts'

/** The value at a path, as far as it can be followed. */
const at = (from: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], from)

/** The checked arguments; throws `invalid-argument` that names the field, its value and, as the hint, what is expected. */
export function parseArgs<Schema extends core.$ZodType>(
  caller: string,
  schema: Schema,
  args: unknown,
  hint: string,
): core.output<Schema> {
  const result = z.safeParse(schema, args)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path ?? []
  throw new SoundloomError('invalid-argument', `${caller}: ${issue?.message ?? 'the arguments do not fit'}.`, {
    ...(path.length > 0 && { field: path.map(String).join('.') }),
    value: at(args, path),
    hint,
  })
}
