// An instrument of a file as readings, before a patch is built of it (import worker).
import type { JsonNode } from '../json/node.ts'
import { LIMITS } from '../limits.ts'
import type { Section } from '../rules/rule.ts'
import { cleanText, sectionKey, snakeKey } from '../rules/keys.ts'
import { EFFECTS_BY_WORD, plainWord, SYNTHESIS, WAVES } from '../rules/words.ts'
import type { InstrumentContext } from './context.ts'
import { readSection, Slots } from './section.ts'

/** One oscillator section: its types and values, `osc.*` slots. */
export interface OscillatorReading {
  readonly slots: Slots
  readonly node: JsonNode
}

export interface EffectReading {
  /** Word of EFFECTS_BY_WORD's values: an effect id or `glitch`. */
  readonly type: string
  /** Slots are `fx1.mix`, `fx2.rate` ... by position in the chain. */
  readonly prefix: string
  readonly node: JsonNode
}

export interface SoundReading {
  readonly node: JsonNode
  readonly synthesis: string | null
  readonly oscillators: readonly OscillatorReading[]
  readonly slots: Slots
  readonly hasStrings: boolean
  readonly filter: JsonNode | null
  readonly envelope: JsonNode | null
  readonly effects: readonly EffectReading[]
}

/** Members that describe or organise; describe.ts reads them. */
const DESCRIBING = new Set([
  'metadata',
  'sound_characteristics',
  'topological_metadata',
  'name',
  'title',
  'tags',
  'description',
  'category',
  'role',
  'author',
  'version',
  'id',
  'comment',
  'ai_control',
  'probability',
])

const PLAIN_SECTIONS = {
  envelope: 'envelope',
  strings: 'strings',
  harmonics: 'harmonics',
  attack_noise: 'noise',
  pick: 'pick',
  vibrato: 'vibrato',
  body_resonance: 'body',
  voice: 'voice',
  voices: 'voice',
} as const

export function readSound(context: InstrumentContext, node: JsonNode): SoundReading {
  const slots = new Slots()
  const sound = {
    synthesis: null as string | null,
    oscillators: [] as OscillatorReading[],
    effects: [] as EffectReading[],
  }
  let hasStrings = false
  let filter: JsonNode | null = null
  let envelope: JsonNode | null = null
  for (const { key, node: value } of lastOfEach(context, node)) {
    const name = sectionKey(key)
    if (name === 'oscillator') sound.oscillators.push(...readOscillators(context, value))
    else if (name === 'fx') sound.effects.push(...readEffects(context, value, slots))
    else if (name === 'filter') filter = readFilter(context, value, slots) ?? filter
    else if (name === 'synthesis_type') sound.synthesis = readSynthesis(context, value)
    else if (Object.hasOwn(PLAIN_SECTIONS, name)) {
      hasStrings ||= name === 'strings'
      if (name === 'envelope' && value.kind === 'object') envelope = value
      if (value.kind === 'object')
        readPlainSection(context, PLAIN_SECTIONS[name as keyof typeof PLAIN_SECTIONS], value, slots)
      else if (name === 'voices' || name === 'voice')
        unusable(context, value, 'voices should be an object', 'wrong-type/voices')
      else unusable(context, value, `${name} should be an object: the role's defaults play`, `wrong-type/${name}`)
    } else if (!DESCRIBING.has(name)) {
      context.remark({
        kind: 'dropped',
        severity: 'note',
        cause: 'unknown-section',
        node: value,
        found: value.raw(),
        used: '',
        why: 'nothing here has this part yet',
      })
    }
  }
  return { ...sound, node, slots, hasStrings, filter, envelope }
}

/** A section, and what resounds within `harmonics`. */
function readPlainSection(context: InstrumentContext, section: Section, node: JsonNode, slots: Slots): void {
  const along = section === 'harmonics' ? node.get('sympathetic_resonance') : undefined
  readSection(context, section, node, slots, '', along?.kind === 'object' ? ['sympathetic_resonance'] : [])
  if (along?.kind === 'object') readSection(context, 'sympathetic', along, slots)
}

/** Members without repeated keys (the last counts, as in JSON.parse); repeats and prototype keys are remarked. */
function lastOfEach(context: InstrumentContext, node: JsonNode): { key: string; node: JsonNode }[] {
  const last = new Map<string, JsonNode>()
  for (const { key, node: value } of node.entries()) {
    const before = last.get(sectionKey(key))
    if (before) unusable(context, before, 'the same key stands here twice: the last one counts', 'duplicate-key')
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      unusable(context, value, 'a key that means something to JavaScript: kept as data, never used', 'prototype-key')
    } else last.set(sectionKey(key), value)
  }
  return [...last].map(([key, value]) => ({ key, node: value }))
}

