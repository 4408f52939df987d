// What the song's transport is told (types only, any thread).
import type { TransportState } from './state.ts'

/** The song's transport. Calls return at once; the engine does them in order. Ticks are whole and not negative. */
export interface TransportControls {
  play(countInBars: number): void
  pause(): void
  stop(): void
  seek(position: number, unit: 'frames' | 'ticks'): void
  setMetronome(on: boolean, gainDb: number): void
  /** What the engine holds now. */
  state(): TransportState
  /** What the engine holds after every call before this one; calls not done within a second are not waited for. */
  settled(): Promise<TransportState>
}
