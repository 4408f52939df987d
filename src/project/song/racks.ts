// The devices of a strip wherever they stand: in its chain, or in a branch of a rack (main thread).
import type { Draft } from 'mutative'
import type { Branch, TrackDevice } from '../../compile/song.ts'
import { layOut } from '../../compile/trackSound.ts'
import { SoundloomError } from '../../params/error.ts'
import { newId } from '../document.ts'

type Devices = readonly TrackDevice[]

/** The end of a branch as a device: its volume, pan, mute and solo are parameters. */
export const branchDevice = ({ id, values }: Branch): TrackDevice => ({
  id,
  kind: 'effect',
  type: 'branch',
  values,
  bypass: false,
})

/** A chain: the strip's own, or a branch's. */
export interface Chain {
  readonly devices: Devices
  /** The same chain in a draft of the strip's devices. */
  of(devices: Draft<TrackDevice>[]): Draft<TrackDevice>[]
  /** Null: the strip's own. */
  readonly branch: Branch | null
}

/** The strip's own chain first. */
export function chainsOf(devices: Devices): Chain[] {
  const own: Chain = { devices, of: (draft) => draft, branch: null }
  return [
    own,
    ...devices.flatMap(({ branches = [] }, at) =>
      branches.map((branch, index): Chain => ({
        devices: branch.devices,
        of: (draft) => draft[at]!.branches![index]!.devices,
        branch,
      })),
    ),
  ]
}

/** Every device, racks laid out, ends of branches included. */
export const everyDevice = (devices: Devices): readonly TrackDevice[] => layOut(devices)

/** A device that has values, and the same in a draft of the strip's devices. Ends of branches are devices here. */
export interface FoundDevice {
  readonly part: TrackDevice
  readonly index: number
  /** Where it stands; null: it is the end of a branch. */
  readonly chain: Chain | null
  of(devices: Draft<TrackDevice>[]): Draft<TrackDevice> | Draft<Branch>
}

export function findDeviceAnywhere(devices: Devices, deviceId: string): FoundDevice {
  for (const [at, { branches = [] }] of devices.entries()) {
    const index = branches.findIndex(({ id }) => id === deviceId)
    const branch = branches[index]
    if (branch) return { part: branchDevice(branch), index, chain: null, of: (draft) => draft[at]!.branches![index]! }
  }
  for (const chain of chainsOf(devices)) {
    const index = chain.devices.findIndex(({ id }) => id === deviceId)
    const part = chain.devices[index]
    if (part) return { part, index, chain, of: (draft) => chain.of(draft)[index]! }
  }
  throw new SoundloomError('unknown-id', `There is no device "${deviceId}".`, { field: 'deviceId', value: deviceId })
}

export const newBranch = (name: string): Branch => ({ id: newId(), name, values: {}, devices: [] })

export const newRack = (branches: number): TrackDevice => ({
  id: newId(),
  kind: 'effect',
  type: 'rack',
  values: {},
  bypass: false,
  branches: Array.from({ length: branches }, (_, index) => newBranch(`Branch ${String(index + 1)}`)),
})

/** The same devices under new ids; `ids`: of the old ones. */
export function copyDevices(devices: Devices, ids = new Map<string, string>()): TrackDevice[] {
  const fresh = (id: string): string => {
    ids.set(id, newId())
    return ids.get(id)!
  }
  return devices.map((device) => ({
    ...device,
    id: fresh(device.id),
    ...(device.branches && {
      branches: device.branches.map((branch) => ({
        ...branch,
        id: fresh(branch.id),
        devices: copyDevices(branch.devices, ids),
      })),
    }),
  }))
}
