// What draws a unit or an effect from its values (main thread).
import type { PatchUnit } from '../../../../presets/model.ts'
import type { Rgb } from '../../../drawing/colours.ts'
import type { Surface } from '../../../drawing/Plot.tsx'
import type { Read } from './response.ts'

/** `unit` has what is no parameter: an additive oscillator's harmonics. */
export type Paint = (surface: Surface, read: Read, colour: Rgb, unit: PatchUnit) => void
