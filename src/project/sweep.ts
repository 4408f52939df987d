// Deletes recordings that nothing on this device names any more (main thread): noticed at one visit, gone at a visit days later.
import type { AssetEntry } from './assets.ts'
import type { ProjectStorage } from './kept.ts'

/** What was unnamed for so long is deleted; until then whatever names it again finds it. */
export const UNNAMED_MS = 3 * 24 * 60 * 60 * 1000

/** An entry as it is stored; the time is absent while something names it. */
export interface KeptEntry extends AssetEntry {
  readonly unnamedSinceMs?: number
}

export function plainEntry(entry: KeptEntry): AssetEntry {
  const { unnamedSinceMs, ...plain } = entry
  return unnamedSinceMs === undefined ? entry : plain
}

/** What becomes of a stored entry: kept as this, or null, deleted. */
export function sweptEntry(entry: KeptEntry, named: boolean, nowMs: number): KeptEntry | null {
  const { unnamedSinceMs } = entry
  if (named) return plainEntry(entry)
  // A clock that was set back counts anew.
  if (unnamedSinceMs === undefined || unnamedSinceMs > nowMs) return { ...entry, unnamedSinceMs: nowMs }
  return nowMs - unnamedSinceMs < UNNAMED_MS ? entry : null
}

const IDS = /as-[0-9a-f]{16}/g

/** Adds every asset id that stands anywhere in `value`, in texts too. */
export function addNamed(into: Set<string>, value: unknown): void {
  const seen = new Set<object>()
  const open: unknown[] = [value]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one === 'string') for (const id of one.match(IDS) ?? []) into.add(id)
    if (typeof one !== 'object' || one === null || ArrayBuffer.isView(one) || seen.has(one)) continue
    seen.add(one)
    // Maps and keys name things as well.
    if (one instanceof Map) open.push(...one.keys(), ...one.values())
    else for (const [key, member] of Object.entries(one)) open.push(key, member)
  }
}

export interface SweepParts {
  readonly storage: Pick<ProjectStorage, 'eachRecord' | 'sweepAssets'>
  /** Every stored sound of the library, some at a time; rejects rather than leave one out. */
  readonly readPresets: (take: (presets: readonly unknown[]) => unknown) => Promise<void>
  /** False: another tab is open, whose undo may reach further back than what it has stored. */
  readonly alone: () => Promise<boolean>
  readonly nowMs?: () => number
}

/** Ids that were deleted. Rejects, and deletes nothing, where anything that may name a recording cannot be read. */
export async function sweep({ storage, readPresets, alone, nowMs = Date.now }: SweepParts): Promise<readonly string[]> {
  if (!(await alone())) return []
  const named = new Set<string>()
  await storage.eachRecord((record) => addNamed(named, record))
  await readPresets((presets) => addNamed(named, presets))
  return storage.sweepAssets((entry) => sweptEntry(entry, named.has(entry.id), nowMs()))
}
