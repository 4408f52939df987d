// Strict check of patches and presets in our own format, against the engine's own description (any thread).
import { AMOUNT, amountSpec } from './amounts.ts'
import type { EffectSpec, ParamSpec, UnitSpec } from '../generated/specs.ts'
import { isAssetId } from './assets/record.ts'
import { LIMITS } from './limits.ts'
import { ROLES, type Patch } from './model.ts'
import { VOICE_SOURCES } from './sources.ts'
import { effectSpec, PAD_SPEC, paramSpec, unitSpec } from './spec.ts'
import { checkPads } from './validatePads.ts'

/** The data of a SoundloomError; `field` is a JSON pointer into what was checked. */
export interface Problem {
  readonly code: 'invalid-argument' | 'unknown-id' | 'limit-exceeded'
  readonly message: string
  readonly field: string
  readonly value?: unknown
  readonly hint: string
  /** The nearest value that would be right, where there is one. */
  readonly nearest?: number | string
}

type Dictionary = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const UNIT_NAME = /^[a-z][a-z0-9]{0,15}$/

/** Everything that is wrong with a patch; empty: the engine can compile it. */
export function validatePatch(patch: unknown, at = ''): Problem[] {
  if (!isObject(patch)) return [wrong(at, patch, 'A patch is an object.')]
  const problems: Problem[] = []
  if (patch['version'] !== 1) problems.push(wrong(`${at}/version`, patch['version'], 'This reads version 1.'))
  const units = patch['units']
  if (!isObject(units)) return [...problems, wrong(`${at}/units`, units, 'Give the units as an object: name -> unit.')]
  const names = Object.keys(units)
  const most = patch['pads'] === undefined ? LIMITS.unitsPerPatch : LIMITS.unitsPerKit
  if (names.length > most) {
    const message = `${String(names.length)} units; at most ${String(most)} fit in a patch`
    problems.push({
      code: 'limit-exceeded',
      message,
      field: `${at}/units`,
      value: names.length,
      hint: 'Use fewer units.',
    })
  }
  for (const name of names.slice(0, most)) problems.push(...checkUnit(units, name, `${at}/units/${name}`))
  problems.push(...checkMods(patch['mods'], units, patch['pads'], `${at}/mods`))
  const out = patch['out']
  for (const side of ['left', 'right'])
    problems.push(...checkSource(isObject(out) ? out[side] : undefined, units, `${at}/out/${side}`))
  problems.push(...checkVoices(patch['voices'], `${at}/voices`), ...checkGroups(patch['groups'], units, `${at}/groups`))
  const pads = checkPads(patch, `${at}/pads`, {
    isObject,
    wrong,
    source: (source, field) => checkSource(source, units, field),
    value: (param, value, field) => checkValue(PAD_SPEC, param, value, field, 'pad'),
    // Whose a unit is can be told where all else is right.
    whole: problems.length === 0,
  })
  return [...problems, ...pads]
}

/** Everything that is wrong with a preset whose patch is inline, or the id of a factory patch. */
export function validatePreset(preset: unknown): Problem[] {
  if (!isObject(preset)) return [wrong('', preset, 'A preset is an object.')]
  const problems: Problem[] = []
  if (preset['version'] !== 1) problems.push(wrong('/version', preset['version'], 'This reads version 1.'))
  if (typeof preset['name'] !== 'string' || preset['name'] === '')
    problems.push(wrong('/name', preset['name'], 'Give it a name.'))
  if (!ROLES.some((role) => role === preset['role']))
    problems.push(wrong('/role', preset['role'], `One of ${ROLES.join(', ')}.`))
  const patch = preset['patch']
  if (typeof patch !== 'string') problems.push(...validatePatch(patch, '/patch'))
  problems.push(...checkPatchValues(patch, preset['values'], '/values'))
  const effects = preset['effects']
  if (!Array.isArray(effects)) return [...problems, wrong('/effects', effects, 'Give a list, which may be empty.')]
  effects.forEach((effect: unknown, index) => problems.push(...checkEffect(effect, `/effects/${String(index)}`)))
  return problems
}

/** Values by `unit.param` and `amount.<id>`; nothing is said where the patch is not here. */
function checkPatchValues(patch: unknown, values: unknown, at: string): Problem[] {
  const units = isObject(patch) && isObject(patch['units']) ? patch['units'] : null
  if (!units) return []
  const pads = padIds(isObject(patch) ? patch['pads'] : undefined)
  return Object.entries(isObject(values) ? values : {}).flatMap(([key, value]) => {
    const [name = '', param = ''] = key.split('.')
    const unit = Object.hasOwn(units, name) ? units[name] : undefined
    if (name === AMOUNT && isObject(patch)) return checkAmount(patch, param, value, `${at}/${key}`)
    const isPad = unit === undefined && pads.includes(name)
    const spec = isPad ? PAD_SPEC : unitSpec(typeOf(unit))
    return checkValue(spec, param, value, `${at}/${key}`, `${isPad ? 'pad' : 'unit'} "${name}"`)
  })
}

