// Random edits of what plays into what, for property tests: groups, outputs, side chains, feedback, racks.
import fc from 'fast-check'
import { findCircle } from './routing.ts'
import type { Branch, Track } from './song.ts'
import { at, effectEdit, id, number, onTrack, pick, replace, TEST_EFFECTS, type Edit } from './testEdits.ts'

/** An edit of the routing that would close a circle is not made. */
const open =
  (change: Edit): Edit =>
  (before) => {
    const after = change(before)
    return findCircle(after) ? before : after
  }

export const routingEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(id, pick, fc.boolean(), number(-12, -1)).map(([groupId, which, chain, gainDb]): Edit => (before) => {
    if (before.tracks.length >= 6) return before
    const devices = ['saturation', 'delay'].slice(0, chain ? 2 : 0).map((type) => {
      return { id: `${groupId}-${type}`, kind: 'effect' as const, type, values: {}, bypass: false }
    })
    const moved = at(before.tracks, which)
    const group: Track = {
      ...{ id: groupId, kind: 'group', name: groupId, colour: 2, devices, gainDb, pan: 0, mute: false },
      ...{ solo: false, sends: [], clips: [], automation: [] },
    }
    return {
      ...before,
      tracks: [group, ...replace(before.tracks, moved, (one) => ({ ...one, output: groupId }))],
    }
  }),
  fc.tuple(pick, pick).map(([which, to]) =>
    open((before) => {
      const groups = before.tracks.filter(({ kind }) => kind === 'group')
      const target = to % 3 === 0 ? undefined : at(groups, to)
      return onTrack(which, ({ output: _, ...one }) => (target ? { ...one, output: target.id } : one))(before)
    }),
  ),
  fc.tuple(pick, pick, fc.boolean(), pick).map(([which, from, pre, none]) =>
    open((before) => {
      const source = at([...before.tracks, ...before.returns], from)
      return onTrack(which, (one) => ({
        ...one,
        devices: one.devices.map((device) => {
          if (device.kind !== 'effect') return device
          const { sidechain: _, ...bare } = device
          return none % 4 === 0 || !source ? bare : { ...bare, sidechain: { source: source.id, pre } }
        }),
      }))(before)
    }),
  ),
  fc.tuple(pick, pick, number(-20, -6), fc.boolean()).map(([which, to, gainDb, feedback]) =>
    open((before) => {
      const target = at(before.returns, to)
      if (!target) return before
      const send = { returnId: target.id, gainDb, pre: false, ...(feedback ? { feedback } : {}) }
      return {
        ...before,
        returns: replace(before.returns, at(before.returns, which), (one) => ({ ...one, sends: [send] })),
      }
    }),
  ),
)

/** A rack at the end of a chain, or no rack. */
export const rackEdit: fc.Arbitrary<Edit> = fc
  .tuple(pick, id, number(-12, -1), fc.boolean(), fc.constantFrom(...TEST_EFFECTS), fc.boolean())
  .map(([which, rackId, gain, mute, type, none]) =>
    effectEdit(which, (effects) => {
      const others = effects.filter(({ branches }) => !branches)
      if (none) return others
      const inside = { id: `${rackId}-fx`, kind: 'effect' as const, type, values: {}, bypass: false }
      const branches: Branch[] = [
        { id: `${rackId}-a`, name: 'A', values: { gain }, devices: [inside] },
        { id: `${rackId}-b`, name: 'B', values: { mute: mute ? 1 : 0 }, devices: [] },
      ]
      return [...others, { id: rackId, kind: 'effect', type: 'rack', values: {}, bypass: false, branches }]
    }),
  )
