// Whether a patch can play: its shape, every unit and field of it, and the compiler's own rules (main thread; fetched when it is first needed).
import { compileProgram, type ProgramInput } from '../compile/program.ts'
import { asSoundloomError, SoundloomError } from '../params/error.ts'
import type { Patch, PatchMod, PatchPad, PatchUnit } from '../presets/model.ts'
import { validatePatch, type Problem } from '../presets/validate.ts'

/** What a refusal says; `field` is a JSON pointer into the patch. */
export type Refusal = Omit<Problem, 'code'> & { readonly code: SoundloomError['code'] }

type Dictionary = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const MEMBERS = {
  patch: ['version', 'units', 'mods', 'out', 'voices', 'groups', 'pads'],
  unit: ['type', 'values', 'in', 'harmonics', 'asset'],
  modulation: ['id', 'from', 'to', 'amount'],
  pad: ['id', 'name', 'low', 'high', 'key', 'out', 'values', 'choke', 'oneShot', 'voices'],
} as const

/** A typing error in a member's name would be lost without a word. */
function strangers(value: unknown, what: keyof typeof MEMBERS, at: string): Problem[] {
  if (!isObject(value)) return []
  const known: readonly string[] = MEMBERS[what]
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      code: 'unknown-id',
      message: `A ${what} has no member "${key}"`,
      field: `${at}/${key}`,
      value: value[key],
      hint: `Members: ${known.join(', ')}.`,
    }))
}

function everyStranger(patch: unknown): Problem[] {
  if (!isObject(patch)) return []
  if (patch['units'] === undefined && (patch['patch'] !== undefined || patch['presets'] !== undefined))
    return [
      {
        code: 'invalid-argument',
        message: 'This is a preset, not a patch',
        field: patch['patch'] === undefined ? '/presets' : '/patch',
        hint: 'Import it as a sound, or give what stands under its "patch".',
      },
    ]
  const { units, mods, pads } = patch
  return [
    ...strangers(patch, 'patch', ''),
    ...Object.entries(isObject(units) ? units : {}).flatMap(([name, unit]) =>
      strangers(unit, 'unit', `/units/${name}`),
    ),
    ...(Array.isArray(mods) ? mods : []).flatMap((mod: unknown, at) =>
      strangers(mod, 'modulation', `/mods/${String(at)}`),
    ),
    ...(Array.isArray(pads) ? pads : []).flatMap((pad: unknown, at) => strangers(pad, 'pad', `/pads/${String(at)}`)),
    ...Object.entries(isObject(units) ? units : {}).flatMap(([name, unit]) => badHarmonics(unit, name)),
  ]
}

const badHarmonics = (unit: unknown, name: string): Problem[] =>
  isObject(unit) && unit['harmonics'] !== undefined && !isHarmonics(unit['harmonics'])
    ? [
        {
          code: 'invalid-argument',
          message: 'Harmonics are not usable',
          field: `/units/${name}/harmonics`,
          value: unit['harmonics'],
          hint: 'Give a list of amplitudes, or of [harmonic, amplitude].',
        },
      ]
    : []

const isHarmonics = (list: unknown): boolean =>
  Array.isArray(list) &&
  list.every(
    (entry: unknown) =>
      typeof entry === 'number' ||
      (Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'number')),
  )

/** The unit that a pointer leads to, for whoever reads the message alone. */
function owner(field: string): string {
  const [, list, name] = field.split('/')
  if (list === 'units' && name !== undefined) return `Unit "${name}"`
  if (list === 'mods' && name !== undefined) return `Modulation ${String(Number(name) + 1)}`
  if (list === 'pads' && name !== undefined) return `Pad ${String(Number(name) + 1)}`
  return 'The patch'
}

const told = (refusal: Refusal): Refusal => ({
  ...refusal,
  message: `${owner(refusal.field)}: ${refusal.message}${refusal.message.includes(refusal.field) ? '' : ` (${refusal.field})`}.`,
})

/** Everything that is wrong with it as a patch; what only the compiler finds comes alone. None: it plays. */
export function patchRefusals(patch: unknown, program: Omit<ProgramInput, 'patch'>, sampleRate: number): Refusal[] {
  const problems = [...everyStranger(patch), ...validatePatch(patch)]
  if (problems.length > 0) return problems.map(told)
  try {
    compileProgram({ ...program, patch: wellFormed(patch as Patch) }, sampleRate)
    return []
  } catch (thrown) {
    const { code, message, field = '', value, hint } = asSoundloomError(thrown)
    return [told({ code, message, field: field.replace(/^\/patch/, ''), value, hint })]
  }
}

/** The same patch with the members that patches have, in their order; throws the first refusal. */
export function checkedPatch(patch: unknown, program: Omit<ProgramInput, 'patch'>, sampleRate: number): Patch {
  const [first, ...more] = patchRefusals(patch, program, sampleRate)
  if (!first) return wellFormed(patch as Patch)
  const { code, message, field, value, hint } = first
  const rest = more.length > 0 ? ` And ${String(more.length)} more.` : ''
  throw new SoundloomError(code, `${message}${rest}`, { field, value, hint })
}

const known = <Part extends object>(part: Part, members: readonly string[]): Part =>
  Object.fromEntries(
    Object.entries(part).filter(([key, value]) => members.includes(key) && value !== undefined),
  ) as Part

function wellFormed({ version, units, mods, out, voices, groups, pads }: Patch): Patch {
  const { max, mode, glideSeconds } = voices
  return {
    version,
    units: Object.fromEntries(
      Object.entries(units).map(([name, unit]) => {
        const { values, in: inputs } = unit
        const plain: PatchUnit = {
          ...known(unit, MEMBERS.unit),
          ...(values && { values: { ...values } }),
          ...(inputs && { in: { ...inputs } }),
        }
        return [name, plain]
      }),
    ),
    mods: mods.map((mod): PatchMod => known(mod, MEMBERS.modulation)),
    out: { left: out.left, right: out.right },
    voices: { max, mode, glideSeconds },
    groups: groups.map(({ label, params }) => ({ label, params: [...params] })),
    ...(pads && {
      pads: pads.map((pad): PatchPad => ({
        ...known(pad, MEMBERS.pad),
        out: { left: pad.out.left, right: pad.out.right },
        ...(pad.values && { values: { ...pad.values } }),
      })),
    }),
  }
}
