// The governor's loop (main thread): measures the audio thread's load, decides, tells the engine, keeps the events that it stamped.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { constants, enums } from '../../generated/wire.ts'
import { MAX_CPU } from '../../params/budget.ts'
import type { Generation } from '../generation.ts'
import { leaseSlots, type LeasedSlot } from '../lease.ts'
import { createBlockTimes, type BlockTimes } from '../timing.ts'
import { decide, startGovernor } from './decide.ts'

const { loadWord, slotId } = enums
export const GOVERN_MS = 100
const EVENTS = 50
/** Timed calls that a reading needs: one in 16 is timed. */
const LEAST_SAMPLES = 2
/** Without a clock in the audio thread for so long, the estimate stands for what was measured. */
const NO_CLOCK_MS = 3000
/** From this share of the budget on, the estimates of what costs most are kept coming. */
const WATCH_SHARE = 0.8

/** The device that was estimated to cost most; `share` of the audio thread's time. `strip` as in the engine, device 0 is the instrument. */
export interface Dearest {
  readonly strip: number
  readonly device: number
  readonly share: number
}

/** A level that the engine took, at the frame from which it holds. */
export interface GovernorEvent {
  readonly id: number
  readonly generation: number
  readonly frame: number
  readonly level: number
  readonly before: number
  /** What was measured when it was decided; null: it was not for a load. */
  readonly load: number | null
  readonly dearest: Dearest | null
}

export interface GovernorView {
  /** Level that the engine holds; 0 is full quality. */
  readonly level: number
  readonly maxCpu: number
  /** Newest first. */
  readonly events: readonly GovernorEvent[]
}

export interface Governor {
  readonly store: StoreApi<GovernorView>
  /** Share of the time of the audio thread's calls that may be used. */
  setMaxCpu(maxCpu: number): void
  /** Full quality without any change until what it returns is called: a take that is compared with a render. */
  hold(): () => void
  /** Call every GOVERN_MS. */
  tick(nowMs: number): void
  /** The engine took a level. */
  governed(level: number, frame: number): void
}

interface Watched {
  readonly of: Generation
  readonly times: (leastSamples?: number) => BlockTimes | null
  readonly estimates: LeasedSlot
}

interface PlaybackStats {
  readonly underrunEvents: number
}

export function createGovernor(generation: () => Generation | null): Governor {
  const store = createStore<GovernorView>(() => ({ level: 0, maxCpu: MAX_CPU.init, events: [] }))
  const words = new Int32Array(Object.keys(loadWord).length)
  const floats = new Float32Array(words.buffer)
  let watched: Watched | null = null
  let state = startGovernor()
  let readMs = 0
  /** What the engine was last told. */
  let told = 0
  let holds = 0
  let underruns = 0
  let count = 0
  let why: { readonly load: number; readonly dearest: Dearest | null } | null = null

  const follow = (nowMs: number): Watched | null => {
    const of = generation()
    if (watched?.of === of) return watched
    // A new engine begins at full quality.
    state = startGovernor()
    told = 0
    readMs = nowMs
    store.setState({ level: 0 })
    if (!of) return (watched = null)
    const estimates = leaseSlots(of.wire)(slotId.load)
    return (watched = { of, times: createBlockTimes(of.stats), estimates })
  }
  const blockNs = ({ of }: Watched): number => (constants.microBlock / of.context.sampleRate) * 1e9
  const estimate = (from: Watched): { readonly share: number; readonly dearest: Dearest | null } | null => {
    from.estimates.renew()
    if (!from.estimates.reader.read(words)) return null
    const totalNs = floats[loadWord.totalNs]!
    const deviceNs = floats[loadWord.deviceNs]!
    const dearest = { strip: words[loadWord.strip]!, device: words[loadWord.device]!, share: deviceNs / totalNs }
    return { share: totalNs / blockNs(from), dearest: deviceNs > 0 ? dearest : null }
  }
  /** False: the engine's ring is full, and it is to be told again. */
  const send = (level: number, reason: typeof why): boolean => {
    if (!watched?.of.commands.governor(level)) return false
    told = level
    why = reason
    return true
  }

  const letGo = (): void => {
    if (told !== 0) send(0, null)
  }

  return {
    store,
    setMaxCpu: (maxCpu) => store.setState({ maxCpu }),
    hold() {
      holds++
      state = startGovernor()
      letGo()
      let held = true
      return () => {
        if (held) holds--
        held = false
      }
    },
    tick(nowMs) {
      const now = follow(nowMs)
      if (!now || now.of.context.state !== 'running' || holds > 0) {
        if (holds > 0) letGo()
        readMs = nowMs
        return
      }
      const { maxCpu } = store.getState()
      const times = now.times(LEAST_SAMPLES)
      const waitedMs = nowMs - readMs
      if (!times && waitedMs < NO_CLOCK_MS) return
      const calls = (now.of.blockFrames / now.of.context.sampleRate) * 1e6
      const near = times === null || times.meanUs / calls > WATCH_SHARE * maxCpu || state.level > 0
      const costs = near ? estimate(now) : null
      let load = times ? times.meanUs / calls : (costs?.share ?? 0)
      const stats = (now.of.context as AudioContext & { playbackStats?: PlaybackStats }).playbackStats
      const events = stats?.underrunEvents ?? 0
      // Sound was lost while much of the time was used: the mean hides the calls that took too long.
      if (events > underruns && load > WATCH_SHARE * maxCpu) load = Math.max(load, maxCpu * 1.01)
      underruns = events
      readMs = nowMs
      const next = decide(state, { load, elapsedMs: waitedMs }, maxCpu)
      const dearest = costs?.dearest ?? null
      const reason = { load, dearest: dearest && { ...dearest, share: dearest.share * load } }
      // What the engine could not be told is decided again.
      if (next.level === state.level || send(next.level, reason)) state = next
    },
    governed(level, frame) {
      const { level: before, events } = store.getState()
      const event: GovernorEvent = {
        id: ++count,
        generation: watched?.of.number ?? 0,
        frame,
        level,
        before,
        load: why?.load ?? null,
        dearest: why?.dearest ?? null,
      }
      why = null
      store.setState({ level, events: [event, ...events].slice(0, EVENTS) })
    },
  }
}

/** As long as the page lives. */
export function runGovernor(generation: () => Generation | null): Governor {
  const governor = createGovernor(generation)
  setInterval(() => governor.tick(performance.now()), GOVERN_MS)
  return governor
}