function unusable(context: InstrumentContext, node: JsonNode, why: string, cause: string): void {
  context.remark({ kind: 'dropped', severity: 'warning', cause, node, found: node.raw(), used: '', why })
}

function readSynthesis(context: InstrumentContext, node: JsonNode): string | null {
  if (node.kind !== 'string') {
    unusable(context, node, 'the synthesis type should be a word', 'wrong-type/synthesis')
    return null
  }
  context.understood += 1
  const word = plainWord(node.string())
  return Object.hasOwn(SYNTHESIS, word) ? (SYNTHESIS[word] ?? null) : null
}

function readOscillators(context: InstrumentContext, node: JsonNode): OscillatorReading[] {
  const children = node.kind === 'object' || node.kind === 'array' ? node.entries() : []
  const nested = children.length > 0 && children.every((entry) => entry.node.kind === 'object')
  if (nested) {
    return children
      .slice(0, LIMITS.listEntries)
      .flatMap((entry) => readOscillators(context, entry.node))
      .slice(0, 8)
  }
  const slots = new Slots()
  if (node.kind === 'object') readSection(context, 'oscillator', node, slots)
  else if (
    node.kind === 'string' ||
    (node.kind === 'array' && children.some((entry) => entry.node.kind === 'string'))
  ) {
    const words =
      node.kind === 'string' ? [node] : children.map((entry) => entry.node).filter((entry) => entry.kind === 'string')
    readWaves(words, slots)
  } else unusable(context, node, "an oscillator should be an object: the role's sources play", 'wrong-type/oscillator')
  return [{ slots, node }]
}

function readWaves(nodes: readonly JsonNode[], slots: Slots): void {
  const first = nodes[0]
  if (!first) return
  const words = nodes.slice(0, 8).map((node) => {
    const word = plainWord(node.string())
    return Object.hasOwn(WAVES, word) ? (WAVES[word] ?? '') : `?${cleanText(node.string(), 40)}`
  })
  slots.words.set('osc.types', { words, found: { pointer: first.pointer(), text: first.raw() } })
}

function readFilter(context: InstrumentContext, node: JsonNode, slots: Slots): JsonNode | null {
  if (node.kind === 'array' && node.entries().length > 0) {
    const [first, ...others] = node.entries()
    for (const other of others) unusable(context, other.node, 'only one filter a sound is read', 'more-filters')
    return first ? readFilter(context, first.node, slots) : null
  }
  if (node.kind === 'object') {
    readSection(context, 'filter', node, slots)
    return node
  }
  unusable(context, node, 'a filter should be an object: the sound plays without one', 'wrong-type/filter')
  return null
}

function readEffects(context: InstrumentContext, node: JsonNode, slots: Slots): EffectReading[] {
  const children = node.kind === 'array' ? node.entries() : node.kind === 'object' ? namedEffects(node) : []
  if (node.kind !== 'array' && node.kind !== 'object')
    unusable(context, node, 'effects should be a list', 'wrong-type/effects')
  const effects: EffectReading[] = []
  for (const { key, node: value } of children) {
    const typeNode = value.kind === 'object' ? (value.get('type') ?? value.get('name') ?? value.get('effect')) : value
    const written = typeNode?.kind === 'string' ? typeNode.string() : node.kind === 'object' ? key : ''
    const word = plainWord(written)
    const type = Object.hasOwn(EFFECTS_BY_WORD, word) ? EFFECTS_BY_WORD[word] : undefined
    if (!type) {
      const why =
        written === '' ? 'the effect has no type' : `no effect is called "${cleanText(written, 40)}"; left out`
      unusable(context, value, why, 'unknown-effect')
      continue
    }
    if (effects.length === LIMITS.effectsPerPreset) {
      unusable(context, value, `only ${String(LIMITS.effectsPerPreset)} effects a sound are read`, 'more-effects')
      break
    }
    const prefix = `fx${String(effects.length + 1)}.`
    if (value.kind === 'object') {
      const section = type === 'pingpong' ? 'fx.delay' : (`fx.${type}` as const)
      readSection(context, section, value, slots, prefix, ['type', 'name', 'effect'])
    }
    effects.push({ type, prefix, node: value })
  }
  return effects
}

/** `{type: "delay", ...}` is one effect, `{delay: {...}, reverb: {...}}` are two. */
function namedEffects(node: JsonNode): { key: string; node: JsonNode }[] {
  const single = node.entries().some((entry) => snakeKey(entry.key) === 'type')
  return single ? [{ key: '', node }] : [...node.entries()]
}
