// Which sounds the browser lists: roles, favourites and words (any thread).
import { ROLES, type Preset, type Role } from '../../../presets/model.ts'

export interface SoundFilter {
  readonly text: string
  /** Empty: every role. */
  readonly roles: ReadonlySet<Role>
  readonly favouritesOnly: boolean
  readonly origin: Origin
}

/** `own`: imported or saved by the user. */
export type Origin = 'all' | 'own' | 'factory'

/** What the user made comes before what the user brought, both before what was here. */
const ORDER: readonly Preset['source']['kind'][] = ['user', 'import', 'factory']

const isFactory = ({ source }: Preset): boolean => source.kind === 'factory'

/** The user's own sounds first, each part in its order; each word of the text must occur in name, role, tags, description or file name. */
export function filterSounds(
  presets: readonly Preset[],
  favourites: ReadonlySet<string>,
  filter: SoundFilter,
): Preset[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = presets.filter(
    (preset) =>
      (filter.origin === 'all' || (filter.origin === 'factory') === isFactory(preset)) &&
      (filter.roles.size === 0 || filter.roles.has(preset.role)) &&
      (!filter.favouritesOnly || favourites.has(preset.id)) &&
      words.every((word) => searchable(preset).includes(word)),
  )
  return ORDER.flatMap((kind) => found.filter(({ source }) => source.kind === kind))
}

const texts = new WeakMap<Preset, string>()

function searchable(preset: Preset): string {
  let text = texts.get(preset)
  if (text === undefined) {
    text = [
      preset.name.replaceAll('_', ' '),
      preset.name,
      preset.role,
      ...preset.tags,
      preset.description,
      ...preset.source.files,
    ]
      .join(' ')
      .toLowerCase()
    texts.set(preset, text)
  }
  return text
}

/** The roles that occur, in the model's order. */
export function rolesOf(presets: readonly Preset[]): Role[] {
  const present = new Set(presets.map((preset) => preset.role))
  return ROLES.filter((role) => present.has(role))
}
