// Notices a stalled audio thread or control worker (main thread); decides, never acts by itself.

export interface Pulse {
  /** Calls of process, counted by the worklet. */
  readonly heartbeat: number
  /** AudioContext.currentTime in seconds. */
  readonly contextTime: number
  readonly audioRunning: boolean
  /** Beats of the control worker's own timer. */
  readonly controlBeat: number
}

/** `resume`: ask the context again; `rebuild-node`: the processor is dead; `rebuild-context`: the audio thread itself stands still. */
export type Verdict = 'fine' | 'resume' | 'rebuild-node' | 'rebuild-context' | 'rebuild-control'

export const CHECK_MS = 250
const RESUME_AFTER_MS = 500
const REBUILD_AFTER_MS = 2000
/** A late check (sleeping laptop, frozen tab, busy page) counts as one ordinary interval: only checks that ran can accuse. */
const LONGEST_STEP_MS = 2 * CHECK_MS

export interface Watchdog {
  /** Call every CHECK_MS with what was read just now. */
  check(pulse: Pulse, nowMs: number): Verdict
  /** Forgets what it saw; after a rebuild. */
  reset(): void
}

export function createWatchdog(): Watchdog {
  let before: Pulse | null = null
  let beforeMs = 0
  let audioStillMs = 0
  let contextStillMs = 0
  let controlStillMs = 0
  return {
    reset() {
      before = null
      audioStillMs = contextStillMs = controlStillMs = 0
    },
    check(pulse, nowMs) {
      const step = Math.min(LONGEST_STEP_MS, nowMs - beforeMs)
      const last = before
      before = pulse
      beforeMs = nowMs
      if (!last) return 'fine'
      controlStillMs = pulse.controlBeat !== last.controlBeat ? 0 : controlStillMs + step
      if (!pulse.audioRunning || !last.audioRunning) audioStillMs = contextStillMs = 0
      else {
        audioStillMs = pulse.heartbeat !== last.heartbeat ? 0 : audioStillMs + step
        contextStillMs = pulse.contextTime !== last.contextTime ? 0 : contextStillMs + step
      }
      if (audioStillMs >= REBUILD_AFTER_MS)
        return contextStillMs >= REBUILD_AFTER_MS ? 'rebuild-context' : 'rebuild-node'
      if (controlStillMs >= REBUILD_AFTER_MS) return 'rebuild-control'
      return audioStillMs >= RESUME_AFTER_MS ? 'resume' : 'fine'
    },
  }
}
