// Random songs for property tests of the song's compiler and of the engine that plays them.
import fc from 'fast-check'
import type { Patch } from '../presets/model.ts'
import {
  CONTROLLERS,
  EXPRESSION_KINDS,
  EXPRESSIONS,
  SEND_GAIN_DB,
  TICKS_PER_BEAT,
  TRACK_GAIN_DB,
  type AutomationPoint,
  type Clip,
  type ControlPoint,
  type ExpressionPoint,
  type Note,
  type Song,
  type Track,
} from './song.ts'
import {
  at,
  effectEdit,
  id,
  instrumentOf,
  number,
  onTrack,
  pick,
  replace,
  TEST_EFFECTS,
  type Edit,
} from './testEdits.ts'
import { rackEdit, routingEdit } from './testRouting.ts'

export type { Edit } from './testEdits.ts'

export const EMPTY_TEST_SONG: Song = {
  tempoMap: [{ tick: 0, bpm: 120, ramp: false }],
  signatures: [{ tick: 0, numerator: 4, denominator: 4 }],
  loop: { startTick: 0, endTick: 4 * TICKS_PER_BEAT, enabled: false },
  tracks: [],
  returns: [],
}

/** A saw with an envelope and a filter. */
export const TEST_PATCH: Patch = {
  version: 1,
  units: {
    osc: { type: 'saw', values: { level: 0.5 } },
    filter: { type: 'svf', in: { in: ['osc'] }, values: { cutoff: 2000, resonance: 0.2 } },
    env: { type: 'env', values: { attack: 0.001, decay: 0.1, sustain: 0.8, release: 0.05 } },
    amp: { type: 'gain', in: { in: ['filter'], mod: ['env'] } },
  },
  mods: [],
  out: { left: 'amp', right: 'amp' },
  voices: { max: 4, mode: 'poly', glideSeconds: 0 },
  groups: [],
}

const someTick = (beats: number) => fc.integer({ min: 0, max: beats * TICKS_PER_BEAT })
/** Most songs should be heard. */
const rarely = fc.nat({ max: 5 }).map((roll) => roll === 0)

const expressionPoint = fc
  .record({ tick: someTick(3), kind: fc.constantFrom(...EXPRESSION_KINDS), share: number(0, 1) })
  .map(({ tick, kind, share }): ExpressionPoint => {
    const { min, max } = EXPRESSIONS[kind]
    return { tick, kind, value: min + share * (max - min) }
  })
/** Few notes are told anything. */
const expression = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .array(expressionPoint, { minLength: 1, maxLength: 6 })
      .map((points) => ({ expression: points.sort((a, b) => a.tick - b.tick) })),
  },
)

const plainNote = fc.record({
  id,
  tick: someTick(3),
  lengthTicks: fc.integer({ min: 1, max: 3 * TICKS_PER_BEAT }),
  note: fc.integer({ min: 24, max: 96 }),
  velocity: number(0, 1),
})
const note: fc.Arbitrary<Note> = fc.tuple(plainNote, expression).map(([plain, told]) => ({ ...plain, ...told }))

const control: fc.Arbitrary<ControlPoint> = fc
  .record({ id, tick: someTick(6), controller: fc.constantFrom(...CONTROLLERS), value: number(0, 1) })
  .map((point) => (point.controller === 'sustain' ? { ...point, value: Math.round(point.value) } : point))

export const clip: fc.Arbitrary<Clip> = fc.record({
  id,
  name: fc.constant('Clip'),
  startTick: someTick(2),
  lengthTicks: fc.integer({ min: 1, max: 5 * TICKS_PER_BEAT }),
  mute: rarely,
  notes: fc.array(note, { minLength: 1, maxLength: 12 }),
  controls: fc.array(control, { maxLength: 6 }),
})

const lane = (target: string, value: fc.Arbitrary<number | string>) =>
  fc.record({
    id,
    target: fc.constant(target),
    enabled: fc.boolean(),
    points: fc.array(
      fc.record<AutomationPoint>({
        id,
        tick: someTick(8),
        value,
        curve: number(-1, 1),
        hold: fc.boolean(),
      }),
      { maxLength: 5 },
    ),
  })

const mix = {
  gainDb: number(-24, TRACK_GAIN_DB.max),
  pan: number(-1, 1),
  mute: rarely,
}

