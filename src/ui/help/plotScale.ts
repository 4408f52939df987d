// Axes of a plot: range, scale and round ticks, linear or logarithmic (any thread).
import type { Axis } from './figures.ts'

export type Range = readonly [low: number, high: number]
const TICKS = 6

/** The smallest of 1, 2, 5 times a power of ten that is at least `step`. */
function round(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return power * (step <= power ? 1 : step <= 2 * power ? 2 : step <= 5 * power ? 5 : 10)
}
const stepOf = ([low, high]: Range): number => round((high - low) / TICKS)

/** All values with a little air; a flat line gets room around it. */
export function rangeOf(values: readonly number[], { log }: Axis): Range {
  const [low, high] = values.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [Infinity, -Infinity])
  if (!(low <= high)) return [0, 1]
  if (log) return [low, high]
  if (high - low < 1e-3) return [low - 1, high + 1]
  const step = stepOf([low, high])
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step]
}

export function scaleOf([low, high]: Range, { log }: Axis, from: number, to: number): (value: number) => number {
  const place = (value: number): number =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
  return (value) => from + place(value) * (to - from)
}

export function ticksOf([low, high]: Range, { log }: Axis): number[] {
  if (log) {
    const decades = Array.from({ length: 12 }, (_, i) => 10 ** (i - 3))
    return decades
      .flatMap((decade) => [decade, 2 * decade, 5 * decade])
      .filter((value) => value >= low && value <= high)
  }
  const step = stepOf([low, high])
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => Number((low + i * step).toPrecision(12)))
}
