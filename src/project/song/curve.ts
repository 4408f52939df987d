// The way of automation from one point to the next, as the engine goes it (any thread; wasm/wire/song.h, AutomationPoint).
const STRENGTH = 8

/** Share of the way 0..1 at share `x` 0..1 of the time; `curve` -1..1, 0 is straight. */
export function curveShape(x: number, curve: number): number {
  if (curve === 0) return x
  const k = STRENGTH * curve
  return Math.expm1(-k * x) / Math.expm1(-k)
}
