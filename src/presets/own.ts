// Our own preset files: strict export, and import that corrects values and reports each correction (any thread).
import type { Candidate } from './detect/layout.ts'
import type { JsonNode } from './json/node.ts'
import { valueOf, type JsonObject, type JsonValue } from './json/value.ts'
import { ROLES, type Device, type Patch, type Preset } from './model.ts'
import type { Lines } from './normalise/lines.ts'
import { cleanText } from './rules/keys.ts'
import { SoundloomError } from '../params/error.ts'
import { validatePreset, type Problem } from './validate.ts'

export const OWN_FORMAT = 'soundloom.presets'

/** The text of a preset file. Patches must be inline. Throws `invalid-argument` on the first preset that is not right. */
export function exportPresets(presets: readonly Preset[]): string {
  for (const preset of presets) {
    const [problem] = validatePreset(preset)
    if (problem) throw new SoundloomError(problem.code, `${preset.name}: ${problem.message}`, { ...problem })
  }
  return `${JSON.stringify({ format: OWN_FORMAT, version: 1, presets }, null, 2)}\n`
}

/** What makes two presets the same sound: everything but identity and provenance. Keys sorted. */
export function contentOf(preset: Preset): string {
  const { id: _id, source: _source, ...content } = preset
  return JSON.stringify(sorted(content as unknown as JsonValue))
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  )
}

/** A preset of our own format, corrected where values are out of range; null: refused, and the report says why. */
export function readOwnPreset(candidate: Candidate, fileName: string, lines: Lines): Preset | null {
  const { node, name } = candidate
  const data = valueOf(node)
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return refuse(lines, name, node, 'a preset is an object')
  data['name'] = name
  for (const problem of validatePreset(data)) if (!correct(data, problem, node, name, lines)) return null
  const text = (key: string, limit: number): string => cleanText(typeof data[key] === 'string' ? data[key] : '', limit)
  const list = (key: string): readonly JsonValue[] => (Array.isArray(data[key]) ? data[key] : [])
  const ranges = data['ranges']
  const approximated = list('approximated').map((reason) => cleanText(String(reason)))
  return {
    version: 1,
    id: '',
    name,
    role: ROLES.find((role) => role === data['role']) ?? 'KEYS',
    tags: list('tags')
      .slice(0, 16)
      .map((tag) => cleanText(String(tag), 40)),
    description: text('description', 1000),
    patch: data['patch'] as unknown as Patch,
    values: (data['values'] ?? {}) as Preset['values'],
    effects: list('effects').map((effect, index) => deviceOf(effect as JsonObject, index)),
    ...(typeof ranges === 'object' && ranges !== null
      ? { ranges: ranges as unknown as Record<string, [number, number]> }
      : {}),
    ...(approximated.length > 0 ? { approximated } : {}),
    source: { kind: 'import', files: [fileName], pointer: node.pointer() },
  }
}

const deviceOf = (effect: JsonObject, index: number): Device => ({
  id: typeof effect['id'] === 'string' ? effect['id'].slice(0, 40) : `fx${String(index + 1)}`,
  kind: 'effect',
  type: String(effect['type']),
  values: (effect['values'] ?? {}) as Device['values'],
  bypass: effect['bypass'] === true,
  ...(typeof effect['asset'] === 'string' ? { asset: effect['asset'] } : {}),
})

/** Puts the nearest right value, or drops an unknown one; false: the preset cannot be used. */
function correct(data: JsonObject, problem: Problem, node: JsonNode, name: string, lines: Lines): boolean {
  const steps = problem.field.split('/').slice(1)
  const last = steps.pop() ?? ''
  let holder: JsonValue = data
  let place: JsonNode | undefined = node
  for (const step of steps) {
    holder = Array.isArray(holder)
      ? (holder[Number(step)] ?? null)
      : typeof holder === 'object' && holder !== null
        ? (holder[step] ?? null)
        : null
    place = place?.get(step)
  }
  const at = place?.get(last) ?? place ?? node
  const optional = steps.at(-1) === 'values' || last === 'asset'
  if (!optional || typeof holder !== 'object' || holder === null || Array.isArray(holder)) {
    refuse(lines, name, at, `${problem.message}. ${problem.hint}`)
    return false
  }
  if (problem.nearest === undefined) delete holder[last]
  else holder[last] = problem.nearest
  lines.add({
    kind: problem.nearest === undefined ? 'dropped' : 'changed',
    severity: 'warning',
    cause: `own/${problem.code}`,
    preset: name,
    node: at,
    found: at.raw(),
    used: problem.nearest === undefined ? '' : String(problem.nearest),
    why: `${problem.message}. ${problem.hint}`,
  })
  return true
}

function refuse(lines: Lines, name: string, node: JsonNode, why: string): null {
  lines.add({
    kind: 'refused',
    severity: 'error',
    cause: 'own/refused',
    preset: name,
    node,
    found: node.raw(),
    used: '',
    why,
  })
  return null
}
