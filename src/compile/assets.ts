// Which assets a sound needs, and their place in its plan (any thread; pure): handles belong to one engine, ids to the document.
import type { Device, Patch } from '../presets/model.ts'
import { builtinIndex } from '../presets/assets/record.ts'
import type { Song } from './song.ts'
import type { SongOperation } from './songOperations.ts'

/** A plan names an asset at byte `at`, where the compiler leaves 0. */
export interface AssetUse {
  readonly at: number
  readonly id: string
  readonly kind: string
}

interface Sound {
  readonly patch?: Patch | null
  readonly effects?: readonly Device[]
}

/** Ids of the assets that a sound brings with it; what the engine makes itself is left out. */
export function soundAssets({ patch, effects = [] }: Sound): string[] {
  const units = patch ? Object.values(patch.units) : []
  return [...units, ...effects].flatMap(({ asset }) => (asset && builtinIndex(asset) === null ? [asset] : []))
}

export function songAssets({ tracks, returns }: Pick<Song, 'tracks' | 'returns'>): string[] {
  const all = [...tracks, ...returns].flatMap(({ devices }) =>
    devices.flatMap((device) => soundAssets({ patch: device.patch ?? null, effects: [device] })),
  )
  return [...new Set(all)]
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
