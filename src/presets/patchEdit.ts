// Edits of a patch and of the values over it, as new data (any thread). They keep it whole; whether it can play is for project/patchCheck.ts.
import { SoundloomError } from '../params/error.ts'
import { AMOUNT, amountLimit, amountSpec } from './amounts.ts'
import type { Patch, PatchMod, PatchUnit, PlainValue } from './model.ts'
import { paramOfKey } from './paramOfKey.ts'
import { unitSpec } from './spec.ts'

/** An instrument: its patch, and what is set over it by `unit.param` and `amount.<id>`. */
export interface PatchSound {
  readonly patch: Patch
  readonly values: Readonly<Record<string, PlainValue>>
}

/** A modulation by its id, or by its place counted from 0. */
export type Row = string | number

const unknown = (message: string, field: string, value: unknown, hint?: string): SoundloomError =>
  new SoundloomError('unknown-id', message, { field, value, ...(hint !== undefined && { hint }) })

export function rowAt({ mods }: Patch, row: Row): number {
  const index = typeof row === 'number' ? row : mods.findIndex(({ id }) => id === row)
  if (mods[index]) return index
  throw unknown(`There is no modulation ${JSON.stringify(row)}.`, 'row', row, `The patch has ${String(mods.length)}.`)
}

/** The amount that plays: what is set, else what the patch says. */
export function rowAmount({ values }: Pick<PatchSound, 'values'>, { id, amount }: PatchMod): number {
  const set = id === undefined ? undefined : values[`${AMOUNT}.${id}`]
  return typeof set === 'number' ? set : amount
}

/** `m1`, `m2` ...: the first that no modulation has. */
function freeId({ mods }: Patch): string {
  for (let number = 1; ; number++) {
    const id = `m${String(number)}`
    if (!mods.some((mod) => mod.id === id)) return id
  }
}

const without = (values: PatchSound['values'], key: string): PatchSound['values'] =>
  Object.fromEntries(Object.entries(values).filter(([other]) => other !== key))

/** Values that name nothing in the patch go. */
export const fitted = (patch: Patch, values: PatchSound['values']): PatchSound['values'] =>
  Object.fromEntries(Object.entries(values).filter(([key]) => paramOfKey(patch, [], key)))

const withMods = ({ patch, values }: PatchSound, mods: readonly PatchMod[]): PatchSound => {
  const next = { ...patch, mods }
  return { patch: next, values: fitted(next, values) }
}

/** The row and its id; it comes last. */
export function addRow(sound: PatchSound, from: string, to: string, amount: number): PatchSound & { id: string } {
  const id = freeId(sound.patch)
  const values = without(sound.values, `${AMOUNT}.${id}`)
  return { ...withMods({ patch: sound.patch, values }, [...sound.patch.mods, { id, from, to, amount }]), id }
}

export const removeRow = (sound: PatchSound, index: number): PatchSound =>
  withMods(
    sound,
    sound.patch.mods.filter((_, at) => at !== index),
  )

/** Another source or target. The amount stays at its place on the knob where the target measures otherwise. */
export function aimRow(sound: PatchSound, index: number, aim: { from?: string; to?: string }): PatchSound {
  const { patch, values } = sound
  const old = patch.mods[index]!
  const next: PatchMod = { ...old, ...aim }
  const share = rowAmount(sound, old) / amountLimit(patch, old)
  const amount = next.to === old.to ? rowAmount(sound, old) : share * amountLimit(patch, next)
  const key = `${AMOUNT}.${next.id ?? ''}`
  const mods = patch.mods.map((mod, at) => (at === index ? { ...next, amount } : mod))
  return withMods({ patch, values: without(values, key) }, mods)
}

/** A row without an id gets one, so that from now on its amount is a parameter. */
export function setAmount({ patch, values }: PatchSound, index: number, amount: number): PatchSound & { id: string } {
  const id = patch.mods[index]!.id ?? freeId(patch)
  const mods = patch.mods.map((mod, at) => (at === index ? { id, ...mod } : mod))
  const next = patch.mods[index]!.id === undefined ? { ...patch, mods } : patch
  return { patch: next, values: { ...values, [`${AMOUNT}.${id}`]: amount }, id }
}

