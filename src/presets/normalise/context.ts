// What normalising one instrument knows and reports: its identity, role and the report it writes to (import worker).
import type { ParamSpec } from '../../generated/specs.ts'
import type { JsonNode } from '../json/node.ts'
import type { FoundValue, PlainValue, Role } from '../model.ts'
import { ROLE_POLICIES } from '../roles.ts'
import type { LineKind, Severity } from '../report.ts'
import type { Lines } from './lines.ts'

/** A value read by a rule, in engine units. */
export interface Reading {
  readonly value: number
  readonly range?: readonly [number, number]
  readonly found: FoundValue
}

export interface WordReading {
  readonly words: readonly string[]
  readonly found: FoundValue
}

/** A remark about one value; `slot` leads to its fix once the builder knows the value key. */
export interface Remark {
  readonly kind: LineKind
  readonly severity: Severity
  readonly cause: string
  readonly node: JsonNode
  readonly found: string
  readonly used: string
  readonly why: string
  readonly slot?: string
  /** A value that the fix would set, in the slot's unit. */
  readonly fixValue?: PlainValue
  readonly fixLabel?: string
}

/** The value that a slot became: its key, the factor from the slot's unit to the key's, and what the key takes. */
export interface SlotTarget {
  readonly key: string
  readonly factor: number
  readonly param: ParamSpec
}

const takes = (param: ParamSpec, value: PlainValue): boolean =>
  param.curve === 'option'
    ? param.options?.some((option) => option.id === value) === true
    : typeof value === 'number' && value >= param.min && value <= param.max

export class InstrumentContext {
  readonly presetId: string
  readonly name: string
  readonly role: Role
  readonly approximated: string[] = []
  /** Approximation -> the value in the file that asked for what is not built. */
  readonly places = new Map<string, JsonNode>()
  readonly remarks: Remark[] = []
  /** Values that a rule understood. */
  understood = 0

  constructor(presetId: string, name: string, role: Role) {
    this.presetId = presetId
    this.name = name
    this.role = role
  }

  remark(remark: Remark): void {
    this.remarks.push(remark)
  }

  /** Marks the tile: the sound stands in for something that is not built, asked for at `place`. */
  approximate(reason: string, place: JsonNode): void {
    if (this.approximated.includes(reason)) return
    this.approximated.push(reason)
    this.places.set(reason, place)
  }

  /** The role's own value for a slot; effect slots (`fx2.rate`) share theirs. */
  roleValue(slot: string): number | undefined {
    const { values } = ROLE_POLICIES[this.role]
    return values[slot] ?? values[slot.replace(/^fx[0-9]+\./, '')]
  }

  /** Writes the remarks to the report; only what a parameter takes is offered as a fix. */
  report(lines: Lines, resolve: (slot: string) => SlotTarget | undefined): void {
    for (const { slot, fixValue, fixLabel, ...rest } of this.remarks) {
      const target = slot === undefined ? undefined : resolve(slot)
      const value = typeof fixValue === 'number' && target ? fixValue * target.factor : fixValue
      lines.add({
        ...rest,
        preset: this.name,
        ...(target ? { target: { presetId: this.presetId, key: target.key } } : {}),
        ...(target && value !== undefined && fixLabel && takes(target.param, value)
          ? { fixes: [{ label: fixLabel, value }] }
          : {}),
      })
    }
  }
}
