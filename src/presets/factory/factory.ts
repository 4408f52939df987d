// All factory sounds as the file that the page loads (Node). `node scripts/factory.mjs` writes it to public/presets/factory.json.
import type { Preset } from '../model.ts'
import { DRIVING } from './driving.ts'
import levels from './levels.json' with { type: 'json' }
import { PLAYED } from './played.ts'
import { buildSketch, type Sketch } from './sketch.ts'
import { STRUCK } from './struck.ts'
import { SUSTAINED } from './tonal.ts'

export const SKETCHES: readonly Sketch[] = [...SUSTAINED, ...PLAYED, ...DRIVING, ...STRUCK]

/** Preset id -> decibels that bring it to -20 LUFS on a C3 chord; measured, see levels.test.ts. */
const LEVELS: Readonly<Record<string, number>> = levels

export const factoryPresets = (): Preset[] => SKETCHES.map((sketch) => buildSketch(sketch, LEVELS[sketch.id] ?? 0))

/** The text of public/presets/factory.json: our own format, one sound a line. */
export function factoryText(): string {
  const lines = factoryPresets().map((preset) => JSON.stringify(preset))
  return `{"format": "soundloom.presets", "version": 1, "presets": [\n${lines.join(',\n')}\n]}\n`
}