/** What a new unit of the type is called: `lfo`, then `lfo2` ... */
function freeName({ units }: Patch, type: string): string {
  const word = type.replace(/[^a-z]/g, '').slice(0, 12) || 'unit'
  if (!Object.hasOwn(units, word)) return word
  for (let number = 2; ; number++)
    if (!Object.hasOwn(units, `${word}${String(number)}`)) return `${word}${String(number)}`
}

/** A unit with its defaults, patched to nothing. */
export function addUnit({ patch, values }: PatchSound, type: string, name?: string): PatchSound & { name: string } {
  if (!unitSpec(type)) throw unknown(`There is no unit "${type}".`, 'type', type)
  const called = name ?? freeName(patch, type)
  if (Object.hasOwn(patch.units, called))
    throw new SoundloomError('invalid-argument', `The patch has a unit "${called}" already.`, {
      field: 'name',
      value: called,
      hint: 'Choose another name.',
    })
  return { patch: { ...patch, units: { ...patch.units, [called]: { type } } }, values, name: called }
}

export function unitAt({ units }: Patch, name: string): PatchUnit {
  if (Object.hasOwn(units, name)) return units[name]!
  throw unknown(`The patch has no unit "${name}".`, 'unit', name, `Units: ${Object.keys(units).join(', ')}.`)
}

const ofUnit = (name: string) => (place: string) => place === name || place.startsWith(`${name}.`)

/** The unit goes with all that led to it and from it. */
export function removeUnit({ patch, values }: PatchSound, name: string): PatchSound {
  unitAt(patch, name)
  const its = ofUnit(name)
  const outs = [patch.out, ...(patch.pads ?? []).map(({ out }) => out)]
  if (outs.some(({ left, right }) => its(left) || its(right)))
    throw new SoundloomError('invalid-argument', `The sound leaves the voice at "${name}".`, {
      field: 'unit',
      value: name,
      hint: 'Load a patch with another output first.',
    })
  const units = Object.entries(patch.units)
    .filter(([other]) => other !== name)
    .map(([other, unit]): [string, PatchUnit] => {
      if (!unit.in) return [other, unit]
      const inputs = Object.entries(unit.in).map(([id, from]) => [id, from.filter((source) => !its(source))] as const)
      return [other, { ...unit, in: Object.fromEntries(inputs) }]
    })
  const next: Patch = {
    ...patch,
    units: Object.fromEntries(units),
    mods: patch.mods.filter(({ from, to }) => !its(from) && !its(to)),
    groups: patch.groups.map((group) => ({ ...group, params: group.params.filter((param) => !its(param)) })),
  }
  return { patch: next, values: fitted(next, values) }
}

/** What is summed into an input of a unit. */
export function connect(
  { patch, values }: PatchSound,
  name: string,
  input: string,
  from: readonly string[],
): PatchSound {
  const unit = unitAt(patch, name)
  const units = { ...patch.units, [name]: { ...unit, in: { ...unit.in, [input]: from } } }
  return { patch: { ...patch, units }, values }
}

/** The patch as it plays, nothing set over it: what is exported, and what an editor shows. */
export function wholePatch({ patch, values }: PatchSound): Patch {
  const whole = <Owner extends Pick<PatchUnit, 'values'>>(name: string, owner: Owner): Owner => {
    const over = Object.entries(values).filter(([key]) => key.startsWith(`${name}.`))
    if (over.length === 0) return owner
    const set = Object.fromEntries(over.map(([key, value]) => [key.slice(name.length + 1), value]))
    return { ...owner, values: { ...owner.values, ...set } }
  }
  const units = Object.entries(patch.units).map(([name, unit]): [string, PatchUnit] => [name, whole(name, unit)])
  const mods = patch.mods.map((mod): PatchMod => {
    const spec = mod.id === undefined ? undefined : amountSpec(patch, mod.id)
    return spec ? { ...mod, amount: rowAmount({ values }, mod) } : mod
  })
  const pads = patch.pads && { pads: patch.pads.map((pad) => whole(pad.id, pad)) }
  return { ...patch, units: Object.fromEntries(units), mods, ...pads }
}
