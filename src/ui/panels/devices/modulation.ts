// What moves a parameter, in words and as the arc beside its knob (any thread).
import { toUnit } from '../../../params/map.ts'
import type { ParamSpec } from '../../../generated/specs.ts'
import type { Patch } from '../../../presets/model.ts'
import { rowAmount, type PatchSound } from '../../../presets/patchEdit.ts'
import type { Specs } from './values.ts'

const BUILT_IN: Readonly<Record<string, { label: string; bothWays: boolean }>> = {
  velocity: { label: 'Velocity', bothWays: false },
  key: { label: 'Key', bothWays: true },
  random: { label: 'Random', bothWays: true },
  wheel: { label: 'Mod wheel', bothWays: false },
  pressure: { label: 'Pressure', bothWays: false },
  bend: { label: 'Pitch bend', bothWays: true },
  timbre: { label: 'Timbre', bothWays: false },
  lift: { label: 'Release velocity', bothWays: false },
}

/** A unit's output swings both ways when it is no envelope: LFOs and audio are -1..1, envelopes 0..1. */
function swingsBothWays(from: string, patch: Patch): boolean {
  const builtIn = BUILT_IN[from]
  if (builtIn) return builtIn.bothWays
  return patch.units[from.split('.')[0] ?? '']?.type !== 'env'
}

/** Knob positions between which the modulations of `key` move it, at the amounts that are set; null where nothing does. */
export function modulationArc(
  patch: Patch,
  key: string,
  spec: ParamSpec,
  plain: number,
  values: PatchSound['values'] = {},
): [number, number] | null {
  let up = 0
  let down = 0
  for (const mod of patch.mods) {
    const { from, to } = mod
    if (to !== key) continue
    const amount = rowAmount({ values }, mod)
    const reach = swingsBothWays(from, patch) ? Math.abs(amount) : 0
    up += Math.max(amount, reach)
    down += Math.min(amount, -reach)
  }
  if (up <= 0 && down >= 0) return null
  const moved = (by: number) => toUnit(spec, spec.curve === 'log' ? plain * 2 ** by : plain + by)
  return [moved(Math.min(0, down)), moved(Math.max(0, up))]
}

/** A source in words: "LFO 1", "Osc 1 left" where a unit has several outputs, "Mod wheel". */
export function sourceLabel(from: string, patch: Patch, specs: Specs): string {
  const builtIn = BUILT_IN[from]
  if (builtIn) return builtIn.label
  const [unit = from, output] = from.split('.')
  const outputs = specs.units.get(patch.units[unit]?.type ?? '')?.outputs ?? []
  return output !== undefined && outputs.length > 1 ? `${unitTitle(unit)} ${output}` : unitTitle(unit)
}

/** A target in words: "Filter cutoff", "Pitch". */
export function targetLabel(to: string, patch: Patch, specs: Specs): string {
  if (to === PITCH) return 'Pitch'
  const [unit = '', param = ''] = to.split('.')
  const spec = specs.units.get(patch.units[unit]?.type ?? '')?.params.find(({ id }) => id === param)
  return spec ? `${unitTitle(unit)} ${spec.label.toLowerCase()}` : to
}

/** What `to` calls the pitch of the voice. */
export const PITCH = 'voice.pitch'

/** A unit's name in the patch as words: `filter` -> "Filter", `lfo2` -> "LFO 2". */
export function unitTitle(name: string): string {
  const [, word = name, number = ''] = /^([a-z]+)(\d*)$/.exec(name) ?? []
  const title = SHORT_FORMS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)
  return number === '' ? title : `${title} ${number}`
}

const SHORT_FORMS = new Set(['lfo', 'fm', 'eq'])
