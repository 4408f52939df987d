// The data model of a song: tempo map, tracks, clips, notes, automation, returns (any thread). Positions are integer ticks.
import { constants, type enums } from '../generated/wire.ts'
import type { Device, Patch } from '../presets/model.ts'

/** A quarter note is a beat everywhere. */
export const TICKS_PER_BEAT = constants.ticksPerBeat
export const BPM = { min: constants.minBpm, max: constants.maxBpm } as const
export const TRACK_GAIN_DB = { min: -60, max: 6 } as const
/** At `off` a send sends nothing. */
export const SEND_GAIN_DB = { off: -120, min: -60, max: 6 } as const

/** `ramp`: the tempo moves to the next point's bpm, linear in beats; else it stays. */
export interface TempoPoint {
  readonly tick: number
  readonly bpm: number
  readonly ramp: boolean
}

export interface Signature {
  readonly tick: number
  readonly numerator: number
  readonly denominator: number
}

export interface Loop {
  readonly startTick: number
  readonly endTick: number
  readonly enabled: boolean
}

export interface Note {
  readonly id: string
  /** From the start of the clip. */
  readonly tick: number
  readonly lengthTicks: number
  /** MIDI note number. */
  readonly note: number
  /** 0..1 */
  readonly velocity: number
  /** Sorted by tick. */
  readonly expression?: readonly ExpressionPoint[]
}

/** What a note can be told while it sounds, for itself alone; all are at rest at 0. Volume is in dB, at its lowest value silent. */
export const EXPRESSIONS = {
  tuning: { min: -constants.maxTuning, max: constants.maxTuning },
  pressure: { min: 0, max: 1 },
  timbre: { min: 0, max: 1 },
  volume: { min: constants.offVolumeDb, max: constants.maxVolumeDb },
  pan: { min: -1, max: 1 },
} as const satisfies Readonly<Record<keyof typeof enums.expression, { readonly min: number; readonly max: number }>>
export type Expression = keyof typeof EXPRESSIONS
/** Values of a note at one moment. */
export type NoteExpression = Readonly<Partial<Record<Expression, number | undefined>>>
export const EXPRESSION_KINDS = Object.keys(EXPRESSIONS) as readonly Expression[]

/** `value` in the unit of its kind, from `tick` (from the start of the note) to the next of that kind. */
export interface ExpressionPoint {
  readonly tick: number
  readonly kind: Expression
  readonly value: number
}

export const CONTROLLERS = ['bend', 'wheel', 'pressure', 'sustain', 'timbre'] as const
export type Controller = (typeof CONTROLLERS)[number]

export const BEND_RANGE_SEMITONES = 2

/** `value`: bend -1..1 of BEND_RANGE_SEMITONES; wheel, pressure and timbre 0..1; sustain 0 or 1. */
export interface ControlPoint {
  readonly id: string
  /** From the start of the clip. */
  readonly tick: number
  readonly controller: Controller
  readonly value: number
}

/** Notes beyond the clip's length are kept and silent; a note that crosses its end is cut there. */
export interface Clip {
  readonly id: string
  readonly name: string
  readonly startTick: number
  readonly lengthTicks: number
  readonly mute: boolean
  readonly notes: readonly Note[]
  readonly controls: readonly ControlPoint[]
}

/**
 * What a lane moves: `gain`, `pan`, `mute`; `send:<return id>`; `<device id>.bypass`; or `<device id>.<key>` with the value key of an
 * instrument (`filter.cutoff`) or the parameter of an effect (`mix`).
 */
export type LaneTarget = string

/** Plain unit; options by id. `curve` -1..1 bends the way to the next point (wire/song.h); `hold` stays until it. */
export interface AutomationPoint {
  readonly id: string
  readonly tick: number
  readonly value: number | string
  readonly curve: number
  readonly hold: boolean
}

export interface Lane {
  readonly id: string
  readonly target: LaneTarget
  readonly enabled: boolean
  readonly points: readonly AutomationPoint[]
}

/** `values`: volume, pan, mute and solo, as the effect `branch` has them. */
export interface Branch {
  readonly id: string
  readonly name: string
  readonly values: Device['values']
  readonly devices: readonly TrackDevice[]
}

export interface Sidechain {
  /** A track or return. */
  readonly source: string
  /** Before its gain, pan, mute and solo. */
  readonly pre: boolean
}

