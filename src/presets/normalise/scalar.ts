// Applies one scalar rule to one value of a file: units, ranges, words, limits (import worker).
import type { JsonNode } from '../json/node.ts'
import { cleanText } from '../rules/keys.ts'
import { noteBeats, readWritten, round, unitFactor, type Quantity } from '../rules/quantity.ts'
import type { ScalarRule } from '../rules/rule.ts'
import type { InstrumentContext, Reading } from './context.ts'
import { convert } from './convert.ts'
import { figure, quantityText } from './text.ts'

/** A figure in base units and how it was read; null: not a figure. */
interface Figure {
  readonly value: number
  readonly bare: boolean
  /** A note length: seconds at the assumed tempo. */
  readonly tempo?: boolean
}

/** Presets know no tempo. */
const ASSUMED_BPM = 120

/** Unit of the value after conversion, for texts. */
function shownQuantity(rule: ScalarRule): Quantity {
  switch (rule.convert) {
    case 't60':
      return 'time'
    case 'octavesToSemitones':
      return 'pitch'
    case undefined:
      return rule.quantity
    default:
      return 'ratio'
  }
}

/**
 * Reads `node` by `rule`; every deviation is remarked. `slot` is where the value goes (`fx1.mix` for a rule on `mix`),
 * `suffix` the unit word of the key (`attack_ms`). Null when the value cannot be used and the role has none either.
 */
export function readScalar(
  context: InstrumentContext,
  rule: ScalarRule,
  slot: string,
  node: JsonNode,
  suffix: string | null,
): Reading | null {
  const shown = shownQuantity(rule)
  const text = node.raw()
  const found = { pointer: node.pointer(), text: node.kind === 'string' ? cleanText(node.string(), 80) : text }
  const pair = node.kind === 'array' ? node.entries().slice(0, 3) : []
  const figures = pair.length === 2 ? pair.map((entry) => readFigure(rule, entry.node, suffix)) : []
  const [low, high] = figures
  const single =
    node.kind === 'array' && pair.length === 1 && pair[0]
      ? readFigure(rule, pair[0].node, suffix)
      : readFigure(rule, node, suffix)

  if (low && high) {
    const ends = [low, high].map((end) => limited(rule, convert(end.value, rule.convert))).sort((a, b) => a - b)
    const range = [ends[0] ?? 0, ends[1] ?? 0] as const
    const raw = convert(round((low.value + high.value) / 2), rule.convert)
    const value = limited(rule, raw)
    remarkBare(context, rule, slot, node, value, low.bare || high.bare)
    context.remark({
      kind: 'changed',
      severity: 'note',
      cause: 'range',
      node,
      found: text,
      used: quantityText(value, shown),
      why: 'a range: its midpoint plays and the range is kept',
      slot,
      fixValue: range[1],
      fixLabel: `Use ${quantityText(range[1], shown)}`,
    })
    context.understood += 1
    return { value, range, found }
  }
  if (single) {
    const raw = convert(single.value, rule.convert)
    const value = limited(rule, raw)
    if (Number.isNaN(value)) return fallback(context, rule, slot, node, 'not a number', found)
    context.understood += 1
    if (value !== raw) {
      context.remark({
        kind: 'changed',
        severity: 'warning',
        cause: `${rule.id}/limit`,
        node,
        found: text,
        used: quantityText(value, shown),
        why: `outside ${figure(rule.limits?.[0] ?? 0)} to ${quantityText(rule.limits?.[1] ?? 0, shown)}: ${rule.why}`,
        slot,
        fixValue: value,
      })
    } else if (single.tempo) {
      const why = `a note length: its time at ${String(ASSUMED_BPM)} bpm plays`
      context.remark({
        kind: 'guessed',
        severity: 'note',
        cause: 'tempo',
        node,
        found: text,
        used: quantityText(value, shown),
        why,
        slot,
      })
    } else remarkBare(context, rule, slot, node, value, single.bare)
    return { value, found }
  }
  return fallback(context, rule, slot, node, whyUnreadable(rule, node), found)
}

function readFigure(rule: ScalarRule, node: JsonNode, suffix: string | null): Figure | null {
  if (node.kind === 'number') return bareFigure(rule, node.number(), suffix)
  if (node.kind !== 'string') return null
  const beats = rule.quantity === 'time' ? noteBeats(node.string()) : null
  if (beats !== null) return { value: round((beats * 60) / ASSUMED_BPM), bare: false, tempo: true }
  const written = readWritten(node.string(), rule.quantity)
  if (written.kind !== 'number') return null
  return written.unit === null ? bareFigure(rule, written.value, suffix) : { value: written.value, bare: false }
}

function bareFigure(rule: ScalarRule, value: number, suffix: string | null): Figure {
  const factor = suffix === null ? null : unitFactor(suffix, rule.quantity)
  if (factor !== null) return { value: round(value * factor), bare: false }
  const base = rule.baseBelow !== undefined && Math.abs(value) < rule.baseBelow
  return { value: base ? value : round(value * rule.bare), bare: true }
}

function limited(rule: ScalarRule, value: number): number {
  return rule.limits ? Math.min(rule.limits[1], Math.max(rule.limits[0], value)) : value
}

function remarkBare(
  context: InstrumentContext,
  rule: ScalarRule,
  slot: string,
  node: JsonNode,
  value: number,
  bare: boolean,
): void {
  if (!bare || !rule.bareGuess || value === 0 || !Number.isFinite(value)) return
  const other = rule.bare === 0.001 ? value * 1000 : rule.quantity === 'time' ? value / 1000 : value / 100
  context.remark({
    kind: 'guessed',
    severity: 'note',
    cause: `bare/${rule.section}`,
    node,
    found: node.raw(),
    used: quantityText(value, rule.quantity),
    why: rule.bareGuess,
    slot,
    fixValue: round(other),
    fixLabel: `Use ${quantityText(other, rule.quantity)}`,
  })
}

function whyUnreadable(rule: ScalarRule, node: JsonNode): string {
  if (node.kind === 'string') {
    const written = readWritten(node.string(), rule.quantity)
    return written.kind === 'wrong-unit'
      ? `"${written.unit}" does not measure ${NOUN[rule.quantity]}`
      : `not ${NOUN[rule.quantity]}`
  }
  return `${node.kind === 'array' ? 'a list' : node.kind === 'object' ? 'an object' : node.raw(20)} is not ${NOUN[rule.quantity]}`
}

const NOUN: Readonly<Record<Quantity, string>> = {
  time: 'a time',
  frequency: 'a frequency',
  pitch: 'an interval',
  level: 'a level',
  fraction: 'a share',
  ratio: 'a number',
  perSecond: 'a rate',
  angle: 'an angle',
  slope: 'a slope',
  count: 'a count',
}

function fallback(
  context: InstrumentContext,
  rule: ScalarRule,
  slot: string,
  node: JsonNode,
  reason: string,
  found: Reading['found'],
): Reading | null {
  const value = context.roleValue(slot)
  const used = value === undefined ? 'the default' : `${quantityText(value, shownQuantity(rule))} (${context.role})`
  context.remark({
    kind: 'guessed',
    severity: 'warning',
    cause: `${rule.id}/word`,
    node,
    found: node.raw(),
    used,
    why: `${reason}: the default of its role plays`,
    slot,
    ...(value === undefined ? {} : { fixValue: value }),
  })
  return value === undefined ? null : { value, found }
}
