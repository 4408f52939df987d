// Which assets the steps of a plan need, and their place in its bytes (any thread; pure): handles belong to one engine, ids to the document.
import { soundAssets } from '../presets/assets/named.ts'
import type { SongOperation } from './songOperations.ts'

/** A plan names an asset at byte `at`, where the compiler leaves 0. */
export interface AssetUse {
  readonly at: number
  readonly id: string
  readonly kind: string
}

/** Of the steps of a song plan. */
export function stepAssets(steps: readonly SongOperation[]): string[] {
  const all = steps.flatMap((step) =>
    step.do === 'sound' ? soundAssets(step.program) : step.do === 'chain' ? soundAssets(step) : [],
  )
  return [...new Set(all)]
}

/** The plan with an engine's handles, and the ids that it has none for: there the default plays. */
export function linkAssets(
  bytes: Uint8Array<ArrayBuffer>,
  uses: readonly AssetUse[],
  handleOf: (id: string) => number,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly missing: readonly string[] } {
  if (uses.length === 0) return { bytes, missing: [] }
  const linked = bytes.slice()
  const view = new DataView(linked.buffer)
  const missing = new Set<string>()
  for (const { at, id } of uses) {
    const handle = handleOf(id)
    if (handle === 0) missing.add(id)
    view.setUint32(at, handle, true)
  }
  return { bytes: linked, missing: [...missing] }
}
