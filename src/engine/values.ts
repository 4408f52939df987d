// The number that the engine takes for a value of a program (main thread).
import { paramSpec } from '../compile/paramSpec.ts'
import { acceptedValue } from '../compile/values.ts'
import type { PlainValue } from '../presets/model.ts'
import type { ProgramInput } from './types.ts'

/** Null: the program has no such parameter, or the parameter takes no such value. */
export function liveValue(program: ProgramInput, key: string, value: PlainValue): number | null {
  const spec = paramSpec(program, key)
  return spec ? acceptedValue(spec, value) : null
}
