// Live readings for the display (main thread): read by whoever paints, once per animation frame, never stored in a store.

/** Linear amplitudes, 1 = 0 dBFS; the highest of the last few frames of the display. */
export interface LevelReading {
  peakLeft: number
  peakRight: number
  rmsLeft: number
  rmsRight: number
}

/** A number: that strip of the engine, after its fader. */
export type LevelSource = 'master' | 'audition' | number

/** Slow figures; null where nothing is known. */
export interface EngineFigures {
  readonly voices: number | null
  readonly groups: number | null
  readonly maxVoices: number | null
  /** Share of the time that one block may take, 0..1, mean over about a second. */
  readonly cpuUsage: number | null
  readonly dropouts: number | null
  readonly dropoutSeconds: number | null
  readonly outputLatencySeconds: number | null
  /** What the limiter's lookahead delays, on or off. */
  readonly masterLatencySeconds: number | null
}

export interface LiveReadings {
  /** Writes into `into`; false: no engine runs, `into` is unchanged. */
  readLevels(source: LevelSource, into: LevelReading): boolean
  /** What an effect (from 1) of a strip takes off at most lately in dB, 0 or less; null: it has none, or no engine runs. */
  readReduction(of: { readonly strip: number; readonly effect: number } | null): number | null
  figures(): EngineFigures
}
