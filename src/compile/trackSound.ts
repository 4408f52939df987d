// The sound of a track: its instrument and its effects as a program (any thread; pure).
import type { Patch } from '../presets/model.ts'
import type { ProgramInput } from './program.ts'
import type { Track, TrackDevice } from './song.ts'

/** An instrument that carries its patch. */
export type Instrument = TrackDevice & { readonly patch: Patch }

export interface TrackSound {
  readonly instrument: Instrument | null
  /** In chain order. */
  readonly effects: readonly TrackDevice[]
}

export function trackSound({ devices }: Pick<Track, 'devices'>): TrackSound {
  const [first] = devices
  const instrument = first?.kind === 'instrument' && first.patch ? { ...first, patch: first.patch } : null
  return { instrument, effects: devices.filter(({ kind }) => kind === 'effect') }
}

/** What the compiler takes; null for a track without an instrument: nothing sounds there. */
export function trackProgram(track: Pick<Track, 'devices'>): ProgramInput | null {
  const { instrument, effects } = trackSound(track)
  if (!instrument) return null
  return { patch: instrument.patch, values: instrument.values, effects, gainDb: instrument.gainDb ?? 0 }
}
