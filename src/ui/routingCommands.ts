// The commands of the interface that are about where signals go: freezing, groups, buses, sends, returns, racks (types only).

type ControlKind = 'lfo' | 'follower' | 'macro'
type ControlShape = 'sine' | 'triangle' | 'saw' | 'ramp' | 'square' | 'random'

export interface RoutingCommands {
  'track.freeze': { trackId: string }
  'track.cancelFreeze': { trackId: string }
  'track.unfreeze': { trackId: string }
  'track.setSend': { trackId: string; returnId: string; gainDb: number; pre?: boolean; feedback?: boolean }
  'track.group': { trackIds: string[]; name?: string }
  'track.ungroup': { groupId: string }
  /** `master`, or a group's id. */
  'track.setOutput': { trackId: string; output: string }
  'rack.add': { trackId: string; branches?: number; index?: number }
  'rack.addBranch': { trackId: string; rackId: string; name?: string }
  'rack.removeBranch': { trackId: string; branchId: string }
  'rack.renameBranch': { trackId: string; branchId: string; name: string }
  /** Resolves with { busId, name }. */
  'bus.add': { name: string }
  'bus.remove': { name: string }
  'bus.rename': { name: string; to: string }
  'control.add': { name: string; kind: ControlKind }
  'control.remove': { name: string }
  'control.rename': { name: string; to: string }
  'control.set': { name: string; source?: string | null; shape?: ControlShape } & Partial<
    Record<'rateHz' | 'beats' | 'phase' | 'attackSeconds' | 'releaseSeconds' | 'gainDb' | 'value', number>
  >
  'control.assign': { name: string; trackId: string; deviceId: string; key: string; amount: number }
  'control.unassign': { name: string; trackId: string; deviceId: string; key: string }
  'device.setSidechain': { trackId: string; deviceId: string; source: string | null; pre?: boolean }
  'track.addReturn': { name?: string }
  'track.removeReturn': { returnId: string }
}
