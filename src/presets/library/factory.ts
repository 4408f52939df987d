// The factory sounds of the page (main thread): public/presets/factory.json, checked when it is written. Patches that several
// sounds share stand in it once.
import type { Patch, PatchMod, Preset } from '../model.ts'

/** What a sound changes about the patch that it names, beyond values. */
export interface PatchChange {
  /** Each takes the place of the modulation of its id. */
  readonly mods?: readonly PatchMod[]
  readonly voices?: Partial<Patch['voices']>
  /** Unit name -> asset. */
  readonly assets?: Readonly<Record<string, string>>
}

export interface FactoryEntry extends Preset {
  readonly change?: PatchChange
}

export interface FactoryFile {
  readonly format: 'soundloom.factory'
  readonly version: 1
  /** Patch id -> patch. */
  readonly patches: Readonly<Record<string, Patch>>
  readonly presets: readonly FactoryEntry[]
}

export interface Factory {
  readonly presets: readonly Preset[]
  /** By id, for presets of the user that name one. */
  readonly patches: ReadonlyMap<string, Patch>
}

/** Fetches the factory sounds; rejects when the file cannot be had. */
export async function loadFactory(url: string): Promise<Factory> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`factory sounds: ${String(response.status)}`)
  const file = (await response.json()) as FactoryFile
  return { presets: factoryOf(file), patches: new Map(Object.entries(file.patches)) }
}

/** Every sound with its patch inline; those that change nothing about a patch share it. */
export const factoryOf = ({ patches, presets }: FactoryFile): Preset[] =>
  presets.map(({ change, ...preset }) => {
    if (typeof preset.patch !== 'string') return preset
    const patch = Object.hasOwn(patches, preset.patch) ? patches[preset.patch] : undefined
    if (!patch) throw new Error(`factory sounds: ${preset.id} names the patch "${preset.patch}"`)
    return { ...preset, patch: change ? changed(patch, change) : patch }
  })

function changed(patch: Patch, { mods = [], voices, assets = {} }: PatchChange): Patch {
  const byId = new Map(mods.map((mod) => [mod.id, mod]))
  const units = { ...patch.units }
  for (const [name, asset] of Object.entries(assets)) if (units[name]) units[name] = { ...units[name], asset }
  return {
    ...patch,
    units,
    mods: patch.mods.map((mod) => (mod.id === undefined ? mod : (byId.get(mod.id) ?? mod))),
    voices: { ...patch.voices, ...voices },
  }
}
