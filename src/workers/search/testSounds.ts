// Sounds for tests of the search (Node).
import type { Patch, Preset } from '../../presets/model.ts'
import type { SearchEntry } from './protocol.ts'

/** A saw through a low-pass with an envelope; the values that tests vary. */
export const patchWith = (envelope: object = {}, filter: object = {}): Patch => ({
  version: 1,
  units: {
    osc: { type: 'saw' },
    filter: { type: 'svf', values: { cutoff: 2500, ...filter }, in: { in: ['osc'] } },
    env: { type: 'env', values: { attack: 0.05, release: 0.5, sustain: 0.3, ...envelope } },
    amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
  },
  mods: [],
  out: { left: 'amp', right: 'amp' },
  voices: { max: 8, mode: 'poly', glideSeconds: 0 },
  groups: [],
})

export const sound = (id: string, over: Partial<Preset> = {}): Preset => ({
  version: 1,
  id,
  name: id,
  role: 'KEYS',
  tags: [],
  description: '',
  patch: patchWith(),
  values: {},
  effects: [],
  source: { kind: 'import', files: ['file.json'] },
  ...over,
})

export const device = (
  type: string,
  values: Record<string, number> = {},
  bypass = false,
): Preset['effects'][number] => ({
  id: type,
  kind: 'effect',
  type,
  values,
  bypass,
})

export const entriesOf = (presets: readonly Preset[]): SearchEntry[] =>
  presets.map(({ name, role, tags, description, patch, values, effects, source }, key) => ({
    key,
    name,
    role,
    tags,
    description,
    patch,
    values,
    effects,
    files: source.files,
    own: source.kind !== 'factory',
  }))
