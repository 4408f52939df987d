// Imported song sections as the browser lists them (any thread): sections with their sounds, links resolved by name.
import type { LibraryContents } from '../presets/library/library.ts'
import type { Preset } from '../presets/model.ts'
import { resolveSections, type SongSections } from '../presets/sections.ts'
import type { LibraryMarks } from '../project/stores.ts'

export interface SongView {
  readonly id: string
  readonly name: string
  readonly sections: readonly {
    readonly name: string
    readonly sounds: readonly { readonly name: string; readonly presetId: string | null }[]
  }[]
}

/** A song is in the bin when each import of its file is. */
function isShown(song: SongSections, { reports }: LibraryContents, marks: LibraryMarks): boolean {
  const imports = [...reports.values()].filter(({ file }) => file.name === song.fileName)
  return imports.length === 0 || imports.some(({ id }) => !marks.binned[id])
}

export function songViews(contents: LibraryContents, marks: LibraryMarks, presets: readonly Preset[]): SongView[] {
  return [...contents.songs.values()]
    .filter((song) => isShown(song, contents, marks))
    .map((song) => {
      const sections: { name: string; sounds: { name: string; presetId: string | null }[] }[] = []
      for (const { section, presetId } of resolveSections(song, presets)) {
        if (sections.at(-1)?.name !== section.name) sections.push({ name: section.name, sounds: [] })
        sections.at(-1)!.sounds.push({ name: section.presetName, presetId })
      }
      return { id: song.id, name: song.fileName, sections }
    })
}
