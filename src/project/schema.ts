// What a project is, member by member: stored documents and project files are read through this (main thread). What spans
// members is in rules.ts; members that nobody knows are left out.
import { MAX_LEAD } from '../compile/frozen.ts'
import { LIMITS } from '../compile/song.ts'
import { constants } from '../generated/wire.ts'
import { z } from '../params/schema.ts'
import type { Patch } from '../presets/model.ts'
import { MASTER_GAIN_DB, PROJECT_VERSION, SAMPLE_RATES } from './document.ts'
import * as fields from './fields.ts'
import { MOST_MARKERS } from './song/room.ts'

/** Ids of documents are parts of lane targets, where a dot or a colon would mean something. */
const id = z.string().check(z.regex(/^[\w-]{1,64}$/))
const text = z.string().check(z.maxLength(200))
const many = <Part extends z.ZodMiniType>(part: Part, most: number) => z.array(part).check(z.maxLength(most))

const values = z.record(z.string().check(z.maxLength(100)), fields.plainValue)
const single = z.object({
  id,
  kind: z.enum(['instrument', 'effect']),
  type: text,
  values,
  bypass: z.boolean(),
  presetId: z.optional(text),
  asset: z.optional(text),
  name: z.optional(text),
  sidechain: z.optional(z.object({ source: id, pre: z.boolean() })),
  /** Its inside is checked by the presets' own rules. */
  patch: z.optional(z.custom<Patch>((value) => typeof value === 'object' && value !== null)),
  gainDb: z.optional(z.number().check(z.minimum(-120), z.maximum(60))),
})
const branch = z.object({ id, name: text, values, devices: many(single, LIMITS.devices) })
const device = z.extend(single, { branches: z.optional(many(branch, LIMITS.branches)) })
const devices = many(device, LIMITS.devices)

const expressionPoint = z.object({ tick: fields.tick, kind: fields.expressionKind, value: z.number() }).check(
  z.refine(({ kind, value }) => fields.fitsExpression(kind, value), {
    path: ['value'],
    error: 'This expression takes no such value',
  }),
)
const note = z.object({
  id,
  tick: fields.tick,
  lengthTicks: fields.lengthTicks,
  note: fields.midiNote,
  velocity: fields.velocity,
  expression: z.optional(many(expressionPoint, LIMITS.notePoints)),
})
const control = z.object({ id, tick: fields.tick, controller: fields.controller, value: fields.controlValue }).check(
  z.refine(({ controller, value }) => fields.fitsController(controller, value), {
    path: ['value'],
    error: 'This controller takes no such value',
  }),
)
const clip = z.object({
  id,
  name: text,
  startTick: fields.tick,
  lengthTicks: fields.lengthTicks,
  mute: z.boolean(),
  notes: many(note, LIMITS.notes),
  controls: many(control, LIMITS.points),
})
const lane = z.object({
  id,
  target: text,
  enabled: z.boolean(),
  points: many(
    z.object({ id, tick: fields.tick, value: fields.plainValue, curve: fields.curve, hold: z.boolean() }),
    LIMITS.points,
  ),
})
const mix = { gainDb: fields.gainDb, pan: fields.pan, mute: z.boolean() }
const sends = many(
  z.object({ returnId: id, gainDb: fields.sendGainDb, pre: z.boolean(), feedback: z.optional(z.boolean()) }),
  LIMITS.returns,
)
const track = z.object({
  id,
  kind: z.enum(['instrument', 'group']),
  name: text,
  colour: fields.colour,
  output: z.optional(id),
  devices,
  sends,
  clips: many(clip, LIMITS.clips),
  automation: many(lane, LIMITS.lanes),
  ...mix,
  solo: z.boolean(),
  frozen: z.optional(
    z.object({ asset: text, lead: z.int().check(z.minimum(0), z.maximum(MAX_LEAD)), of: text.check(z.minLength(1)) }),
  ),
})

const controlBus = z.object({
  id,
  name: fields.name,
  source: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('lfo'),
      shape: fields.controlShape,
      rateHz: fields.controlRate,
      beats: fields.controlBeats,
      phase: fields.share,
    }),
    z.object({
      kind: z.literal('follower'),
      source: z.nullable(id),
      attackSeconds: fields.controlSeconds,
      releaseSeconds: fields.controlSeconds,
      gainDb: fields.followerGainDb,
    }),
    z.object({ kind: z.literal('macro'), value: fields.share }),
  ]),
  routes: many(z.object({ stripId: id, deviceId: id, key: text, amount: fields.controlAmount }), LIMITS.controlRoutes),
})

export const projectSchema = z.object({
  version: z.literal(PROJECT_VERSION),
  id,
  name: text,
  seed: z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1)),
  sampleRate: z.literal(SAMPLE_RATES),
  tempoMap: many(z.object({ tick: fields.tick, bpm: fields.bpm, ramp: z.boolean() }), constants.maxTempoPoints).check(
    z.minLength(1),
  ),
  signatures: many(
    z.object({ tick: fields.tick, numerator: fields.numerator, denominator: fields.denominator }),
    constants.maxSignatures,
  ).check(z.minLength(1)),
  loop: z.object({ startTick: fields.tick, endTick: fields.tick, enabled: z.boolean() }),
  key: z.object({ tonic: z.int().check(z.minimum(0), z.maximum(11)), scale: text }),
  markers: many(z.object({ id, tick: fields.tick, name: text }), MOST_MARKERS),
  tracks: many(track, LIMITS.tracks),
  returns: many(z.object({ id, name: text, devices, sends: z.optional(sends), ...mix }), LIMITS.returns),
  controls: z.optional(many(controlBus, LIMITS.controlBuses)),
  master: z.object({
    gainDb: z.number().check(z.minimum(MASTER_GAIN_DB.min), z.maximum(MASTER_GAIN_DB.max)),
    mute: z.boolean(),
    limiter: single,
  }),
})
