// The user's own files as sounds for engine tests and benches; empty where they are not on this machine.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { importText } from '../../src/presets/import.ts'
import type { Preset } from '../../src/presets/model.ts'
import type { Sound } from './engine.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/real-input/presets')
const WT = join(import.meta.dirname, '../../../../shared/real-input/presets')

export interface RealSound {
  readonly name: string
  readonly sound: Sound
}

/** Every preset of every file, effects included. */
export async function realSounds(): Promise<RealSound[]> {
  const folder = [FOLDER, WT].find((path) => existsSync(path))
  if (!folder) return []
  const sounds: RealSound[] = []
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const { presets } = await importText(file, readFileSync(join(folder, file), 'utf8'))
    sounds.push(...presets.map((preset) => ({ name: preset.name, sound: soundOf(preset) })))
  }
  return sounds
}

export function soundOf({ name, patch, values, effects }: Preset): Sound {
  if (typeof patch === 'string') throw new Error(`${name}: its patch is in the factory library`)
  return { patch, values, effects }
}
