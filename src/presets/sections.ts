// Song sections of a file: which sound plays in which part of a song, linked by preset name (any thread).
import { member } from './detect/layout.ts'
import type { JsonNode } from './json/node.ts'
import { valueOf } from './json/value.ts'
import { cleanText } from './rules/keys.ts'

export interface SongSection {
  readonly name: string
  /** The preset that the section names, as written. */
  readonly presetName: string
  readonly pointer: string
  /** The other members of the section, as the file has them: multipliers and gates. */
  readonly settings: Readonly<Record<string, number | boolean | string>>
}

/** A library item "Song sections". Links are by name and resolved when shown, so a preset imported later is found too. */
export interface SongSections {
  readonly id: string
  readonly fileName: string
  readonly sections: readonly SongSection[]
}

const MAX_SECTIONS = 1000

export function readSections(list: JsonNode): SongSection[] {
  const sections: SongSection[] = []
  for (const { node } of list.children()) {
    if (node.kind !== 'object' || sections.length === MAX_SECTIONS) continue
    const link = member(node, 'group') ?? member(node, 'preset') ?? member(node, 'instrument')
    const label = member(node, 'section_name') ?? member(node, 'name')
    const settings: Record<string, number | boolean | string> = Object.create(null) as Record<string, number>
    for (const entry of node.entries().slice(0, 64)) {
      const value = valueOf(entry.node)
      if (entry.node === link || entry.node === label || typeof value === 'object') continue
      settings[entry.key] = typeof value === 'string' ? value.slice(0, 200) : value
    }
    sections.push({
      name: cleanText(label?.string() ?? '') || `Section ${String(sections.length + 1)}`,
      presetName: cleanText(link?.string() ?? ''),
      pointer: node.pointer(),
      settings,
    })
  }
  return sections
}

/** Section -> the preset that it names, or null: unresolved links are kept and listed. */
export function resolveSections(
  song: SongSections,
  presets: readonly { readonly id: string; readonly name: string }[],
): readonly { readonly section: SongSection; readonly presetId: string | null }[] {
  const byName = new Map(presets.map((preset) => [preset.name, preset.id]))
  return song.sections.map((section) => ({ section, presetId: byName.get(section.presetName) ?? null }))
}
