// What a modulation may come from and lead to, in the order of the menus (any thread).
import type { Patch } from '../../../../presets/model.ts'
import { VOICE_SOURCES } from '../../../../presets/sources.ts'
import { PITCH, sourceLabel, unitTitle } from '../modulation.ts'
import type { Specs } from '../values.ts'

export interface Choice {
  /** As `from` and `to` are written in a patch. */
  readonly id: string
  readonly label: string
  /** It would run in a circle. */
  readonly circle: boolean
}

export interface ChoiceGroup {
  readonly title: string
  readonly choices: readonly Choice[]
}

/** A row that stands already, or the beginning of one. */
export interface Ends {
  readonly from?: string
  readonly to?: string
}

const unitOf = (end: string): string => end.split('.')[0] ?? ''

/** Units that must run before this one, itself included; `skip`: a row that is about to change. */
function upstream(patch: Patch, name: string, skip: number | null): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const unit = patch.units[next]
    if (!unit || found.has(next)) continue
    found.add(next)
    for (const from of Object.values(unit.in ?? {}).flat()) open.push(unitOf(from))
    patch.mods.forEach(({ from, to }, index) => {
      if (index !== skip && unitOf(to) === next) open.push(unitOf(from))
    })
  }
  return found
}

const closes = (patch: Patch, from: string, to: string, skip: number | null): boolean =>
  to !== PITCH && Object.hasOwn(patch.units, unitOf(from)) && upstream(patch, unitOf(from), skip).has(unitOf(to))

/** What the voice and its player bring along, then every output of every unit, modulators first. */
export function sourceChoices(patch: Patch, specs: Specs, { to }: Ends, row: number | null): ChoiceGroup[] {
  const choice = (id: string): Choice => ({
    id,
    label: sourceLabel(id, patch, specs),
    circle: to !== undefined && closes(patch, id, to, row),
  })
  const outputs = (wanted: (category: string) => boolean): Choice[] =>
    Object.entries(patch.units).flatMap(([name, { type }]) => {
      const spec = specs.units.get(type)
      if (!spec || !wanted(spec.category)) return []
      return spec.outputs.length === 1 ? [choice(name)] : spec.outputs.map(({ id }) => choice(`${name}.${id}`))
    })
  const isModulator = (category: string): boolean => category === 'modulation'
  return [
    { title: 'Modulators', choices: outputs(isModulator) },
    { title: 'Player', choices: VOICE_SOURCES.map(choice) },
    { title: 'Audio', choices: outputs((category) => !isModulator(category)) },
  ].filter(({ choices }) => choices.length > 0)
}

/** The pitch, then what can be moved of every unit. */
export function targetChoices(patch: Patch, specs: Specs, { from }: Ends, row: number | null): ChoiceGroup[] {
  const units = Object.entries(patch.units).map(([name, { type }]): ChoiceGroup => {
    const circle = from !== undefined && closes(patch, from, `${name}.`, row)
    const params = (specs.units.get(type)?.params ?? []).filter(({ curve }) => curve === 'linear' || curve === 'log')
    return {
      title: unitTitle(name),
      choices: params.map(({ id, label }) => ({ id: `${name}.${id}`, label, circle })),
    }
  })
  const pitch: ChoiceGroup = { title: 'Voice', choices: [{ id: PITCH, label: 'Pitch', circle: false }] }
  return [pitch, ...units.filter(({ choices }) => choices.length > 0)]
}
