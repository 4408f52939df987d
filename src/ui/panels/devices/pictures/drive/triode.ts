// A triode stage's curve from the valve's law, as the engine solves it (wasm/dsp/triode.h) (any thread).
const SUPPLY_VOLTS = 300
const LOAD_OHMS = 100e3
const STOPPER_OHMS = 68e3
const GRID = { ohms: 2e3, kneeVolts: 0.1, softness: 0.12 } as const
/** Koren's constants of a 12AX7. */
const TUBE = { mu: 100, ex: 1.4, g1: 1060, p: 600, vb: 300 } as const

export const MIDDLE_VOLTS = -1.5
export const REACH_VOLTS = 1.1
/** The engine keeps the curve as a table over these. */
const RANGE_VOLTS = 8

const softplus = (x: number): number => (x > 40 ? x : Math.log1p(Math.exp(x)))

function current(plate: number, grid: number): number {
  const e = (plate / TUBE.p) * softplus(TUBE.p * (1 / TUBE.mu + grid / Math.sqrt(TUBE.vb + plate * plate)))
  return e > 0 ? (2 * e ** TUBE.ex) / TUBE.g1 : 0
}

function plateVolts(input: number): number {
  const flat = softplus((input - GRID.kneeVolts) / GRID.softness) * GRID.softness
  const grid = input - (STOPPER_OHMS / (STOPPER_OHMS + GRID.ohms)) * flat
  let [low, high] = [0, SUPPLY_VOLTS]
  for (let round = 0; round < 40; round++) {
    const plate = (low + high) / 2
    if (SUPPLY_VOLTS - LOAD_OHMS * current(plate, grid) > plate) low = plate
    else high = plate
  }
  return (low + high) / 2
}

const MIDDLE = plateVolts(MIDDLE_VOLTS)
const GAIN = (plateVolts(MIDDLE_VOLTS - 0.01) - plateVolts(MIDDLE_VOLTS + 0.01)) / 0.02

/** Inverted plate swing for volts at the grid stopper, slope 1 in the middle. */
export const triode = (volts: number): number =>
  (MIDDLE - plateVolts(Math.min(RANGE_VOLTS, Math.max(-RANGE_VOLTS, volts)))) / GAIN
