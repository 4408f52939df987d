// Reads and checks a patch: units, what feeds them, what modulates them; leaves out what nothing hears (any thread).
import type { UnitSpec } from '../generated/specs.ts'
import { UNITS } from '../generated/units.ts'
import { constants, enums } from '../generated/wire.ts'
import { SoundloomError } from '../params/error.ts'
import { AMOUNT, amountLimit, amountSpec } from '../presets/amounts.ts'
import type { Patch, PatchMod, PatchUnit, PlainValue } from '../presets/model.ts'
import { harmonicAmplitudes } from './harmonics.ts'
import { checkedAsset, engineValue } from './values.ts'

/** One output of one unit. */
export interface OutputRef {
  readonly unit: string
  readonly output: number
}

export interface ModSource {
  readonly kind: keyof typeof enums.sourceKind
  /** With kind `wire`. */
  readonly from: OutputRef | null
  readonly amount: number
  /** An amount that can be turned: its id and how far it goes. */
  readonly knob: { readonly id: string; readonly limit: number } | null
}

export interface GraphUnit {
  readonly name: string
  readonly spec: UnitSpec
  readonly values: readonly number[]
  /** Per input of the spec: what is summed into it, in this order. */
  readonly inputs: readonly (readonly OutputRef[])[]
  /** Parameter index -> sources, by parameter index. */
  readonly mods: ReadonlyMap<number, readonly ModSource[]>
  readonly harmonics: Float32Array | null
  readonly asset: string | null
}

export interface Graph {
  /** Only units that are heard, by name. */
  readonly units: ReadonlyMap<string, GraphUnit>
  readonly pitch: readonly ModSource[]
  readonly left: OutputRef
  readonly right: OutputRef
}

const specs = new Map(UNITS.map((spec) => [spec.id, spec]))
const NAME = /^[a-z][a-z0-9]{0,15}$/
const BUILT_IN = new Set(Object.keys(enums.sourceKind).filter((kind) => kind !== 'wire'))
/** These came when units could already have their names: in such a patch the unit is meant. */
const NOT_RESERVED = new Set(['timbre', 'lift'])

const bad = (message: string, field: string, value: unknown, hint: string): SoundloomError =>
  new SoundloomError('invalid-argument', message, { field, value, hint })

/** Throws as `compileProgram` says. `overrides`: `unit.param` -> value, over the units' own. */
export function readPatch(patch: Patch, overrides: Readonly<Record<string, PlainValue>>): Graph {
  const names = Object.keys(patch.units).sort()
  if (names.length > constants.maxUnits) {
    throw new SoundloomError('limit-exceeded', `A patch holds at most ${constants.maxUnits} units`, {
      field: '/patch/units',
      value: names.length,
    })
  }
  checkVoices(patch)
  const specOf = new Map<string, UnitSpec>()
  for (const name of names) {
    if (!NAME.test(name) || name === 'voice' || name === AMOUNT || (BUILT_IN.has(name) && !NOT_RESERVED.has(name))) {
      throw bad(
        `A unit cannot be named "${name}"`,
        `/patch/units/${name}`,
        name,
        'Use a-z and 0-9, at most 16, not a reserved word.',
      )
    }
    const type = patch.units[name]!.type
    const spec = specs.get(type)
    if (!spec) {
      throw new SoundloomError('unknown-id', `There is no unit "${type}"`, {
        field: `/patch/units/${name}/type`,
        value: type,
        hint: `Known units: ${[...specs.keys()].join(', ')}.`,
      })
    }
    specOf.set(name, spec)
  }
  checkKeys(overrides, specOf, patch)
  const output = (text: string, field: string): OutputRef => {
    const [unit = '', port] = text.split('.', 2)
    const spec = specOf.get(unit)
    if (!spec) throw bad(`There is no unit "${unit}"`, field, text, `Known units: ${names.join(', ')}.`)
    const index = port === undefined ? 0 : spec.outputs.findIndex(({ id }) => id === port)
    if (index < 0 || index >= spec.outputs.length) {
      throw bad(
        `"${unit}" has no output "${port ?? ''}"`,
        field,
        text,
        `Its outputs: ${spec.outputs.map(({ id }) => id).join(', ')}.`,
      )
    }
    return { unit, output: index }
  }
  const { pitch, byUnit } = readMods(patch, overrides, specOf, output)
  const units = new Map<string, GraphUnit>()
  for (const name of names)
    units.set(name, readUnit(name, patch.units[name]!, specOf.get(name)!, overrides, output, byUnit.get(name)))
  const graph = {
    units,
    pitch,
    left: output(patch.out.left, '/patch/out/left'),
    right: output(patch.out.right, '/patch/out/right'),
  }
  return { ...graph, units: heard(graph) }
}

function checkVoices({ voices: { max, mode, glideSeconds } }: Patch): void {
  if (!Number.isInteger(max) || max < 1 || max > constants.maxVoices) {
    throw bad('The number of voices is out of range', '/patch/voices/max', max, `Use 1 to ${constants.maxVoices}.`)
  }
  if (!(mode in enums.voiceMode))
    throw bad(`There is no voice mode "${mode}"`, '/patch/voices/mode', mode, 'Use poly, mono or legato.')
  if (!(glideSeconds >= 0 && glideSeconds <= 60)) {
    throw bad('The glide time is out of range', '/patch/voices/glideSeconds', glideSeconds, 'Use 0 to 60 seconds.')
  }
}

