// The library as the user sees it: the bin hidden, fixes applied; and one sound with its edits (main thread).
import type { Patch, Preset } from '../presets/model.ts'
import { withValues } from '../project/sound.ts'
import type { LibraryMarks, Stores } from '../project/stores.ts'
import type { LibraryContents, LibraryPort } from './context.ts'

/** One sound: what plays now, and what the library holds. Equal objects when nothing was edited. */
export interface Sound {
  readonly preset: Preset
  readonly patch: Patch
  readonly original: Preset
  readonly originalPatch: Patch
  readonly edited: boolean
}

/** The patch that the preset holds or names; null where the name is not known. */
export const resolvePatch = (contents: LibraryContents, preset: Preset): Patch | null =>
  typeof preset.patch === 'string' ? (contents.patches.get(preset.patch) ?? null) : preset.patch

const fixedPresets = new WeakMap<object, WeakMap<Preset, Preset>>()

/** The preset with the user's fixes of its import; the same object for the same fixes. */
function withFixes(preset: Preset, marks: LibraryMarks): Preset {
  const fixes = marks.fixes[preset.id]
  if (!fixes) return preset
  const known = fixedPresets.get(fixes) ?? new WeakMap<Preset, Preset>()
  fixedPresets.set(fixes, known)
  const fixed = known.get(preset) ?? withValues(preset, new Map(Object.entries(fixes)))
  known.set(preset, fixed)
  return fixed
}

/** Imported sounds are in the bin when every import that brought them is, or when they were put there themselves. */
function binnedByImports(contents: LibraryContents, marks: LibraryMarks): ReadonlySet<string> {
  if (Object.keys(marks.binned).length === 0) return new Set()
  const shown = new Set<string>()
  const binned = new Set<string>()
  for (const [importId, report] of contents.reports) {
    const into = marks.binned[importId] ? binned : shown
    for (const presetId of report.presetIds) into.add(presetId)
  }
  return new Set([...binned].filter((presetId) => !shown.has(presetId)))
}

/** What the browser lists, in the library's order. */
export function visiblePresets(contents: LibraryContents, marks: LibraryMarks): readonly Preset[] {
  const hidden = binnedByImports(contents, marks)
  const visible: Preset[] = []
  for (const preset of contents.presets.values()) {
    const gone = marks.binned[preset.id] || (preset.source.kind === 'import' && hidden.has(preset.id))
    if (!gone) visible.push(withFixes(preset, marks))
  }
  return visible
}

/** The sound with that id and its edits, also when it is in the bin; null when there is none. */
export function findSound(stores: Stores, library: LibraryPort, presetId: string): Sound | null {
  const contents = library.store.getState()
  const stored = contents.presets.get(presetId)
  if (!stored) return null
  const original = withFixes(stored, stores.library.getState())
  const preset = stores.audition.getState().copies[presetId] ?? original
  const originalPatch = resolvePatch(contents, original)
  const patch = resolvePatch(contents, preset)
  if (!patch || !originalPatch) return null
  return { preset, patch, original, originalPatch, edited: preset !== original }
}