const padIds = (pads: unknown): readonly unknown[] =>
  Array.isArray(pads) ? pads.map((pad: unknown) => (isObject(pad) ? pad['id'] : undefined)) : []

/** Modulations that are wrong have been said already. */
function checkAmount(patch: Dictionary, id: string, value: unknown, at: string): Problem[] {
  if (!isObject(patch['units']) || checkMods(patch['mods'], patch['units'], patch['pads'], '').length > 0) return []
  const spec = amountSpec(patch as unknown as Patch, id)
  return checkParam(spec, id, value, at, 'patch', [])
}

const typeOf = (unit: unknown): string => (isObject(unit) && typeof unit['type'] === 'string' ? unit['type'] : '')

function checkUnit(units: Dictionary, name: string, at: string): Problem[] {
  const unit = units[name]
  if (!UNIT_NAME.test(name) || name === 'voice' || name === AMOUNT)
    return [wrong(at, name, 'Unit names are a letter and up to 15 letters or figures; "voice" is taken.')]
  if (!isObject(unit)) return [wrong(at, unit, 'A unit is an object with a type.')]
  const spec = unitSpec(typeOf(unit))
  if (!spec)
    return [
      {
        code: 'unknown-id',
        message: `There is no unit "${typeOf(unit)}"`,
        field: `${at}/type`,
        value: unit['type'],
        hint: 'See the list of units.',
      },
    ]
  const problems: Problem[] = checkAsset(spec, unit['asset'], `${at}/asset`)
  for (const member of ['values', 'in'])
    if (unit[member] !== undefined && !isObject(unit[member]))
      problems.push(wrong(`${at}/${member}`, unit[member], 'Give an object.'))
  for (const [param, value] of Object.entries(isObject(unit['values']) ? unit['values'] : {})) {
    problems.push(...checkValue(spec, param, value, `${at}/values/${param}`, `unit "${name}"`))
  }
  for (const [input, sources] of Object.entries(isObject(unit['in']) ? unit['in'] : {})) {
    const field = `${at}/in/${input}`
    if (!spec.inputs.some((port) => port.id === input)) {
      problems.push({
        code: 'unknown-id',
        message: `${spec.label} has no input "${input}"`,
        field,
        hint: `Inputs: ${spec.inputs.map((port) => port.id).join(', ') || 'none'}.`,
      })
    }
    if (!Array.isArray(sources)) problems.push(wrong(field, sources, 'Give a list of unit names.'))
    else
      sources.forEach((source: unknown, index) =>
        problems.push(...checkSource(source, units, `${field}/${String(index)}`)),
      )
  }
  return problems
}

/** `"osc1"` or `"osc1.left"`. */
function checkSource(source: unknown, units: Dictionary, field: string): Problem[] {
  if (typeof source !== 'string')
    return [wrong(field, source, 'Name a unit, or one of its outputs such as "osc1.left".')]
  const [name = '', output] = source.split('.')
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (unit === undefined)
    return [
      {
        code: 'unknown-id',
        message: `There is no unit called "${name}"`,
        field,
        value: source,
        hint: 'Name a unit of this patch.',
      },
    ]
  const spec = unitSpec(typeOf(unit))
  if (output === undefined || !spec || spec.outputs.some((port) => port.id === output)) return []
  return [
    {
      code: 'unknown-id',
      message: `${spec.label} has no output "${output}"`,
      field,
      value: source,
      hint: `Outputs: ${spec.outputs.map((port) => port.id).join(', ')}.`,
    },
  ]
}

function checkMods(mods: unknown, units: Dictionary, pads: unknown, at: string): Problem[] {
  if (!Array.isArray(mods)) return [wrong(at, mods, 'Give a list, which may be empty.')]
  const pitches = [pads === undefined ? 'voice.pitch' : '', ...padIds(pads).map((id) => `${String(id)}.pitch`)]
  return mods.flatMap((mod: unknown, index) => {
    const field = `${at}/${String(index)}`
    if (!isObject(mod)) return [wrong(field, mod, 'A modulation is {from, to, amount}.')]
    const problems = VOICE_SOURCES.some((source) => source === mod['from'])
      ? []
      : checkSource(mod['from'], units, `${field}/from`)
    const to = typeof mod['to'] === 'string' ? mod['to'] : ''
    const [name = '', param = ''] = to.split('.')
    if (
      !pitches.includes(to) &&
      !paramSpec(unitSpec(typeOf(Object.hasOwn(units, name) ? units[name] : undefined)), param)
    ) {
      problems.push({
        code: 'unknown-id',
        message: `There is no parameter "${to}"`,
        field: `${field}/to`,
        value: mod['to'],
        hint: `Name unit.param, or ${pads === undefined ? 'voice.pitch' : 'pad.pitch'}.`,
      })
    }
    if (mod['id'] !== undefined && !(typeof mod['id'] === 'string' && /^[a-z][a-z0-9]{0,15}$/.test(mod['id'])))
      problems.push(wrong(`${field}/id`, mod['id'], 'Use a-z and 0-9, at most 16.'))
    if (!isFiniteNumber(mod['amount'])) problems.push(wrong(`${field}/amount`, mod['amount'], 'Give a number.'))
    return problems
  })
}

