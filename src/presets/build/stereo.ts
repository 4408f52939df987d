// Carries a sound's second channel from unit to unit while a patch is built (import worker).
import type { PatchDraft } from './draft.ts'

const isRight = (output: string): boolean => output.endsWith('.right')

/** Splits outputs into those of the first channel and those of the second. */
export const channelsOf = (outputs: readonly string[]): { first: string[]; second: string[] } => ({
  first: outputs.filter((output) => !isRight(output)),
  second: outputs.filter(isRight),
})

/** Connects outputs to a unit, second channels to its port `right`. */
export function connectStereo(
  draft: PatchDraft,
  unit: string,
  outputs: readonly string[],
  input = 'in',
  right = 'right',
): void {
  const { first, second } = channelsOf(outputs)
  draft.connect(unit, input, first)
  if (second.length > 0) draft.connect(unit, right, second)
}

/** What a unit fed with `outputs` hands on. */
export const throughUnit = (unit: string, outputs: readonly string[]): string[] =>
  outputs.some(isRight) ? [unit, `${unit}.right`] : [unit]