/** A track with id, one instrument, up to two effects, sends to `returnIds`, lanes on what it has. */
export const track = (trackId: string, returnIds: readonly string[]): fc.Arbitrary<Track> =>
  fc.record<Track>({
    id: fc.constant(trackId),
    kind: fc.constant('instrument' as const),
    name: fc.constant(trackId),
    colour: fc.constant(1 as const),
    devices: fc
      .tuple(number(200, 4000), number(0, 1), fc.boolean(), fc.integer({ min: 0, max: 2 }))
      .map(([cutoff, amount, bypass, effects]) => [
        {
          id: `${trackId}-inst`,
          kind: 'instrument' as const,
          type: 'own',
          patch: TEST_PATCH,
          values: { 'filter.cutoff': cutoff },
          bypass: false,
          gainDb: 0,
        },
        ...['delay', 'chorus'].slice(0, effects).map((type) => ({
          id: `${trackId}-${type}`,
          kind: 'effect' as const,
          type,
          values: { mix: amount },
          bypass,
        })),
      ]),
    sends: fc
      .array(fc.record({ gainDb: number(SEND_GAIN_DB.min, SEND_GAIN_DB.max), pre: fc.boolean() }), {
        maxLength: returnIds.length,
      })
      .map((sends) => sends.map((send, index) => ({ ...send, returnId: returnIds[index]! }))),
    clips: fc.array(clip, { minLength: 1, maxLength: 3 }),
    automation: fc
      .tuple(
        lane('gain', number(-24, TRACK_GAIN_DB.max)),
        lane('pan', number(-1, 1)),
        lane(`${trackId}-inst.filter.cutoff`, number(30, 15_000)),
        lane(`${trackId}-delay.mix`, number(0, 1)),
        lane(`send:${returnIds[0] ?? 'none'}`, number(SEND_GAIN_DB.min, SEND_GAIN_DB.max)),
        fc.boolean(),
      )
      .map(([gain, pan, cutoff, wet, send, any]) => (any ? [gain, pan, cutoff, wet, send] : [])),
    solo: rarely,
    ...mix,
  })

export const song: fc.Arbitrary<Song> = fc.integer({ min: 0, max: 2 }).chain((returns) => {
  const returnIds = Array.from({ length: returns }, (_, index) => `return-${index}`)
  return fc.record<Song>({
    tempoMap: fc
      .array(fc.record({ beats: fc.integer({ min: 1, max: 12 }), bpm: number(60, 300), ramp: fc.boolean() }), {
        minLength: 1,
        maxLength: 4,
      })
      .map((points) => {
        let tick = 0
        return points.map(({ beats, bpm, ramp }, index) => {
          tick += index === 0 ? 0 : beats * TICKS_PER_BEAT
          return { tick, bpm, ramp }
        })
      }),
    signatures: fc
      .constantFrom([3, 4], [4, 4], [7, 8])
      .map(([numerator, denominator]) => [{ tick: 0, numerator: numerator!, denominator: denominator! }]),
    loop: fc.record({
      startTick: someTick(4),
      endTick: fc.integer({ min: 5 * TICKS_PER_BEAT, max: 9 * TICKS_PER_BEAT }),
      enabled: fc.boolean(),
    }),
    tracks: fc
      .integer({ min: 1, max: 4 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => track(`track-${index}`, returnIds)))),
    returns: fc.tuple(
      ...returnIds.map((returnId) =>
        fc.record({
          id: fc.constant(returnId),
          name: fc.constant(returnId),
          devices: number(0, 1).map((amount) => [
            { id: `${returnId}-fx`, kind: 'effect' as const, type: 'delay', values: { mix: amount }, bypass: false },
          ]),
          ...mix,
        }),
      ),
    ),
  })
})

