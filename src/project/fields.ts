// The members that stored projects and command arguments share: each range is here once (main thread).
import {
  BPM,
  CONTROLLERS,
  EXPRESSION_KINDS,
  EXPRESSIONS,
  LIMITS,
  SEND_GAIN_DB,
  TICKS_PER_BEAT,
  TRACK_GAIN_DB,
  type Controller,
  type Expression,
} from '../compile/song.ts'
import { enums } from '../generated/wire.ts'
import { z } from '../params/schema.ts'
import { NAME_LENGTH, SAMPLE_RATES } from './document.ts'

/** Characters that would reorder the text around a name. */
const BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/g

/** An id as an argument: what does not exist is an unknown-id. */
export const id = z.string().check(z.minLength(1), z.maxLength(200))
export const name = z.string().check(
  z.overwrite((text) => text.replace(BIDI, '').trim()),
  z.minLength(1),
  z.maxLength(NAME_LENGTH),
)

export const MAX_BEAT = LIMITS.maxTick / TICKS_PER_BEAT
/** Shortest note, clip and loop: below it nothing can be seen or grasped. */
export const MIN_LENGTH_TICKS = TICKS_PER_BEAT / 64
export const METRONOME_GAIN_DB = { min: -60, max: 6 } as const
export const COUNT_IN_BARS = { min: 0, max: 4 } as const
export const SIGNATURE = { minNumerator: 1, maxNumerator: 32, denominators: [1, 2, 4, 8, 16, 32] } as const

/** Beats of arguments as the document's ticks; the nearest, and never -0. */
export const ticksOf = (beats: number): number => Math.round(beats * TICKS_PER_BEAT) + 0
export const beatsOf = (ticks: number): number => ticks / TICKS_PER_BEAT

export const beat = z.number().check(z.minimum(0), z.maximum(MAX_BEAT))
export const lengthBeats = z.number().check(z.minimum(beatsOf(MIN_LENGTH_TICKS)), z.maximum(MAX_BEAT))
/** As long as the longest song at the slowest tempo. */
const MAX_SECONDS = (MAX_BEAT * 60) / BPM.min
export const seconds = z.number().check(z.minimum(0), z.maximum(MAX_SECONDS))
export const frames = z.int().check(z.minimum(0), z.maximum(MAX_SECONDS * Math.max(...SAMPLE_RATES)))
/** A distance, to either side. */
export const beats = z.number().check(z.minimum(-MAX_BEAT), z.maximum(MAX_BEAT))
export const tick = z.int().check(z.minimum(0), z.maximum(LIMITS.maxTick))
export const lengthTicks = z.int().check(z.minimum(1), z.maximum(LIMITS.maxTick))

export const bpm = z.number().check(z.minimum(BPM.min), z.maximum(BPM.max))
export const numerator = z.int().check(z.minimum(SIGNATURE.minNumerator), z.maximum(SIGNATURE.maxNumerator))
export const denominator = z.literal(SIGNATURE.denominators)
export const gainDb = z.number().check(z.minimum(TRACK_GAIN_DB.min), z.maximum(TRACK_GAIN_DB.max))
export const sendGainDb = z.number().check(z.minimum(SEND_GAIN_DB.off), z.maximum(SEND_GAIN_DB.max))
export const metronomeGainDb = z.number().check(z.minimum(METRONOME_GAIN_DB.min), z.maximum(METRONOME_GAIN_DB.max))
export const countInBars = z.int().check(z.minimum(COUNT_IN_BARS.min), z.maximum(COUNT_IN_BARS.max))
export const pan = z.number().check(z.minimum(-1), z.maximum(1))
export const colour = z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9])
export const midiNote = z.int().check(z.minimum(0), z.maximum(127))
export const velocity = z.number().check(z.gt(0), z.maximum(1))
export const curve = z.number().check(z.minimum(-1), z.maximum(1))
export const plainValue = z.union([z.number(), z.string().check(z.maxLength(100))])

export { EXPRESSIONS, type Expression, type NoteExpression } from '../compile/song.ts'
export const expressionKind = z.enum(EXPRESSION_KINDS)
const ofExpression = (kind: Expression) =>
  z.optional(z.number().check(z.minimum(EXPRESSIONS[kind].min), z.maximum(EXPRESSIONS[kind].max)))
/** Values of a note at one moment; what is absent stays as it is. */
export const noteExpression = z.strictObject({
  tuning: ofExpression('tuning'),
  pressure: ofExpression('pressure'),
  timbre: ofExpression('timbre'),
  volume: ofExpression('volume'),
  pan: ofExpression('pan'),
})
export const fitsExpression = (kind: Expression, value: number): boolean =>
  value >= EXPRESSIONS[kind].min && value <= EXPRESSIONS[kind].max

export const controller = z.enum(CONTROLLERS)
export const controlValue = z.number().check(z.minimum(-1), z.maximum(1))
/** Lowest value that a controller takes; the highest of each is 1. */
const lowest = (of: Controller): number => (of === 'bend' ? -1 : 0)
/** Whether a value in -1..1 is one that this controller takes; the pedal is up or down. */
export const fitsController = (of: Controller, value: number): boolean =>
  value >= lowest(of) && (of !== 'sustain' || value === 0 || value === 1)

/** Of control buses, as wasm/engine/song_check.cpp takes them. */
export const CONTROL = {
  rateHz: { min: 0.01, max: 50 },
  beats: { min: 0.0625, max: 256 },
  seconds: { min: 0.001, max: 10 },
  gainDb: { min: -24, max: 36 },
} as const
export const share = z.number().check(z.minimum(0), z.maximum(1))
export const controlShape = z.enum(Object.keys(enums.controlShape) as (keyof typeof enums.controlShape)[])
export const controlRate = z.number().check(z.minimum(CONTROL.rateHz.min), z.maximum(CONTROL.rateHz.max))
/** 0: not with the song. */
export const controlBeats = z.union([
  z.literal(0),
  z.number().check(z.minimum(CONTROL.beats.min), z.maximum(CONTROL.beats.max)),
])
export const controlSeconds = z.number().check(z.minimum(CONTROL.seconds.min), z.maximum(CONTROL.seconds.max))
export const followerGainDb = z.number().check(z.minimum(CONTROL.gainDb.min), z.maximum(CONTROL.gainDb.max))
export const controlAmount = z.number().check(z.minimum(-1), z.maximum(1))
