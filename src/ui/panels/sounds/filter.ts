// Which sounds the browser lists besides what is typed: roles, favourites, origin (any thread).
import { ROLES, type Preset, type Role } from '../../../presets/model.ts'

export interface SoundFilter {
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

/** The user's own sounds first, each part in its order. */
export const ownFirst = (presets: readonly Preset[]): Preset[] =>
  ORDER.flatMap((kind) => presets.filter(({ source }) => source.kind === kind))

/** In the order given. */
export const filterSounds = (
  presets: readonly Preset[],
  favourites: ReadonlySet<string>,
  { roles, favouritesOnly, origin }: SoundFilter,
): Preset[] =>
  presets.filter(
    (preset) =>
      (origin === 'all' || (origin === 'factory') === isFactory(preset)) &&
      (roles.size === 0 || roles.has(preset.role)) &&
      (!favouritesOnly || favourites.has(preset.id)),
  )

/** The roles that occur, in the model's order. */
export function rolesOf(presets: readonly Preset[]): Role[] {
  const present = new Set(presets.map((preset) => preset.role))
  return ROLES.filter((role) => present.has(role))
}
