// All factory sounds as the file that the page loads (Node). `node scripts/factory.mjs` writes it to public/presets/factory.json.
import { factoryOf, type FactoryEntry, type FactoryFile } from '../library/factory.ts'
import type { Preset } from '../model.ts'
import { DRIVING } from './driving.ts'
import { factoryKits } from './kits/kits.ts'
import levels from './levels.json' with { type: 'json' }
import { entryOf } from './patchSound.ts'
import { PATCHES } from './patches/registry.ts'
import { PLAYED } from './played.ts'
import { buildSketch, type Sketch } from './sketch.ts'
import { STRUCK } from './struck.ts'
import { SUSTAINED } from './tonal.ts'

const SKETCHES: readonly Sketch[] = [...SUSTAINED, ...PLAYED, ...DRIVING, ...STRUCK]

/** A sound whose level is open; `trimDb` brings it to the common loudness. */
export interface FactorySound {
  readonly id: string
  readonly entry: (trimDb: number) => FactoryEntry
}

export const SOUNDS: readonly FactorySound[] = [
  ...SKETCHES.map((sketch) => ({ id: sketch.id, entry: (trimDb: number) => buildSketch(sketch, trimDb) })),
  ...PATCHES.flatMap((patch) =>
    patch.sounds.map((sound) => ({ id: sound.id, entry: (trimDb: number) => entryOf(patch, sound, trimDb) })),
  ),
]

/** Preset id -> decibels that bring it to -20 LUFS on a C3 chord; measured by `npm run levels`. */
const LEVELS: Readonly<Record<string, number>> = levels

const patches = Object.fromEntries(PATCHES.map(({ id, patch }) => [id, patch]))

const fileOf = (presets: readonly FactoryEntry[]): FactoryFile => ({
  format: 'soundloom.factory',
  version: 1,
  patches,
  presets,
})

/** One sound with its patch inline, at a level of its own. */
export const soundAt = (sound: FactorySound, trimDb: number): Preset => factoryOf(fileOf([sound.entry(trimDb)]))[0]!

const entries = (): FactoryEntry[] => [...SOUNDS.map((sound) => sound.entry(LEVELS[sound.id] ?? 0)), ...factoryKits()]

export const factoryPresets = (): Preset[] => factoryOf(fileOf(entries()))

/** The text of public/presets/factory.json: one patch and one sound a line. */
export function factoryText(): string {
  const shared = PATCHES.map(({ id, patch }) => `${JSON.stringify(id)}: ${JSON.stringify(patch)}`)
  const lines = entries().map((preset) => JSON.stringify(preset))
  return `{"format": "soundloom.factory", "version": 1, "patches": {\n${shared.join(',\n')}\n}, "presets": [\n${lines.join(',\n')}\n]}\n`
}
