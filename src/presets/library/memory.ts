// The library in memory: for private windows and refused storage (any thread). Lost when the page closes.
import type { Preset } from '../model.ts'
import type { ImportReport } from '../report.ts'
import type { SongSections } from '../sections.ts'
import { LOAD_BATCH, withSource, type LibraryStorage, type StoredFile } from './storage.ts'

export function memoryStorage(): LibraryStorage {
  const presets = new Map<string, Preset>()
  const reports = new Map<string, { report: ImportReport; allLines: Uint8Array }>()
  const songs = new Map<string, SongSections>()
  const files = new Map<string, StoredFile>()
  return {
    place: 'memory',
    async readPresets(take) {
      const all = [...presets.values()]
      for (let at = 0; at < all.length; at += LOAD_BATCH) await take(all.slice(at, at + LOAD_BATCH))
    },
    readReports: async () => [...reports.values()].map((entry) => entry.report),
    readSongs: async () => [...songs.values()],
    readLines: async (reportId) => reports.get(reportId)?.allLines,
    readFile: async (hash) => files.get(hash),
    async commit(change) {
      for (const preset of change.presets) presets.set(preset.id, preset)
      const grown: Preset[] = []
      for (const { presetId, fileName } of change.repeats) {
        const before = presets.get(presetId)
        const after = before && withSource(before, fileName)
        if (!after || after === before) continue
        presets.set(presetId, after)
        grown.push(after)
      }
      for (const song of change.songs) songs.set(song.id, song)
      if (change.report) reports.set(change.report.report.id, change.report)
      if (change.file) files.set(change.file.hash, change.file)
      return grown
    },
  }
}