const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function checkVoices(voices: unknown, at: string): Problem[] {
  if (!isObject(voices)) return [wrong(at, voices, 'Give {max, mode, glideSeconds}.')]
  const problems: Problem[] = []
  const { max, mode, glideSeconds } = voices
  if (!isFiniteNumber(max) || max < 1 || max > 64 || max % 1 !== 0)
    problems.push(wrong(`${at}/max`, max, 'A whole number from 1 to 64.'))
  if (mode !== 'poly' && mode !== 'mono' && mode !== 'legato')
    problems.push(wrong(`${at}/mode`, mode, 'poly, mono or legato.'))
  if (!isFiniteNumber(glideSeconds) || glideSeconds < 0)
    problems.push(wrong(`${at}/glideSeconds`, glideSeconds, 'Seconds, 0 or more.'))
  return problems
}

function checkGroups(groups: unknown, units: Dictionary, at: string): Problem[] {
  if (!Array.isArray(groups)) return [wrong(at, groups, 'Give a list, which may be empty.')]
  return groups.flatMap((group: unknown, index) => {
    const field = `${at}/${String(index)}`
    const params = isObject(group) ? group['params'] : undefined
    if (!isObject(group) || typeof group['label'] !== 'string' || !Array.isArray(params))
      return [wrong(field, group, 'A group is {label, params}.')]
    return params.flatMap((param: unknown, place): Problem[] => {
      const [name = '', id = ''] = String(param).split('.')
      if (paramSpec(unitSpec(typeOf(Object.hasOwn(units, name) ? units[name] : undefined)), id)) return []
      return [
        {
          code: 'unknown-id',
          message: `There is no parameter "${String(param)}"`,
          field: `${field}/params/${String(place)}`,
          value: param,
          hint: 'Name unit.param.',
        },
      ]
    })
  })
}

function checkEffect(effect: unknown, at: string): Problem[] {
  if (!isObject(effect)) return [wrong(at, effect, 'An effect is a device.')]
  const spec = effectSpec(typeOf(effect))
  if (!spec)
    return [
      {
        code: 'unknown-id',
        message: `There is no effect "${typeOf(effect)}"`,
        field: `${at}/type`,
        value: effect['type'],
        hint: 'See the list of effects.',
      },
    ]
  const values = isObject(effect['values']) ? effect['values'] : {}
  const problems = Object.entries(values).flatMap(([param, value]) =>
    checkValue(spec, param, value, `${at}/values/${param}`, `effect "${spec.label}"`),
  )
  return [...problems, ...checkAsset(spec, effect['asset'], `${at}/asset`)]
}

/** Whether it is here is for the engine to say: its default plays until it is. */
function checkAsset(spec: UnitSpec | EffectSpec, asset: unknown, field: string): Problem[] {
  if (asset === undefined || (spec.asset !== 'none' && isAssetId(asset))) return []
  return [
    wrong(field, asset, spec.asset === 'none' ? `${spec.label} reads none.` : 'Use the id that importing it gave.'),
  ]
}

/** Everything that is wrong with a device: an effect and its values, or an instrument with its patch and theirs. */
export function validateDevice(device: unknown, at: string): Problem[] {
  if (!isObject(device) || device['kind'] !== 'instrument') return checkEffect(device, at)
  const patch = device['patch']
  return [...validatePatch(patch, `${at}/patch`), ...checkPatchValues(patch, device['values'], `${at}/values`)]
}

const checkValue = (
  spec: UnitSpec | EffectSpec | undefined,
  id: string,
  value: unknown,
  field: string,
  owner: string,
): Problem[] => checkParam(paramSpec(spec, id), id, value, field, owner, spec?.params ?? [])

function checkParam(
  param: ParamSpec | undefined,
  id: string,
  value: unknown,
  field: string,
  owner: string,
  known: readonly ParamSpec[],
): Problem[] {
  if (!param)
    return [
      {
        code: 'unknown-id',
        message: `The ${owner} has no parameter "${id}"`,
        field,
        value,
        hint: `Parameters: ${known.map((other) => other.id).join(', ') || 'none'}.`,
      },
    ]
  if (param.curve === 'option') {
    const options = param.options?.map((option) => option.id) ?? []
    return options.some((option) => option === value)
      ? []
      : [{ ...wrong(field, value, `One of ${options.join(', ')}.`), nearest: param.init }]
  }
  if (!isFiniteNumber(value)) return [{ ...wrong(field, value, 'Give a number.'), nearest: param.init }]
  if (value >= param.min && value <= param.max) return []
  const nearest = Math.min(param.max, Math.max(param.min, value))
  return [
    {
      ...wrong(field, value, `From ${String(param.min)} to ${String(param.max)}.`),
      message: `${param.label} ${String(value)} is out of range`,
      nearest,
    },
  ]
}

function wrong(field: string, value: unknown, hint: string): Problem {
  return { code: 'invalid-argument', message: `${field || 'The value'} is not usable`, field, value, hint }
}
