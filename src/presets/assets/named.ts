// Which assets a sound or a song names (any thread). What the engine makes itself is left out.
import type { Device, Patch } from '../model.ts'
import { builtinIndex } from './record.ts'

interface Sound {
  readonly patch?: Patch | null | undefined
  readonly effects?: readonly Pick<Device, 'asset'>[]
}

/** A rack has devices of its own, in its branches. */
interface Chain {
  readonly devices: readonly (Pick<Device, 'asset'> & {
    readonly patch?: Patch
    readonly branches?: readonly { readonly devices: readonly Pick<Device, 'asset'>[] }[]
  })[]
}

export function soundAssets({ patch, effects = [] }: Sound): string[] {
  const units = patch ? Object.values(patch.units) : []
  return [...units, ...effects].flatMap(({ asset }) => (asset && builtinIndex(asset) === null ? [asset] : []))
}

/** Each once. */
export function songAssets({
  tracks,
  returns,
}: {
  readonly tracks: readonly Chain[]
  readonly returns: readonly Chain[]
}): string[] {
  const all = [...tracks, ...returns].flatMap(({ devices }) =>
    devices.flatMap((device) => {
      const inside = (device.branches ?? []).flatMap((branch) => branch.devices)
      return soundAssets({ patch: device.patch, effects: [device, ...inside] })
    }),
  )
  return [...new Set(all)]
}
