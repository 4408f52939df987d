// Predicts what a plan costs before it reaches the audio thread, from the tables that the bench calibrates (any thread).
import type { Patch } from '../presets/model.ts'
import { constants } from '../generated/wire.ts'
import type { UnitSpec } from '../generated/specs.ts'
import type { Op } from './order.ts'
import type { CompiledEffect } from './program.ts'

/** Nanoseconds per group of four voices and 32 frames for what is not a unit: mixing down, one call, one modulated value. */
const MIX_NS = 60
const CALL_NS = 7
const SUM_NS = 25
const MOD_NS = 30

/** A unit that processes a second channel costs twice. */
const unitNs = ({ inputs }: Op, spec: UnitSpec): number =>
  spec.inputs.some(({ id }, port) => id.startsWith('right') && inputs[port]) ? 2 * spec.costNs : spec.costNs

/** Nanoseconds of four voices for one micro-block. */
export function voiceCostNs(ops: readonly Op[]): number {
  let voiceNs = MIX_NS
  for (const op of ops) {
    voiceNs += CALL_NS + (op.unit ? unitNs(op, op.unit.spec) : op.kind === 'sum' ? SUM_NS * op.inputs.length : 0)
    for (const { sources } of op.mods) voiceNs += MOD_NS * sources.length
  }
  return voiceNs
}

/** Nanoseconds of every voice for one micro-block. */
export const groupsNs = (voiceNs: number, { max, mode }: Patch['voices']): number =>
  (mode === 'poly' ? Math.ceil(max / 4) : 1) * voiceNs

/** Of a kit: as many voices as it may have, on its dearest pads, each in a group of its own as long as there are any. */
export function kitNs(pads: readonly { readonly voiceNs: number; readonly voices: number }[], max: number): number {
  const groups = pads.flatMap(({ voiceNs, voices }) => Array.from({ length: Math.ceil(voices / 4) }, () => voiceNs))
  return groups
    .sort((a, b) => b - a)
    .slice(0, max)
    .reduce((sum, ns) => sum + ns, 0)
}

/** Share of one core with every voice sounding. */
export function predictCost(voicesNs: number, effects: readonly CompiledEffect[], sampleRate: number): number {
  const effectNs = effects.reduce((sum, { spec }) => sum + spec.costNs, 0)
  return (voicesNs + effectNs) / ((constants.microBlock / sampleRate) * 1e9)
}
