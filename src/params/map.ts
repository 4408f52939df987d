// Knob position 0..1 <-> plain value, and steps (any thread). The only copy of these formulas; the engine never sees 0..1.
import { isStepped, type Plain, type Scale } from './scale.ts'

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

const optionIndex = (scale: Scale, plain: Plain): number => {
  const options = scale.options ?? []
  const index = typeof plain === 'number' ? Math.round(plain) : options.findIndex((option) => option.id === plain)
  return clamp(index, 0, Math.max(0, options.length - 1))
}

/** The plain value inside the parameter's range: options become ids, counts whole numbers; NaN becomes `min`. */
export function clampPlain(scale: Scale, plain: Plain): Plain {
  if (scale.curve === 'option') return scale.options?.[optionIndex(scale, plain)]?.id ?? plain
  const number = Number(plain)
  if (scale.curve === 'toggle') return number >= 0.5 ? 1 : 0
  const inside = clamp(Number.isNaN(number) ? scale.min : number, scale.min, scale.max)
  return scale.unit === 'count' ? Math.round(inside) : inside
}

/**
 * A linear time from 0 travels by its fourth root, so that 5 ms and 5 s both have room on the knob: an envelope stage may be exactly 0 s,
 * which a log curve cannot hold. Modulation stays linear.
 */
const TIME_POWER = 4
const isTimeFromZero = ({ curve, unit, min }: Scale): boolean => curve === 'linear' && unit === 'seconds' && min === 0

/** Plain value -> knob position 0..1; values outside the range go to its ends. A log range is positive (wasm/core/spec.h checks it). */
export function toUnit(scale: Scale, plain: Plain): number {
  if (scale.curve === 'option') {
    const last = (scale.options?.length ?? 1) - 1
    return last > 0 ? optionIndex(scale, plain) / last : 0
  }
  const { min, max } = scale
  const value = clampPlain(scale, plain) as number
  if (scale.curve === 'toggle') return value
  if (max <= min) return 0
  if (isTimeFromZero(scale)) return (value / max) ** (1 / TIME_POWER)
  if (scale.curve === 'linear') return (value - min) / (max - min)
  return clamp(Math.log(value / min) / Math.log(max / min), 0, 1)
}

/** Knob position 0..1 -> plain value. Exact at both ends. */
export function toPlain(scale: Scale, position: number): Plain {
  const unit = clamp(Number.isNaN(position) ? 0 : position, 0, 1)
  if (scale.curve === 'option') {
    const options = scale.options ?? []
    return options[Math.round(unit * (options.length - 1))]?.id ?? ''
  }
  const { min, max } = scale
  if (scale.curve === 'toggle') return unit >= 0.5 ? 1 : 0
  if (unit === 0 || max <= min) return min
  if (unit === 1) return max
  if (isTimeFromZero(scale)) return clampPlain(scale, max * unit ** TIME_POWER)
  return clampPlain(scale, scale.curve === 'linear' ? min + unit * (max - min) : min * Math.pow(max / min, unit))
}

export type StepSize = 'coarse' | 'fine'

/** Natural steps of linear parameters, [coarse, fine], in the parameter's own unit. */
const NATURAL_STEPS: Partial<Record<Scale['unit'], readonly [number, number]>> = {
  decibels: [0.5, 0.1],
  semitones: [1, 0.1],
  cents: [1, 0.1],
  octaves: [0.1, 0.01],
  degrees: [5, 1],
}

/** A hundredth of the knob's travel, or a thousandth when fine. */
const TRAVEL_STEPS = { coarse: 1 / 100, fine: 1 / 1000 } as const

/** `count` steps up (negative: down) from `plain`, as arrow keys and the wheel take them; stays inside the range. */
export function stepPlain(scale: Scale, plain: Plain, count: number, size: StepSize = 'coarse'): Plain {
  if (scale.curve === 'option') {
    const options = scale.options ?? []
    return options[clamp(optionIndex(scale, plain) + count, 0, options.length - 1)]?.id ?? plain
  }
  const value = clampPlain(scale, plain) as number
  if (isStepped(scale)) return clampPlain(scale, value + count)
  const natural = scale.curve === 'linear' ? NATURAL_STEPS[scale.unit] : undefined
  // 1e-9: a step must not leave 0.30000000000000004 in a saved file.
  if (natural) return clampPlain(scale, Math.round((value + count * natural[size === 'fine' ? 1 : 0]) * 1e9) / 1e9)
  return toPlain(scale, toUnit(scale, value) + count * TRAVEL_STEPS[size])
}
