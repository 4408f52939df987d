// When the governor changes its level (any thread): pure, from what was measured and for how long.
import { constants } from '../../generated/wire.ts'

/** Over the budget for so long: one level up. */
export const RAISE_AFTER_MS = 250
/** Under this share of the budget ... */
export const CALM_SHARE = 0.7
/** ... for so long: one level down. */
export const LOWER_AFTER_MS = 5000
/** A level that had to be taken again this soon after it was left is not left again until the load is clearly lower, or BARRED_MS have passed. */
const RELAPSE_MS = 10_000
const BARRED_MS = 300_000
const CLEARLY_LOWER = 0.9
/** A late reading (busy page, sleeping laptop) counts as one ordinary interval: only readings that came can accuse. */
const LONGEST_STEP_MS = 200

export interface GovernorState {
  /** 0 is full quality. */
  readonly level: number
  readonly overMs: number
  readonly calmMs: number
  /** Since the last change downwards, and the load at which it came. */
  readonly left: { readonly agoMs: number; readonly load: number } | null
  /** By level: below this load it may be left, for the rest of the time. */
  readonly barred: Readonly<Record<number, { readonly below: number; readonly restMs: number }>>
}

export const startGovernor = (): GovernorState => ({ level: 0, overMs: 0, calmMs: 0, left: null, barred: {} })

export interface LoadReading {
  /** Mean share of the time of the calls since the reading before; may exceed 1. */
  readonly load: number
  /** Since the reading before. */
  readonly elapsedMs: number
}

/** At most one level further, in either direction. `maxCpu`: share that may be used. */
export function decide(state: GovernorState, { load, elapsedMs }: LoadReading, maxCpu: number): GovernorState {
  const stepMs = Math.max(0, Math.min(LONGEST_STEP_MS, elapsedMs))
  const aged = age(state, stepMs)
  const { level, left, barred } = aged
  if (load > maxCpu) {
    const overMs = aged.overMs + stepMs
    if (overMs < RAISE_AFTER_MS || level >= constants.topLevel) return { ...aged, overMs, calmMs: 0 }
    const relapsed = left !== null && left.agoMs <= RELAPSE_MS
    const bar = relapsed ? { [level + 1]: { below: left.load * CLEARLY_LOWER, restMs: BARRED_MS } } : {}
    return { level: level + 1, overMs: 0, calmMs: 0, left: null, barred: { ...barred, ...bar } }
  }
  if (load >= CALM_SHARE * maxCpu || level === 0) return { ...aged, overMs: 0, calmMs: 0 }
  const calmMs = aged.calmMs + stepMs
  const bar = barred[level]
  if (calmMs < LOWER_AFTER_MS || (bar && load >= bar.below)) return { ...aged, overMs: 0, calmMs }
  return { level: level - 1, overMs: 0, calmMs: 0, left: { agoMs: 0, load }, barred }
}

function age(state: GovernorState, stepMs: number): GovernorState {
  const bars = Object.entries(state.barred)
  const barred =
    bars.length === 0
      ? state.barred
      : Object.fromEntries(
          bars
            .map(([level, { below, restMs }]) => [level, { below, restMs: restMs - stepMs }] as const)
            .filter(([, { restMs }]) => restMs > 0),
        )
  return { ...state, barred, left: state.left && { ...state.left, agoMs: state.left.agoMs + stepMs } }
}
