// How a sound's name and tags are written (any thread).
import type { Preset } from '../../../presets/model.ts'

/** File names in snake_case become words: `Pad_Warm_Calm` -> `Pad Warm Calm`. */
export const displayName = (name: string): string => name.replaceAll('_', ' ').trim() || 'Unnamed'

const TAGS_SHOWN = 3

/** Two or three tags that do not repeat the name. */
export function tileTags(preset: Preset): string {
  const name = displayName(preset.name).toLowerCase()
  const fresh = preset.tags.filter((tag) => !name.includes(tag.toLowerCase()))
  const shown = fresh.length > 0 ? fresh : preset.tags
  return shown.slice(0, TAGS_SHOWN).join(', ')
}
