// What moves a parameter, in words and as the arc beside its knob (any thread).
import { toUnit } from '../../../params/map.ts'
import { formatValue } from '../../../params/format.ts'
import type { ParamSpec } from '../../../generated/specs.ts'
import type { Patch, PatchMod } from '../../../presets/model.ts'
import type { Specs } from './values.ts'

const BUILT_IN: Readonly<Record<string, { label: string; bothWays: boolean }>> = {
  velocity: { label: 'Velocity', bothWays: false },
  key: { label: 'Key', bothWays: true },
  random: { label: 'Random', bothWays: true },
  wheel: { label: 'Mod wheel', bothWays: false },
  pressure: { label: 'Pressure', bothWays: false },
  bend: { label: 'Pitch bend', bothWays: true },
}

/** A unit's output swings both ways when it is no envelope: LFOs and audio are -1..1, envelopes 0..1. */
function swingsBothWays(from: string, patch: Patch): boolean {
  const builtIn = BUILT_IN[from]
  if (builtIn) return builtIn.bothWays
  return patch.units[from.split('.')[0] ?? '']?.type !== 'env'
}

/** Knob positions between which the modulations of `key` move it; null where nothing does. */
export function modulationArc(patch: Patch, key: string, spec: ParamSpec, plain: number): [number, number] | null {
  let up = 0
  let down = 0
  for (const { from, to, amount } of patch.mods) {
    if (to !== key) continue
    const reach = swingsBothWays(from, patch) ? Math.abs(amount) : 0
    up += Math.max(amount, reach)
    down += Math.min(amount, -reach)
  }
  if (up <= 0 && down >= 0) return null
  const moved = (by: number) => toUnit(spec, spec.curve === 'log' ? plain * 2 ** by : plain + by)
  return [moved(Math.min(0, down)), moved(Math.max(0, up))]
}

export interface ModulationRow {
  readonly text: string
  readonly amount: string
}

/** One line of the modulation list: "LFO 1 to Cutoff", "+2 oct". */
export function modulationRow({ from, to, amount }: PatchMod, patch: Patch, specs: Specs): ModulationRow {
  const [unit = '', param = ''] = to.split('.')
  const type = patch.units[unit]?.type
  const spec = type === undefined ? undefined : specs.units.get(type)?.params.find(({ id }) => id === param)
  const target = to === 'voice.pitch' ? 'Pitch' : spec ? `${unitTitle(unit)} ${spec.label.toLowerCase()}` : to
  const scale =
    to === 'voice.pitch'
      ? ({ unit: 'semitones', min: -96, max: 96, curve: 'linear' } as const)
      : spec?.curve === 'log'
        ? ({ unit: 'octaves', min: -16, max: 16, curve: 'linear' } as const)
        : (spec ?? ({ unit: 'none', min: -1, max: 1, curve: 'linear' } as const))
  const text = formatValue(scale, amount)
  return { text: `${sourceLabel(from)} to ${target}`, amount: amount > 0 ? `+${text}` : text }
}

const sourceLabel = (from: string): string => BUILT_IN[from]?.label ?? unitTitle(from.split('.')[0] ?? from)

/** A unit's name in the patch as words: `filter` -> "Filter", `lfo2` -> "LFO 2". */
export function unitTitle(name: string): string {
  const [, word = name, number = ''] = /^([a-z]+)(\d*)$/.exec(name) ?? []
  const title = SHORT_FORMS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)
  return number === '' ? title : `${title} ${number}`
}

const SHORT_FORMS = new Set(['lfo', 'fm', 'eq'])
