// The demo song's plan (Node): sections with their chords, and which track plays which part in which section.
import type { Colour } from '../../compile/song.ts'
import * as parts from './parts.ts'
import { chords, type Chord, type Struck } from './score.ts'

export const NAME = 'Slow tide'
export const BPM = 100
export const KEY = { tonic: 2, scale: 'dorian' } as const

export interface Section {
  readonly name: string
  readonly line: readonly Chord[]
}

/** Eight bars each; the last chord leads back to the first, so that the song can go round. */
export const SECTIONS = [
  { name: 'Dawn', line: chords('Dm9 G13 Cmaj9 Am9 Dm9 G13 Cmaj9 A7sus') },
  { name: 'Verse', line: chords('Dm9 Am9 Fmaj9 G6 Dm9 Am9 Fmaj9 G6') },
  { name: 'Chorus', line: chords('Fmaj9 G6 Am9 Em7 Fmaj9 G6 Cmaj9 A7sus') },
  { name: 'Ebb', line: chords('Dm9 G13 Cmaj9 Am9 Dm9 G13 A7sus A7b9') },
] as const satisfies readonly Section[]

type SectionName = (typeof SECTIONS)[number]['name']

export interface Voice {
  readonly name: string
  readonly presetId: string
  readonly colour: Colour
  readonly gainDb: number
  readonly pan: number
  /** Return name -> dB. */
  readonly sends?: Readonly<Record<string, number>>
  /** Value key -> what this song changes in the sound. */
  readonly values?: Readonly<Record<string, number>>
  /** `gain` or a value key -> breakpoints in the song's beats. */
  readonly moves?: Readonly<Record<string, readonly (readonly [beat: number, value: number])[]>>
  readonly plays: Partial<Record<SectionName, (line: readonly Chord[]) => Struck[]>>
}

export const VOICES: readonly Voice[] = [
  {
    name: 'Kick',
    presetId: 'felt-kick',
    colour: 6,
    gainDb: -2,
    pan: 0,
    plays: { Verse: parts.kickPlain, Chorus: parts.kickDriving },
  },
  {
    name: 'Snare',
    presetId: 'paper-snare',
    colour: 6,
    gainDb: -0.4,
    pan: 0.04,
    sends: { Room: -18 },
    plays: { Verse: parts.snare, Chorus: parts.snare },
  },
  {
    name: 'Hats',
    presetId: 'tin-hat',
    colour: 6,
    gainDb: -15.5,
    pan: -0.18,
    plays: { Verse: parts.hatEighths, Chorus: parts.hatSixteenths, Ebb: parts.hatEighths },
  },
  {
    name: 'Bass',
    presetId: 'slate-bass',
    colour: 1,
    gainDb: 3.5,
    pan: 0,
    plays: { Verse: parts.bassWalking, Chorus: parts.bassWalking, Ebb: parts.bassHeld },
  },
  {
    name: 'Keys',
    presetId: 'tine-piano',
    colour: 5,
    gainDb: -7.5,
    pan: 0.2,
    sends: { Room: -16 },
    plays: { Dawn: parts.keysBroken, Verse: parts.keysComping, Chorus: parts.keysComping },
  },
  {
    name: 'Pad',
    presetId: 'harbour-pad',
    colour: 7,
    gainDb: -7.5,
    pan: 0,
    sends: { Room: -14 },
    moves: {
      'filter.cutoff': [
        [0, 700],
        [30, 2600],
        [32, 900],
        [60, 1600],
        [64, 2400],
        [94, 2400],
        [104, 1100],
        [127, 700],
      ],
    },
    plays: { Dawn: parts.pad, Verse: parts.pad, Chorus: parts.pad, Ebb: parts.pad },
  },
  {
    name: 'Arp',
    presetId: 'beacon-arp',
    colour: 2,
    gainDb: -11.5,
    pan: -0.3,
    sends: { Echo: -12, Room: -16 },
    plays: { Dawn: parts.arp, Chorus: parts.arp, Ebb: parts.arp },
  },
  {
    name: 'Lead',
    presetId: 'whistle-lead',
    colour: 3,
    gainDb: -4.5,
    pan: 0.08,
    sends: { Echo: -14, Room: -15 },
    plays: { Chorus: parts.leadTheme, Ebb: parts.leadAnswer },
  },
]
