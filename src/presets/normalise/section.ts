// Reads one section of an instrument by the table of rules; what no rule knows is remarked (import worker).
import type { JsonNode } from '../json/node.ts'
import { LIMITS } from '../limits.ts'
import type { Rule, Section } from '../rules/rule.ts'
import { cleanText, snakeKey, splitSuffix } from '../rules/keys.ts'
import { RULES } from '../rules/table.ts'
import { plainWord } from '../rules/words.ts'
import type { InstrumentContext, Reading, WordReading } from './context.ts'
import { readScalar } from './scalar.ts'

export interface ListReading {
  readonly values: readonly number[]
  readonly found: Reading['found']
}

/** Readings by slot. */
export class Slots {
  readonly scalars = new Map<string, Reading>()
  readonly lists = new Map<string, ListReading>()
  readonly words = new Map<string, WordReading>()

  value(slot: string): number | undefined {
    return this.scalars.get(slot)?.value
  }

  word(slot: string): string | undefined {
    return this.words.get(slot)?.words[0]
  }
}

const INDEX = new Map<string, Rule>()
for (const rule of RULES) for (const key of rule.keys) INDEX.set(`${rule.section} ${key}`, rule)

/** The rule for a key: the effect's own before the one for all effects, the whole key before the one without its unit. */
export function ruleFor(section: Section, key: string): { rule: Rule; suffix: string | null } | undefined {
  const whole = snakeKey(key)
  const cut = splitSuffix(whole)
  const sections = section.startsWith('fx.') ? [section, 'fx.*'] : [section]
  for (const name of sections) {
    const exact = INDEX.get(`${name} ${whole}`)
    if (exact) return { rule: exact, suffix: null }
    const bare = cut.unit === null ? undefined : INDEX.get(`${name} ${cut.key}`)
    if (bare) return { rule: bare, suffix: cut.unit }
  }
  return undefined
}

/** Keys that say something about the file, not about the sound. */
const SILENT_KEYS = new Set(['ai_control', 'metadata', 'comment', 'comments', 'id', 'name', 'enabled_by_default'])

/**
 * Reads every member of `node` into `slots`; `prefix` goes before the slots of effects (`fx1.`). `skip` lists keys that
 * the caller reads itself.
 */
export function readSection(
  context: InstrumentContext,
  section: Section,
  node: JsonNode,
  slots: Slots,
  prefix = '',
  skip: readonly string[] = [],
): void {
  const seen = new Map<string, { readonly id: string; readonly node: JsonNode }>()
  for (const { key, node: value } of node.entries()) {
    const snake = snakeKey(key)
    if (skip.includes(snake)) continue
    const match = ruleFor(section, key)
    if (!match) {
      if (!SILENT_KEYS.has(snake)) drop(context, value, 'unknown-key', 'nothing here has this control yet')
      continue
    }
    const { rule, suffix } = match
    const slot = prefix + rule.slot
    const before = rule.shape === 'info' ? undefined : seen.get(slot)
    if (before?.id === 'fx.mix' && rule.id === 'fx.wet') {
      drop(context, value, 'wet-and-mix', 'mix beats wet')
      continue
    }
    if (before?.id === 'fx.wet' && rule.id === 'fx.mix') drop(context, before.node, 'wet-and-mix', 'mix beats wet')
    else if (before)
      drop(context, before.node, 'duplicate-key', 'this value is given twice: the last one counts', 'warning')
    seen.set(slot, { id: rule.id, node: value })
    readRule(context, rule, slot, value, suffix, slots)
  }
}

function readRule(
  context: InstrumentContext,
  rule: Rule,
  slot: string,
  node: JsonNode,
  suffix: string | null,
  slots: Slots,
): void {
  switch (rule.shape) {
    case 'scalar': {
      const reading = readScalar(context, rule, slot, node, suffix)
      if (reading) slots.scalars.set(slot, reading)
      return
    }
    case 'list': {
      const list = readList(context, rule, node)
      if (list) slots.lists.set(slot, list)
      return
    }
    case 'word':
    case 'words': {
      const words = readWords(context, rule, node)
      if (words) slots.words.set(slot, words)
      return
    }
    case 'info':
      slots.words.set(slot, {
        words: [cleanText(node.string(), 80)],
        found: { pointer: node.pointer(), text: node.raw() },
      })
      context.remark({
        kind: rule.hint ? 'guessed' : 'dropped',
        severity: 'note',
        cause: rule.id,
        node,
        found: node.raw(),
        used: '',
        why: rule.why,
      })
  }
}

function readList(context: InstrumentContext, rule: Rule & { shape: 'list' }, node: JsonNode): ListReading | null {
  const entries = node.kind === 'array' ? node.entries().map((entry) => entry.node) : [node]
  const values: number[] = []
  for (const entry of entries.slice(0, LIMITS.listEntries)) {
    const figure = entry.kind === 'string' ? Number(entry.string().trim() || NaN) : entry.number()
    const [low, high] = rule.limits ?? [-Infinity, Infinity]
    const value = Math.min(high, Math.max(low, figure))
    if (Number.isNaN(value)) drop(context, entry, `${rule.id}/word`, 'not a number', 'warning')
    else {
      values.push(value)
      if (value !== figure) {
        const why = `outside ${String(low)} to ${String(high)}: ${rule.why}`
        context.remark({
          kind: 'changed',
          severity: 'warning',
          cause: `${rule.id}/limit`,
          node: entry,
          found: entry.raw(),
          used: String(value),
          why,
        })
      }
    }
  }
  if (entries.length > LIMITS.listEntries)
    drop(context, node, 'long-list', `only the first ${String(LIMITS.listEntries)} entries are read`, 'warning')
  if (values.length === 0) return null
  context.understood += 1
  return { values, found: { pointer: node.pointer(), text: node.raw() } }
}

function readWords(
  context: InstrumentContext,
  rule: Rule & { shape: 'word' | 'words' },
  node: JsonNode,
): WordReading | null {
  const entries = node.kind === 'array' ? node.entries().map((entry) => entry.node) : [node]
  const words: string[] = []
  for (const entry of entries.slice(0, rule.shape === 'word' ? 1 : LIMITS.listEntries)) {
    const text =
      entry.kind === 'boolean'
        ? String(entry.boolean())
        : entry.kind === 'number'
          ? String(entry.number())
          : entry.string()
    const word = plainWord(text)
    if (word !== '' && Object.hasOwn(rule.words, word)) words.push(rule.words[word] ?? '')
    else if (word !== '' && rule.shape === 'words') words.push(`?${cleanText(text, 40)}`)
    else drop(context, entry, `${rule.id}/word`, 'not one of the known words', 'warning')
  }
  if (words.length === 0) return null
  context.understood += 1
  const found = { pointer: node.pointer(), text: node.kind === 'string' ? cleanText(node.string(), 80) : node.raw() }
  return { words, found }
}

function drop(
  context: InstrumentContext,
  node: JsonNode,
  cause: string,
  why: string,
  severity: 'note' | 'warning' = 'note',
): void {
  context.remark({ kind: 'dropped', severity, cause, node, found: node.raw(), used: '', why })
}