function checkKeys(
  overrides: Readonly<Record<string, PlainValue>>,
  specOf: ReadonlyMap<string, UnitSpec>,
  patch: Patch,
): void {
  for (const key of Object.keys(overrides)) {
    const [unit = '', param = ''] = key.split('.', 2)
    if (/^fx[1-9]\d*$/.test(unit)) continue
    if (specOf.get(unit)?.params.some(({ id }) => id === param)) continue
    if (unit === AMOUNT && amountSpec(patch, param)) continue
    throw new SoundloomError('unknown-id', `The patch has no parameter "${key}"`, {
      field: `/values/${key}`,
      value: overrides[key],
    })
  }
}

function readUnit(
  name: string,
  unit: PatchUnit,
  spec: UnitSpec,
  overrides: Readonly<Record<string, PlainValue>>,
  output: (text: string, field: string) => OutputRef,
  mods: ReadonlyMap<number, readonly ModSource[]> | undefined,
): GraphUnit {
  const field = `/patch/units/${name}`
  const own = unit.values ?? {}
  for (const id of Object.keys(own)) {
    if (spec.params.some((param) => param.id === id)) continue
    throw new SoundloomError('unknown-id', `"${spec.id}" has no parameter "${id}"`, {
      field: `${field}/values/${id}`,
      value: own[id],
      hint: `Known parameters: ${spec.params.map((param) => param.id).join(', ')}.`,
    })
  }
  const patched = unit.in ?? {}
  for (const id of Object.keys(patched)) {
    if (spec.inputs.some((port) => port.id === id)) continue
    throw bad(
      `"${spec.id}" has no input "${id}"`,
      `${field}/in/${id}`,
      id,
      `Its inputs: ${spec.inputs.map((port) => port.id).join(', ')}.`,
    )
  }
  return {
    name,
    spec,
    values: spec.params.map((param) =>
      engineValue(
        param,
        overrides[`${name}.${param.id}`] ?? own[param.id] ?? param.init,
        `${field}/values/${param.id}`,
      ),
    ),
    inputs: spec.inputs.map((port) =>
      (patched[port.id] ?? []).map((text, i) => output(text, `${field}/in/${port.id}/${i}`)),
    ),
    mods: mods ?? new Map(),
    asset: checkedAsset(unit.asset, spec, `${field}/asset`),
    harmonics: spec.table ? harmonicAmplitudes(unit.harmonics ?? [1], `${field}/harmonics`) : null,
  }
}

function readMods(
  patch: Patch,
  overrides: Readonly<Record<string, PlainValue>>,
  specOf: ReadonlyMap<string, UnitSpec>,
  output: (text: string, field: string) => OutputRef,
) {
  const pitch: ModSource[] = []
  const byUnit = new Map<string, Map<number, ModSource[]>>()
  const ids = new Set<string>()
  patch.mods.forEach((mod, index) => {
    const { from, to, amount } = mod
    const field = `/patch/mods/${index}`
    if (!Number.isFinite(amount) || Math.abs(amount) > 1e6) {
      throw bad(
        'A modulation amount must be a finite number',
        `${field}/amount`,
        amount,
        'Use octaves for a log parameter, else its own unit.',
      )
    }
    const knob = readKnob(patch, mod, overrides, ids, field)
    const turned = { amount: knob?.amount ?? amount, knob: knob && { id: knob.id, limit: knob.limit } }
    const source: ModSource =
      BUILT_IN.has(from) && !specOf.has(from)
        ? { kind: from as ModSource['kind'], from: null, ...turned }
        : { kind: 'wire', from: output(from, `${field}/from`), ...turned }
    if (to === 'voice.pitch') return void pitch.push(source)
    const [unit = '', id = ''] = to.split('.', 2)
    const param = specOf.get(unit)?.params.find((entry) => entry.id === id)
    if (!param) throw bad(`There is no parameter "${to}"`, `${field}/to`, to, 'Name it unit.param, or voice.pitch.')
    if (param.curve === 'option' || param.curve === 'toggle') {
      throw bad(`"${to}" cannot be modulated`, `${field}/to`, to, 'Only values on a scale can.')
    }
    const rows = byUnit.get(unit) ?? new Map<number, ModSource[]>()
    byUnit.set(unit, rows)
    rows.set(param.index, [...(rows.get(param.index) ?? []), source])
  })
  return { pitch, byUnit }
}

/** The amount of a modulation that has an id, as it stands. */
function readKnob(
  patch: Patch,
  mod: PatchMod,
  overrides: Readonly<Record<string, PlainValue>>,
  ids: Set<string>,
  field: string,
): { id: string; limit: number; amount: number } | null {
  const { id } = mod
  if (id === undefined) return null
  if (!NAME.test(id) || ids.has(id))
    throw bad(
      `A modulation cannot have the id "${id}"`,
      `${field}/id`,
      id,
      'Use a-z and 0-9, at most 16, each id once.',
    )
  ids.add(id)
  const spec = amountSpec(patch, id)!
  const own = Math.min(spec.max, Math.max(spec.min, mod.amount))
  return {
    id,
    limit: amountLimit(patch, mod),
    amount: engineValue(spec, overrides[`${AMOUNT}.${id}`] ?? own, `${field}/amount`),
  }
}

/** The units that reach an output of the voice, through audio or modulation. */
function heard({ units, pitch, left, right }: Graph): Map<string, GraphUnit> {
  const live = new Set<string>()
  const open = [left.unit, right.unit, ...pitch.flatMap(({ from }) => (from ? [from.unit] : []))]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (live.has(name)) continue
    live.add(name)
    open.push(...sourcesOf(units.get(name)!))
  }
  return new Map([...units].filter(([name]) => live.has(name)))
}

/** Names of the units that must run before this one. */
export function sourcesOf(unit: GraphUnit): string[] {
  const mods = [...unit.mods.values()].flat().flatMap(({ from }) => (from ? [from.unit] : []))
  return [...unit.inputs.flat().map((ref) => ref.unit), ...mods]
}
