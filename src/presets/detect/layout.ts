// Which layout a preset file has, by content, and the instruments that it holds (import worker).
import type { JsonEntry, JsonNode } from '../json/node.ts'
import { cleanText, sectionKey, snakeKey } from '../rules/keys.ts'

export type LayoutId =
  | 'own'
  | 'instruments'
  | 'groups'
  | 'guitar-types'
  | 'category-config'
  | 'named-list'
  | 'name-map'
  | 'single'
  | 'sections'
  | 'guessed'

/** One instrument found in a file; `node` may be anything where a known layout promises an instrument. */
export interface Candidate {
  readonly name: string
  readonly node: JsonNode
  readonly layout: LayoutId
  /** Words around the instrument that may tell its role, such as a category. */
  readonly hints: readonly string[]
}

export interface Leftover {
  readonly node: JsonNode
  readonly cause: 'articulation' | 'library-parameter'
  readonly why: string
}

export interface Detection {
  readonly layouts: readonly LayoutId[]
  readonly candidates: Generator<Candidate>
  /** Parts of the file that belong to no instrument and have no effect yet. */
  readonly leftovers: readonly Leftover[]
  readonly sections: JsonNode | null
}

/** Member of `node` by canonical name, whatever its spelling. */
export function member(node: JsonNode, name: string): JsonNode | undefined {
  if (node.kind !== 'object') return undefined
  let found: JsonNode | undefined
  // A file's root may hold millions of members: only small objects keep their list.
  for (const entry of node.span < 20_000 ? node.entries() : node.children())
    if (sectionKey(entry.key) === name) found = entry.node
  return found
}

const isContainer = (node: JsonNode | undefined): node is JsonNode => node?.kind === 'object' || node?.kind === 'array'

/** Oscillator or strings plus an envelope: an instrument wherever it stands. */
export function looksLikeInstrument(node: JsonNode): boolean {
  if (node.kind !== 'object') return false
  let source = false
  let envelope = false
  for (const { key } of node.children()) {
    const name = sectionKey(key)
    source ||= name === 'oscillator' || name === 'strings'
    envelope ||= name === 'envelope'
    if (source && envelope) return true
  }
  return false
}

const OWN_FORMAT = 'soundloom.presets'
const isOwnPreset = (node: JsonNode): boolean =>
  node.kind === 'object' && member(node, 'patch') !== undefined && member(node, 'version')?.number() === 1

const ARTICULATIONS =
  'an articulation changes how a note of another sound is played; it is no sound of its own and is not used yet'
const GLOBALS = 'parameters of the whole library are not used yet'

/** Finds every instrument of a parsed file. Candidates are made one by one, so 100 000 of them cost no memory. */
export function detectLayout(root: JsonNode, fileName: string): Detection {
  const title = cleanText(fileName.replace(/\.[a-z0-9]{1,5}$/i, ''), 100) || 'Sound'
  const none = (function* (): Generator<Candidate> {})()
  if (root.kind === 'array') return detectList(root, title)
  if (root.kind !== 'object') return { layouts: [], candidates: none, leftovers: [], sections: null }
  if (member(root, 'format')?.string() === OWN_FORMAT) {
    const list = member(root, 'presets')
    return { layouts: ['own'], candidates: list ? named(list, 'own', []) : none, leftovers: [], sections: null }
  }
  if (isOwnPreset(root)) return { layouts: ['own'], candidates: one(root, 'own', title), leftovers: [], sections: null }

  const layouts: LayoutId[] = []
  const parts: Generator<Candidate>[] = []
  const leftovers: Leftover[] = []
  let sections: JsonNode | null = null
  const singles = looksLikeInstrument(root)
  for (const { key, node } of singles ? [] : root.children()) {
    const name = snakeKey(key)
    if (name === 'instruments' && isContainer(node)) {
      layouts.push('instruments')
      parts.push(named(node, 'instruments', []))
    } else if (
      (name === 'groups' || name === 'presets' || name === 'sounds' || name === 'patches') &&
      isContainer(node)
    ) {
      layouts.push('groups')
      parts.push(named(node, 'groups', []))
    } else if (name.endsWith('_types') && node.kind === 'object') {
      layouts.push('guitar-types')
      parts.push(nested(node, name.slice(0, -'_types'.length)))
    } else if (name === 'sections' && node.kind === 'array') {
      layouts.push('sections')
      sections = node
    } else if (name === 'articulations' && isContainer(node)) {
      for (const entry of (member(node, 'groups') ?? node).children())
        leftovers.push({ node: entry.node, cause: 'articulation', why: ARTICULATIONS })
    } else if (name === 'global_parameters' && node.kind === 'object') {
      for (const entry of node.children())
        leftovers.push({ node: entry.node, cause: 'library-parameter', why: GLOBALS })
    }
  }
  if (layouts.length > 0) return { layouts, candidates: chain(parts), leftovers, sections }
  if (singles) return { layouts: ['single'], candidates: one(root, 'single', title), leftovers, sections }
  const first = firstWhere(root, (entry) => looksLikeInstrument(entry.node))
  if (first) return { layouts: ['name-map'], candidates: instrumentsIn(root), leftovers, sections }
  return { layouts: ['guessed'], candidates: searched(root, title), leftovers, sections }
}