const freshTrack = fc.tuple(id, fc.boolean()).chain(([trackId]) => track(trackId, ['return-0', 'return-1']))

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 2, arbitrary: rackEdit },
  { weight: 6, arbitrary: routingEdit },
  fc.tuple(freshTrack, pick).map(([fresh, place]): Edit => (before) => {
    if (before.tracks.length >= 6) return before
    const index = place % (before.tracks.length + 1)
    return { ...before, tracks: [...before.tracks.slice(0, index), fresh, ...before.tracks.slice(index)] }
  }),
  pick.map((which): Edit => (before) => ({
    ...before,
    tracks: before.tracks.filter((one) => one !== at(before.tracks, which)),
  })),
  fc.tuple(pick, pick).map(([which, place]): Edit => (before) => {
    const moved = at(before.tracks, which)
    const rest = before.tracks.filter((one) => one !== moved)
    if (!moved) return before
    const index = place % (rest.length + 1)
    return { ...before, tracks: [...rest.slice(0, index), moved, ...rest.slice(index)] }
  }),
  fc.tuple(pick, number(-30, 6)).map(([which, gainDb]) => onTrack(which, (one) => ({ ...one, gainDb }))),
  fc.tuple(pick, number(-1, 1)).map(([which, pan]) => onTrack(which, (one) => ({ ...one, pan }))),
  pick.map((which) => onTrack(which, (one) => ({ ...one, mute: !one.mute }))),
  pick.map((which) => onTrack(which, (one) => ({ ...one, solo: !one.solo }))),
  fc.tuple(pick, number(100, 8000)).map(([which, cutoff]) =>
    onTrack(which, (one) => ({
      ...one,
      devices: replace(one.devices, instrumentOf(one), (device) => ({
        ...device,
        values: { ...device.values, 'filter.cutoff': cutoff },
      })),
    })),
  ),
  pick.map((which) =>
    onTrack(which, (one) => ({
      ...one,
      devices: replace(one.devices, instrumentOf(one), (device) => ({ ...device, values: {} })),
    })),
  ),
  // Another instrument in the first one's place, or none.
  fc.tuple(pick, id, fc.boolean()).map(([which, deviceId, none]) =>
    onTrack(which, (one) => ({
      ...one,
      devices:
        none || one.kind === 'group'
          ? []
          : [
              {
                id: deviceId,
                kind: 'instrument' as const,
                type: 'own',
                patch: TEST_PATCH,
                values: {},
                bypass: false,
                gainDb: -3,
              },
              ...one.devices.slice(1),
            ],
    })),
  ),
  fc
    .tuple(pick, id, fc.constantFrom(...TEST_EFFECTS))
    .map(([which, deviceId, type]) =>
      effectEdit(which, (effects) =>
        effects.length > 3 ? effects : [...effects, { id: deviceId, kind: 'effect', type, values: {}, bypass: false }],
      ),
    ),
  pick.map((which) => effectEdit(which, (effects) => effects.slice(1))),
  pick.map((which) => effectEdit(which, (effects) => effects.map((one) => ({ ...one, bypass: !one.bypass })))),
  fc
    .tuple(pick, number(0, 1))
    .map(([which, amount]) =>
      effectEdit(which, (effects) =>
        effects.map((one) => (one.type === 'delay' ? { ...one, values: { mix: amount } } : one)),
      ),
    ),
  fc
    .tuple(pick, fc.array(clip, { maxLength: 3 }))
    .map(([which, clips]) => onTrack(which, (one) => ({ ...one, clips }))),
  fc.tuple(pick, freshTrack).map(([which, { automation }]) =>
    onTrack(which, (one) => ({
      ...one,
      automation: automation.map((own) => ({ ...own, target: own.target.replace(/^[^-]*-/, `${one.id}-`) })),
    })),
  ),
  pick.map((which) =>
    onTrack(which, (one) => ({ ...one, automation: one.automation.map((own) => ({ ...own, enabled: !own.enabled })) })),
  ),
  fc.tuple(pick, pick, number(SEND_GAIN_DB.min, SEND_GAIN_DB.max), fc.boolean()).map(([which, to, gainDb, pre]) =>
    onTrack(which, (one, { returns }) => {
      const target = at(returns, to)
      if (!target) return one
      const others = one.sends.filter(({ returnId }) => returnId !== target.id)
      return { ...one, sends: [...others, { returnId: target.id, gainDb, pre }] }
    }),
  ),
  fc.tuple(id, number(0, 1)).map(
    ([returnId, amount]): Edit =>
      (before) =>
        before.returns.length >= 3
          ? before
          : {
              ...before,
              returns: [
                ...before.returns,
                {
                  id: returnId,
                  name: returnId,
                  devices: [
                    { id: `${returnId}-fx`, kind: 'effect', type: 'delay', values: { mix: amount }, bypass: false },
                  ],
                  gainDb: 0,
                  pan: 0,
                  mute: false,
                },
              ],
            },
  ),
  pick.map((which): Edit => (before) => {
    const gone = at(before.returns, which)
    return {
      ...before,
      returns: before.returns.filter((one) => one !== gone),
      tracks: before.tracks.map((one) => ({
        ...one,
        sends: one.sends.filter(({ returnId }) => returnId !== gone?.id),
      })),
    }
  }),
  fc.tuple(number(40, 200), fc.boolean()).map(([bpm, enabled]): Edit => (before) => ({
    ...before,
    tempoMap: replace(before.tempoMap, before.tempoMap[0], (point) => ({ ...point, bpm })),
    loop: { ...before.loop, enabled },
  })),
)
