// Small kits for tests of the engine itself.
import type { Patch, PatchPad, PatchUnit } from '../../src/presets/model.ts'

interface PadOf extends Partial<PatchPad> {
  readonly hertz: number
  readonly decay?: number
}

/** Each pad a sine of its own frequency; the keys follow each other from 36. */
export function kit(pads: readonly PadOf[], max = 32): Patch {
  const units: Record<string, PatchUnit> = {}
  const list = pads.map(({ hertz, decay = 2, ...over }, index): PatchPad => {
    const id = `p${String(index)}x`
    units[`u${String(index)}`] = {
      type: 'drumtone',
      values: { level: 0.2, frequency: hertz, sweep: 0, click: 0, shape: 0, decay, hold: 0.5, velocity: 0 },
    }
    const source = `u${String(index)}`
    const low = 36 + index
    return {
      id,
      name: id,
      low,
      high: low,
      key: 60,
      out: { left: source, right: source },
      oneShot: true,
      voices: 4,
      ...over,
    }
  })
  const voices = { max, mode: 'poly', glideSeconds: 0 } as const
  return { version: 1, units, mods: [], out: list[0]!.out, voices, groups: [], pads: list }
}