/** A device of a track. An instrument carries its patch: loading a preset copies it; `presetId` says where it came from. */
export interface TrackDevice extends Device {
  readonly name?: string
  /** Of an instrument: the sound itself. */
  readonly patch?: Patch
  /** Of an effect that hears a second input: whose signal that is. */
  readonly sidechain?: Sidechain
  /** Of a rack (type `rack`): chains side by side, which hear what goes into it. Racks do not nest. */
  readonly branches?: readonly Branch[]
  /** Of an instrument: gain that brought the sound to the level of the others when it was loaded, in dB. */
  readonly gainDb?: number
}

export interface Send {
  readonly returnId: string
  readonly gainDb: number
  /** Before the track's gain, pan and mute. */
  readonly pre: boolean
  /** Arrives one micro-block later: the only kind that may close a circle. */
  readonly feedback?: boolean
}

/** Track colours are tokens t1..t9 of the design. */
export type Colour = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

export interface Mix {
  readonly gainDb: number
  /** -1 left .. 1 right */
  readonly pan: number
  readonly mute: boolean
}

/** What a frozen track plays in place of its instrument and effects, before its fader and sends. */
export interface Frozen {
  /** A recording of its own, at the project's sample rate. */
  readonly asset: string
  /** Where it begins in the song, in units of the effect `playback`. */
  readonly lead: number
  /** Names what was recorded: as long as the track is that at that tempo, the recording plays for it. */
  readonly of: string
}

export interface Track extends Mix {
  readonly id: string
  /** A group plays what has it as its output; it has no instrument and no clips. */
  readonly kind: 'instrument' | 'group'
  readonly name: string
  readonly colour: Colour
  /** Id of a group; absent: the master. */
  readonly output?: string
  /** The first is the instrument, if any; the rest is the effect chain. */
  readonly devices: readonly TrackDevice[]
  readonly sends: readonly Send[]
  readonly clips: readonly Clip[]
  readonly automation: readonly Lane[]
  readonly solo: boolean
  readonly frozen?: Frozen
}

/** An effect chain that tracks and returns send to. */
export interface Return extends Mix {
  readonly id: string
  readonly name: string
  readonly devices: readonly TrackDevice[]
  readonly sends?: readonly Send[]
}

/** What a control bus carries: -1..1 of an lfo, 0..1 of the others. */
export type ControlSource =
  /** `beats`: quarter notes of a cycle in the song; 0: free, at `rateHz`. `phase` 0..1 of a cycle. */
  | {
      readonly kind: 'lfo'
      readonly shape: keyof typeof enums.controlShape
      readonly rateHz: number
      readonly beats: number
      readonly phase: number
    }
  /** How loud a track, group or return is after its fader; null: nothing. */
  | {
      readonly kind: 'follower'
      readonly source: string | null
      readonly attackSeconds: number
      readonly releaseSeconds: number
      readonly gainDb: number
    }
  | { readonly kind: 'macro'; readonly value: number }

/** A parameter that follows a control bus: `amount` -1..1 of its whole range, on a log curve of its octaves. */
export interface ControlRoute {
  /** Track, group or return. */
  readonly stripId: string
  readonly deviceId: string
  /** As a lane's target after the device's id. */
  readonly key: string
  readonly amount: number
}

export interface ControlBus {
  readonly id: string
  /** Used once. */
  readonly name: string
  readonly source: ControlSource
  readonly routes: readonly ControlRoute[]
}

/** Everything of a project that the engine plays. Tempo map and signatures are sorted and begin at tick 0. */
export interface Song {
  readonly tempoMap: readonly TempoPoint[]
  readonly signatures: readonly Signature[]
  readonly loop: Loop
  readonly tracks: readonly Track[]
  readonly returns: readonly Return[]
  readonly controls?: readonly ControlBus[]
}

/** Where the last clip ends; 0 without clips. */
export const lastTick = ({ tracks }: Pick<Song, 'tracks'>): number =>
  tracks.reduce(
    (last, { clips }) => clips.reduce((end, clip) => Math.max(end, clip.startTick + clip.lengthTicks), last),
    0,
  )

export const LIMITS = {
  tracks: constants.tracks,
  returns: constants.returns,
  devices: constants.maxEffects + 1,
  branches: constants.maxBranches,
  /** Effects of a track with those in racks, and the ends of racks and branches. */
  chain: constants.maxChain,
  /** Clips of a track. */
  clips: 4096,
  /** Notes of a clip. */
  notes: 65_536,
  /** Expression points of a note, and of all notes of a clip. */
  notePoints: constants.maxNotePoints,
  clipPoints: 65_536,
  lanes: constants.maxLanes,
  /** Points of a lane. */
  points: 16_384,
  maxTick: constants.maxTick,
  controlBuses: constants.maxControlBuses,
  controlRoutes: constants.maxControlRoutes,
} as const
