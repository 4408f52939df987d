// What the card of a kit shows of one pad: its own knobs and those of its units, built from specs alone (any thread).
import { constants } from '../../../../generated/wire.ts'
import { GM_DRUMS } from '../../../../presets/gmDrums.ts'
import { ROLES, type Patch, type PatchPad, type Preset, type Role } from '../../../../presets/model.ts'
import { padAt, padUnits } from '../../../../presets/pads.ts'
import { PAD_SPEC } from '../../../../presets/spec.ts'
import type { OfferGroup } from '../../../controls/Finder.tsx'
import { beginsWords } from '../../../controls/words.ts'
import { noteName } from '../../keyboard/keys.ts'
import { displayName } from '../../sounds/describe.ts'
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
    return params.length > 0 ? [{ id: name, label, params, units: [name], drawn: [name] }] : []
  })
}

const ROWS = 5
const FEWEST_COLUMNS = 4

/** Pads from the lowest key up, in rows from the left. */
export const inKeyOrder = (pads: readonly PatchPad[]): readonly PatchPad[] => [...pads].sort((a, b) => a.low - b.low)
export const padColumns = (count: number): number => Math.max(FEWEST_COLUMNS, Math.ceil(count / ROWS))

/** Where an arrow key leads from a pad; null: it is no such key. */
export function padStep(key: string, at: number, count: number, columns: number): number | null {
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

const GM_NAMES: ReadonlyMap<number, string> = new Map(GM_DRUMS.map(({ note, name }) => [note, name]))
const KEYS: readonly number[] = Array.from({ length: 128 }, (_, key) => key)

/** `C2, Kick`: a key, and what General MIDI has there. */
export function keyLabel(key: number): string {
  const drum = GM_NAMES.get(key)
  return drum === undefined ? noteName(key) : `${noteName(key)}, ${drum}`
}

/** The lowest keys on which a pad can stand: all its keys are its own or nobody's. */
export function keysFor(pads: readonly PatchPad[], { id, low, high }: PatchPad): readonly number[] {
  const others = pads.filter((pad) => pad.id !== id)
  const width = high - low
  return KEYS.filter(
    (key) =>
      key + width < KEYS.length && KEYS.slice(key, key + width + 1).every((one) => !padAt({ pads: others }, one)),
  )
}

/** Where a new pad goes: the first free key of the drum map, then above and below it; null: the kit is full. */
export function freeKey(pads: readonly PatchPad[]): number | null {
  if (pads.length >= constants.maxPads) return null
  const mapped = [...GM_NAMES.keys()]
  const last = Math.max(...mapped)
  const above = KEYS.slice(last + 1)
  const below = KEYS.slice(0, Math.min(...mapped)).reverse()
  return [...mapped, ...above, ...below].find((key) => !padAt({ pads }, key)) ?? null
}

/** More than this at once nobody reads: a word narrows them. */
const MOST_OFFERS = 200
const DRUMS_FIRST: readonly Role[] = ['DRUM', ...ROLES.filter((role) => role !== 'DRUM')]

/** Sounds for a pad by role, drums first: every typed word begins a word of the name, a tag or the role. */
export function soundOffers(presets: readonly Preset[], typed: string): OfferGroup[] {
  const fitting = presets
    .filter(({ patch }) => typeof patch === 'string' || patch.pads === undefined)
    .filter(({ name, tags, role }) => beginsWords(typed, [displayName(name), ...tags, role].join(' ')))
  let room = MOST_OFFERS
  return DRUMS_FIRST.flatMap((role) => {
    const offers = fitting
      .filter((preset) => preset.role === role)
      .slice(0, room)
      .map(({ id, name }) => ({ id, label: displayName(name) }))
    room -= offers.length
    return offers.length > 0 ? [{ title: role, offers }] : []
  })
}
