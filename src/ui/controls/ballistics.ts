// How a level meter moves: rises at once, falls 20 dB per second, holds its peak 2 s (any thread).
const FALL_DB_PER_SECOND = 20
const HOLD_MS = 2000
export const FLOOR_DB = -60

export interface MeterState {
  rmsDb: number
  peakDb: number
  peakSetMs: number
  /** A sample at or above full scale was seen; stays until cleared. */
  clipped: boolean
}

export const newMeterState = (): MeterState => ({ rmsDb: FLOOR_DB, peakDb: FLOOR_DB, peakSetMs: 0, clipped: false })

export const toDb = (amplitude: number): number => Math.max(FLOOR_DB, 20 * Math.log10(Math.max(amplitude, 1e-6)))

/** Moves a meter on to `nowMs`; amplitudes are linear, 1 = 0 dBFS. True: its picture changes. */
export function advance(state: MeterState, rms: number, peak: number, elapsedMs: number, nowMs: number): boolean {
  const fallDb = (FALL_DB_PER_SECOND * elapsedMs) / 1000
  const { rmsDb, peakDb, clipped } = state
  state.rmsDb = Math.max(toDb(rms), Math.max(FLOOR_DB, rmsDb - fallDb))
  const newPeakDb = toDb(peak)
  if (newPeakDb >= peakDb) {
    state.peakDb = newPeakDb
    state.peakSetMs = nowMs
  } else if (nowMs - state.peakSetMs > HOLD_MS) {
    state.peakDb = Math.max(newPeakDb, peakDb - fallDb)
  }
  if (peak >= 1) state.clipped = true
  return state.rmsDb !== rmsDb || state.peakDb !== peakDb || state.clipped !== clipped
}
