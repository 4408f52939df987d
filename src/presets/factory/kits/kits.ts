// The factory's drum kits (Node).
import type { Preset } from '../../model.ts'
import { ACOUSTIC } from './acoustic.ts'
import { ANALOGUE } from './analogue.ts'
import { buildKit, type KitSketch } from './kitSketch.ts'
import levels from './padLevels.json' with { type: 'json' }

export const KIT_SKETCHES: readonly KitSketch[] = [ANALOGUE, ACOUSTIC]

/** Kit id -> pad id -> decibels that bring it to its loudness; measured by `npm run levels`. */
const LEVELS: Readonly<Record<string, Readonly<Record<string, number>>>> = levels

export const factoryKits = (): Preset[] => KIT_SKETCHES.map((sketch) => buildKit(sketch, LEVELS[sketch.id] ?? {}))
