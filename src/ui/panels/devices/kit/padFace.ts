// What the card of a kit shows of one pad: its own knobs and those of its units, built from specs alone (any thread).
import type { Patch, PatchPad } from '../../../../presets/model.ts'
import { padUnits } from '../../../../presets/pads.ts'
import { PAD_SPEC } from '../../../../presets/spec.ts'
import { isSilentInput, type FaceGroup, type FaceParam } from '../layout.ts'
import type { Specs } from '../values.ts'

/** Level, pan and tune. */
export const padParams = ({ id, name }: PatchPad): FaceParam[] =>
  PAD_SPEC.params.map((spec) => ({
    key: `${id}.${spec.id}`,
    spec,
    name: `${name} ${spec.label.toLowerCase()}`,
    label: spec.label,
    about: `pads/${PAD_SPEC.id}/${spec.id}`,
  }))

/** A group for each unit of the pad, called what the unit is; like ones are numbered. */
export function padGroups(patch: Patch, pad: PatchPad, specs: Specs): FaceGroup[] {
  const names = padUnits(patch, pad)
  const typeOf = (name: string): string => patch.units[name]!.type
  return names.flatMap((name) => {
    const unit = patch.units[name]!
    const spec = specs.units.get(unit.type)
    if (!spec) return []
    const alike = names.filter((other) => typeOf(other) === unit.type)
    const label = alike.length > 1 ? `${spec.label} ${String(alike.indexOf(name) + 1)}` : spec.label
    const params = spec.params
      .filter((param) => !isSilentInput(param.id, unit.in))
      .map((param) => ({
        key: `${name}.${param.id}`,
        spec: param,
        name: `${pad.name}, ${label.toLowerCase()} ${param.label.toLowerCase()}`,
        label: param.label,
        about: `units/${unit.type}/${param.id}`,
      }))
    return params.length > 0 ? [{ id: name, label, params, units: [name] }] : []
  })
}

const ROWS = 5
const FEWEST_COLUMNS = 4

/** Pads from the lowest key up, in rows from the left. */
export const inKeyOrder = (pads: readonly PatchPad[]): readonly PatchPad[] => [...pads].sort((a, b) => a.low - b.low)
export const padColumns = (count: number): number => Math.max(FEWEST_COLUMNS, Math.ceil(count / ROWS))

/** Where an arrow key leads from a pad; null: it is no such key. */
export function padStep(key: string, at: number, count: number): number | null {
  const columns = padColumns(count)
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
  }[key]
  if (to === undefined) return null
  return to < 0 || to >= count ? at : to
}
