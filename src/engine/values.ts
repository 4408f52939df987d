// The number that the engine takes for a value of a program (main thread).
import { acceptedValue } from '../compile/values.ts'
import type { PlainValue } from '../presets/model.ts'
import { paramOfKey } from '../presets/paramOfKey.ts'
import type { ProgramInput } from './types.ts'

/** Null: the program has no such parameter, or the parameter takes no such value. */
export function liveValue(program: ProgramInput, key: string, value: PlainValue): number | null {
  const spec = paramOfKey(program.patch, program.effects, key)
  return spec ? acceptedValue(spec, value) : null
}
