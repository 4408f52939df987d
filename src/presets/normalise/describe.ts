// Tags and description of an imported sound, from its own words (import worker).
import { member } from '../detect/layout.ts'
import type { JsonNode } from '../json/node.ts'
import { cleanText } from '../rules/keys.ts'

const MAX_TAGS = 16

/** Words that may tell a role, before the role is known. */
export function hintsOf(node: JsonNode): string[] {
  return [text(node, 'role'), text(node, 'category'), ...tagsOf(node)].filter((hint) => hint !== '')
}

/** The file's tags, then characteristics and emotional tags; lower case, no repeats. */
export function tagsOf(node: JsonNode): string[] {
  const traits = member(node, 'sound_characteristics')
  const words = [
    ...listed(member(node, 'tags')),
    ...(traits
      ? [
          text(traits, 'timbral'),
          text(traits, 'material'),
          text(traits, 'dynamic'),
          ...listed(member(traits, 'emotional')),
        ]
      : []),
  ]
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word !== ''))].slice(0, MAX_TAGS)
}

/** One or two sentences: "Warm, analog, sustained; calm, reflective. For the intro/outro region." */
export function descriptionOf(node: JsonNode): string {
  const given = text(node, 'description', 1000)
  if (given !== '') return given
  const traits = member(node, 'sound_characteristics')
  const place = member(node, 'topological_metadata')
  const sound = traits
    ? [text(traits, 'timbral'), text(traits, 'material'), text(traits, 'dynamic')].filter((word) => word !== '')
    : []
  const mood = traits ? listed(member(traits, 'emotional')) : []
  const parts = [sound.join(', '), mood.join(', ')].filter((part) => part !== '').join('; ')
  const where = place ? text(place, 'manifold_position') : ''
  const sentences = [parts, where === '' ? '' : `for the ${where}`].filter((part) => part !== '')
  return sentences.map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`).join(' ')
}

function text(node: JsonNode, name: string, limit = 40): string {
  return cleanText(member(node, name)?.string() ?? '', limit)
}

/** Strings of a list, or the `tag` of each of its objects. */
function listed(node: JsonNode | undefined): string[] {
  if (!node) return []
  const items = node.kind === 'array' ? node.entries().slice(0, 64) : [{ key: '', node }]
  return items
    .map(({ node: item }) => (item.kind === 'object' ? text(item, 'tag') : cleanText(item.string(), 40)))
    .filter((word) => word !== '')
}
