// What belongs to the user at this machine and not to the document: selection, panels, playing (main thread). Saved, never undone.

import { MAX_CPU, MAX_LATENCY_MS } from '../params/budget.ts'
import { z } from '../params/schema.ts'
import { DEFAULT_ARRANGEMENT, readArrangement, type ArrangementView } from './arrangement.ts'
import { countInBars, metronomeGainDb } from './fields.ts'

export type Theme = 'dark' | 'light' | 'system'
export const BOTTOM_TABS = ['devices', 'keyboard'] as const
export type BottomTab = (typeof BOTTOM_TABS)[number]

/** Whether an input's channels carry a note each: on, off, or as the controller says by itself. */
export const MPE_MODES = ['auto', 'on', 'off'] as const
export type MpeMode = (typeof MPE_MODES)[number]

export interface Session {
  readonly theme: Theme
  /** The sound that the audition strip holds; null before the first. */
  readonly selectedPresetId: string | null
  /** Panel id -> open. */
  readonly panels: Readonly<Record<string, boolean>>
  /** What the lower panel shows. */
  readonly bottomTab: BottomTab
  readonly typing: boolean
  /** Octave of the lower row of the typing keyboard: its first key is C of this octave, C4 = note 60. */
  readonly octave: number
  /** 0..1, of typed and clicked notes. */
  readonly velocity: number
  readonly hold: boolean
  /** Single-letter shortcuts work. */
  readonly shortcuts: boolean
  /** By name of the MIDI input; auto where it is absent. */
  readonly mpe: Readonly<Record<string, MpeMode>>
  readonly levelMatch: boolean
  /** Share of the audio thread's time, 0..1, from which on quality is given up. */
  readonly maxCpu: number
  /** Milliseconds that an effect may delay. */
  readonly maxLatencyMs: number
  /** The track, or return, whose devices are shown. */
  readonly selectedTrackId: string | null
  /** What keys and MIDI play: the selected track, where there is one, or the sound on the audition strip. */
  readonly keysPlay: 'track' | 'sound'
  readonly selectedClipId: string | null
  readonly arrangement: ArrangementView
  readonly metronome: { readonly on: boolean; readonly gainDb: number }
  /** Bars that are counted before playing starts. */
  readonly countInBars: number
}

export const OCTAVES = { min: 0, max: 7 } as const

export const DEFAULT_SESSION: Session = {
  theme: 'system',
  selectedPresetId: null,
  panels: {},
  bottomTab: 'devices',
  typing: true,
  octave: 3,
  velocity: 0.8,
  hold: false,
  shortcuts: true,
  mpe: {},
  levelMatch: true,
  maxCpu: MAX_CPU.init,
  maxLatencyMs: MAX_LATENCY_MS.init,
  selectedTrackId: null,
  keysPlay: 'sound',
  selectedClipId: null,
  arrangement: DEFAULT_ARRANGEMENT,
  metronome: { on: false, gainDb: -12 },
  countInBars: 0,
}

/** Name of a MIDI input, as the browser gives it. */
export const inputName = z.string().check(z.maxLength(200))

const isMetronome = (value: unknown): boolean =>
  z.safeParse(z.strictObject({ on: z.boolean(), gainDb: metronomeGainDb }), value).success

const within =
  ({ min, max }: { readonly min: number; readonly max: number }) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value >= min && value <= max

const THEMES: readonly unknown[] = ['dark', 'light', 'system']

/** A stored session; every member that is missing or of another type takes its default. Hold never survives a reload. */
export function readSession(stored: unknown): Session {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_SESSION
  const from = stored as Record<string, unknown>
  const pick = <K extends keyof Session>(key: K, valid: (value: unknown) => boolean): Session[K] =>
    valid(from[key]) ? (from[key] as Session[K]) : DEFAULT_SESSION[key]
  const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
  return {
    theme: pick('theme', (value) => THEMES.includes(value)),
    selectedPresetId: pick('selectedPresetId', (value) => typeof value === 'string'),
    panels: pick(
      'panels',
      (value) => typeof value === 'object' && value !== null && Object.values(value).every(isBoolean),
    ),
    bottomTab: pick('bottomTab', (value) => BOTTOM_TABS.includes(value as BottomTab)),
    typing: pick('typing', isBoolean),
    octave: pick(
      'octave',
      (value) => Number.isInteger(value) && Number(value) >= OCTAVES.min && Number(value) <= OCTAVES.max,
    ),
    velocity: pick('velocity', (value) => typeof value === 'number' && value > 0 && value <= 1),
    hold: false,
    shortcuts: pick('shortcuts', isBoolean),
    mpe: pick('mpe', (value) => z.safeParse(z.record(inputName, z.enum(MPE_MODES)), value).success),
    levelMatch: pick('levelMatch', isBoolean),
    maxCpu: pick('maxCpu', within(MAX_CPU)),
    maxLatencyMs: pick('maxLatencyMs', within(MAX_LATENCY_MS)),
    keysPlay: pick('keysPlay', (value) => value === 'track' || value === 'sound'),
    selectedTrackId: pick('selectedTrackId', (value) => typeof value === 'string'),
    selectedClipId: pick('selectedClipId', (value) => typeof value === 'string'),
    arrangement: readArrangement(from.arrangement),
    metronome: pick('metronome', isMetronome),
    countInBars: pick('countInBars', (value) => z.safeParse(countInBars, value).success),
  }
}
