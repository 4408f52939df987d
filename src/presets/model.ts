// The data model of sounds: patch, preset, device (any thread). Instruments are data; values are plain units.

/** A parameter's plain value: a number in the parameter's unit, or an option id where the parameter lists options. */
export type PlainValue = number | string

/** One unit generator in a patch. `type` is a unit id of generated/units.ts. */
export interface PatchUnit {
  readonly type: string
  /** Parameter id -> plain value; what is absent takes the unit's default. */
  readonly values?: Readonly<Record<string, PlainValue>>
  /** Input id -> the unit names (`"osc1"`, or `"osc1.left"` for a named output) summed into it, in this order. */
  readonly in?: Readonly<Record<string, readonly string[]>>
  /** Only for a unit that declares a table: amplitudes of harmonics 1..n, or [harmonic number, amplitude] pairs. */
  readonly harmonics?: readonly (number | readonly [number, number])[]
  /** Only for a unit that declares one: the id of its long data, `as-` and 16 hex figures, or `builtin:<name>`. */
  readonly asset?: string
}

/**
 * `from`: a unit name (its first output) or one of the built-in sources: `sourceKind` of generated/wire.ts but `wire`.
 * `to`: `unit.param`, or `voice.pitch` (semitones); in a kit the pitch of one pad, `<pad>.pitch`.
 * `amount`: octaves for a parameter with a log curve, else the parameter's own unit, at source value 1.
 */
export interface PatchMod {
  /** Makes the amount a parameter of the sound, `amount.<id>`. Matches /^[a-z][a-z0-9]{0,15}$/, once in a patch. */
  readonly id?: string
  readonly from: string
  readonly to: string
  readonly amount: number
}

/** A knob group in the face of a patch; parameters are named `unit.param`. */
export interface PatchGroup {
  readonly label: string
  readonly params: readonly string[]
}

/** One sound of a kit, on keys of its own. Its units are those that its outputs hear; no two pads share one. */
export interface PatchPad {
  /** Names the pad in value keys: `<id>.level`, `<id>.pan`, `<id>.tune`. As names of units, and of none of them. */
  readonly id: string
  readonly name: string
  /** The lowest and highest key, MIDI notes 0..127; no two pads share one. */
  readonly low: number
  readonly high: number
  /** The note that its units hear at `low`; each key above is a semitone higher. */
  readonly key: number
  readonly out: { readonly left: string; readonly right: string }
  /** Parameter id of generated/pads.ts -> plain value. */
  readonly values?: Readonly<Record<string, PlainValue>>
  /** 1..31: a stroke stops the other pads of its group. Absent: none. */
  readonly choke?: number
  /** It sounds to its end, however short the note. */
  readonly oneShot: boolean
  /** 1..16: more strokes than this take the place of older ones. */
  readonly voices: number
}

/** With `pads` it is a kit: `out` then says what its first pad says, and `voices.max` counts the voices of all pads together. */
export interface Patch {
  readonly version: 1
  /** Unit name -> unit. Names match /^[a-z][a-z0-9]{0,15}$/; `voice` and `amount` are reserved. At most 256, in a kit 256 a pad. */
  readonly units: Readonly<Record<string, PatchUnit>>
  readonly mods: readonly PatchMod[]
  /** The unit outputs that leave the voice. */
  readonly out: { readonly left: string; readonly right: string }
  readonly voices: {
    readonly max: number
    readonly mode: 'poly' | 'mono' | 'legato'
    readonly glideSeconds: number
  }
  readonly groups: readonly PatchGroup[]
  readonly pads?: readonly PatchPad[]
}

/** One processor in a chain. `type` is an effect id of generated/effects.ts. */
export interface Device {
  readonly id: string
  readonly kind: 'instrument' | 'effect'
  readonly type: string
  readonly values: Readonly<Record<string, PlainValue>>
  readonly bypass: boolean
  readonly presetId?: string
  /** Only for an effect that declares one: the id of its long data. */
  readonly asset?: string
}

export const ROLES = [
  'PAD',
  'BASS',
  'LEAD',
  'KEYS',
  'PLUCK',
  'BELL',
  'STRINGS',
  'DRUM',
  'FX',
  'ARP',
  'CHORD',
  'TEXTURE',
  'DRONE',
  'GUITAR',
  'BRASS',
  'VOX',
] as const
export type Role = (typeof ROLES)[number]

/** What the source file said about one value, for tooltips such as "Cutoff 800 Hz (file: 800Hz)". */
export interface FoundValue {
  readonly pointer: string
  readonly text: string
}

export interface PresetSource {
  readonly kind: 'factory' | 'import' | 'user'
  /** Names of the files that held this sound (an import may be found in several). */
  readonly files: readonly string[]
  readonly pointer?: string
  /** Value key (`filter.cutoff`, or `fx1.mix` for the first effect) -> what the file said. */
  readonly found?: Readonly<Record<string, FoundValue>>
}

export interface Preset {
  readonly version: 1
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly tags: readonly string[]
  readonly description: string
  /** A patch id of the factory library, or the patch itself. */
  readonly patch: string | Patch
  /** `unit.param` -> plain value, over the patch's own values. */
  readonly values: Readonly<Record<string, PlainValue>>
  readonly effects: readonly Device[]
  /** Value key -> [low, high] that the source allowed; the midpoint plays. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>
  /** Why this sound only approximates its source; absent or empty: it does not. */
  readonly approximated?: readonly string[]
  readonly source: PresetSource
}
