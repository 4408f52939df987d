// One instrument of a file -> one preset and its report lines (import worker). Total: any object gives a preset.
import { buildEffects } from '../build/effects.ts'
import { buildPatch } from '../build/patch.ts'
import type { Candidate } from '../detect/layout.ts'
import type { Preset } from '../model.ts'
import { findRole } from '../roles.ts'
import { paramOfKey } from '../paramOfKey.ts'
import { member } from '../detect/layout.ts'
import type { Clamped } from '../build/draft.ts'
import type { JsonNode } from '../json/node.ts'
import { InstrumentContext } from './context.ts'
import { descriptionOf, hintsOf, tagsOf } from './describe.ts'
import { figure } from './text.ts'
import type { Lines } from './lines.ts'
import { readSound } from './sound.ts'

/** Normalises `candidate` under the id `presetId`; `understood` counts the values that were read. */
export function normaliseInstrument(
  candidate: Candidate,
  presetId: string,
  fileName: string,
  lines: Lines,
): { readonly preset: Preset; readonly understood: number } {
  const { name, node } = candidate
  const hasStrings = member(node, 'strings') !== undefined
  const { role, told } = findRole(name, [...candidate.hints, ...hintsOf(node)], hasStrings)
  const context = new InstrumentContext(presetId, name, role)
  if (told === null) {
    context.remark({
      kind: 'guessed',
      severity: 'note',
      cause: 'role',
      node,
      found: name,
      used: role,
      why: 'neither the name nor the tags tell the role',
    })
  }
  const sound = readSound(context, node)
  const { patch, draft } = buildPatch(context, sound)
  const chain = buildEffects(context, sound)
  remarkClamped(context, node, [...draft.clamped, ...chain.clamped])
  for (const reason of context.approximated) {
    const place = context.places.get(reason) ?? node
    context.remark({
      kind: 'approximated',
      severity: 'warning',
      cause: `approximated/${reason.replace(/"[^"]*"/g, '...')}`,
      node: place,
      found: place === node ? name : place.raw(),
      used: reason,
      why: 'what it names does not come with the file',
    })
  }
  const found = { ...draft.found, ...chain.found }
  context.report(lines, (slot) => {
    const effect = /^fx([0-9]+)\.(.+)$/.exec(slot)
    const shifted = effect ? `fx${String(Number(effect[1]) + chain.shift)}.${effect[2] ?? ''}` : undefined
    const literal = shifted ?? (slot.startsWith('=') ? slot.slice(1) : undefined)
    const target = literal === undefined ? draft.aliases.get(slot) : { key: literal, factor: 1 }
    const param = target && paramOfKey(patch, chain.devices, target.key)
    return target && param ? { ...target, param } : undefined
  })
  const ranges = { ...draft.ranges, ...chain.ranges }
  const tags = tagsOf(node)
  const preset: Preset = {
    version: 1,
    id: presetId,
    name,
    role,
    tags: [...new Set([...tags, ...candidate.hints.map((hint) => hint.toLowerCase())])].slice(0, 16),
    description: descriptionOf(node),
    patch,
    values: {},
    effects: chain.devices,
    ...(Object.keys(ranges).length > 0 ? { ranges } : {}),
    ...(context.approximated.length > 0 ? { approximated: context.approximated } : {}),
    source: { kind: 'import', files: [fileName], pointer: node.pointer(), found },
  }
  return { preset, understood: context.understood }
}

/** Values that the engine's own ranges changed. */
function remarkClamped(context: InstrumentContext, root: JsonNode, clamped: readonly Clamped[]): void {
  for (const { key, from, to, spec, pointer } of clamped) {
    const node = pointer === '' ? root : (nodeAt(root, pointer) ?? root)
    context.remark({
      kind: 'changed',
      severity: 'warning',
      cause: `range-of/${spec.id}`,
      node,
      found: pointer === '' ? figure(from) : node.raw(),
      used: `${figure(to)}`,
      why: `${spec.label} goes from ${figure(spec.min)} to ${figure(spec.max)}`,
      slot: `=${key}`,
    })
  }
}

function nodeAt(root: JsonNode, pointer: string): JsonNode | undefined {
  for (const { node } of root.entries()) {
    const own = node.pointer()
    if (own === pointer) return node
    if (pointer.startsWith(`${own}/`)) return nodeAt(node, pointer)
  }
  return undefined
}