function detectList(root: JsonNode, title: string): Detection {
  const rest = { leftovers: [], sections: null }
  if (firstWhere(root, (entry) => isOwnPreset(entry.node)))
    return { layouts: ['own'], candidates: named(root, 'own', []), ...rest }
  if (firstWhere(root, (entry) => member(entry.node, 'config') !== undefined)) {
    return { layouts: ['category-config'], candidates: named(root, 'category-config', []), ...rest }
  }
  if (firstWhere(root, (entry) => looksLikeInstrument(entry.node))) {
    return { layouts: ['named-list'], candidates: named(root, 'named-list', []), ...rest }
  }
  return { layouts: ['guessed'], candidates: searched(root, title), ...rest }
}

/** The first of the leading children that fits; a file that starts with 200 others is searched as a guess. */
function firstWhere(node: JsonNode, test: (entry: JsonEntry) => boolean): boolean {
  let seen = 0
  for (const entry of node.children()) {
    if (test(entry)) return true
    if (++seen === 200) return false
  }
  return false
}

function* chain(parts: readonly Generator<Candidate>[]): Generator<Candidate> {
  for (const part of parts) yield* part
}

function* one(node: JsonNode, layout: LayoutId, name: string): Generator<Candidate> {
  yield { name: nameOf(node) || name, node, layout, hints: [] }
}

const nameOf = (node: JsonNode): string => cleanText((member(node, 'name') ?? member(node, 'title'))?.string() ?? '')

/** Every child of a map or list, unwrapping `{category, config}`. */
function* named(list: JsonNode, layout: LayoutId, hints: readonly string[]): Generator<Candidate> {
  let number = 0
  for (const { key, node } of list.children()) {
    number += 1
    const category = cleanText((member(node, 'category') ?? member(node, 'role'))?.string() ?? '')
    const config = member(node, 'config')
    const name = nameOf(node) || (config ? nameOf(config) : '') || (list.kind === 'object' ? cleanText(key) : '')
    yield {
      name: name || `${category || 'Sound'} ${String(number)}`,
      node: config?.kind === 'object' ? config : node,
      layout: config ? 'category-config' : layout,
      hints: category ? [category, ...hints] : hints,
    }
  }
}

/** `guitar_types.*.groups.*`. */
function* nested(types: JsonNode, family: string): Generator<Candidate> {
  for (const { key, node } of types.children()) {
    const groups = member(node, 'groups') ?? member(node, 'instruments')
    if (isContainer(groups)) yield* named(groups, 'guitar-types', [cleanText(key), family])
  }
}

function* instrumentsIn(root: JsonNode): Generator<Candidate> {
  for (const { key, node } of root.children()) {
    if (looksLikeInstrument(node))
      yield { name: nameOf(node) || cleanText(key) || 'Sound', node, layout: 'name-map', hints: [] }
  }
}

/** Depth-first over the whole file; depth is bounded by the parser. */
function* searched(node: JsonNode, title: string): Generator<Candidate> {
  if (looksLikeInstrument(node)) {
    const key = typeof node.key === 'string' ? cleanText(node.key) : ''
    yield { name: nameOf(node) || key || title, node, layout: 'guessed', hints: [] }
    return
  }
  for (const entry of node.children()) yield* searched(entry.node, title)
}
