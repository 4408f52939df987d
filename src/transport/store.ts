// The transport store (UI, search worker, analyzer worker): the same module in each, over the engine's slot in shared memory.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { slotReader, type SlotReader } from '../engine/wire/seqlock.ts'
import { enums } from '../generated/wire.ts'
import { decodePlayhead, decodeTransport, isWritten, transportWords } from './decode.ts'
import type { Playhead, TransportState } from './state.ts'

/** Where an engine writes its transport; can be posted to a worker. Each rebuild makes another. */
export interface TransportSource {
  readonly generation: number
  readonly buffer: ArrayBufferLike
  /** Address of the engine's first slot. */
  readonly slots: number
  readonly sampleRate: number
  /** Frames per call of the host. */
  readonly blockFrames: number
}

export interface TransportMetrics {
  readonly generation: number | null
  readonly sampleRate: number | null
  readonly blockFrames: number | null
  readonly subscribers: number
  /** What the timer is set to. */
  readonly rateHz: number
  /** Updates per second over about the last second; null while nobody watches or too little was seen. */
  readonly actualRateHz: number | null
  /** Readings published since the store was made. */
  readonly updates: number
  /** Readings given up because the engine was writing in every try; the state before stays. */
  readonly busy: number
}

export interface TransportStore extends Pick<StoreApi<TransportState>, 'getState' | 'getInitialState' | 'subscribe'> {
  /** Null: no engine; the last state stays. */
  setSource(source: TransportSource | null): void
  /** Reads the slot now, publishes and returns it. */
  refresh(): TransportState
  /** For painters, once per animation frame: reads the slot itself and allocates nothing. False: nothing known, `into` is unchanged. */
  readPlayhead(into: Playhead): boolean
  metrics(): TransportMetrics
}

export interface TransportStoreOptions {
  readonly rateHz?: number
  /** Replaced in tests. */
  readonly nowMs?: () => number
}

/** An engine that has not spoken yet: 4/4 at rest, at its built-in tempo. */
const AT_REST: TransportState = {
  playing: false,
  status: 'stopped',
  samplePos: 0,
  timeSeconds: 0,
  timeFormatted: '00:00.000',
  frameCount: 0,
  bpm: 120,
  beatPos: 0,
  bar: 1,
  beat: 1,
  tick: 0,
  numerator: 4,
  denominator: 4,
  loopEnabled: false,
  loopStartBeat: 0,
  loopEndBeat: 0,
  metronome: false,
  countInLeft: 0,
  timestampMs: 0,
}

const RATE_WINDOW_MS = 1000

export function createTransportStore({
  rateHz = 30,
  nowMs = () => performance.now(),
}: TransportStoreOptions = {}): TransportStore {
  const store = createStore<TransportState>(() => AT_REST)
  const reading = transportWords()
  /** The painters' own words: they read between two updates. */
  const painted = transportWords()
  let source: TransportSource | null = null
  let slot: SlotReader | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let subscribers = 0
  let updates = 0
  let busy = 0
  let windowStartMs = 0
  let windowUpdates = 0
  let actualRateHz: number | null = null

  const refresh = (): TransportState => {
    if (!source || !slot) return store.getState()
    if (!slot.read(reading.words)) busy++
    else if (isWritten(reading)) {
      updates++
      store.setState(decodeTransport(reading, source.sampleRate, performance.timeOrigin + nowMs()), true)
    }
    return store.getState()
  }
  const measureRate = (): void => {
    windowUpdates++
    const elapsedMs = nowMs() - windowStartMs
    if (elapsedMs < RATE_WINDOW_MS) return
    actualRateHz = (windowUpdates * 1000) / elapsedMs
    windowStartMs += elapsedMs
    windowUpdates = 0
  }
  const tick = (): void => {
    const before = updates
    refresh()
    if (updates > before) measureRate()
  }
  const start = (): void => {
    windowStartMs = nowMs()
    windowUpdates = 0
    timer = setInterval(tick, 1000 / rateHz)
  }
  const stop = (): void => {
    clearInterval(timer)
    actualRateHz = null
  }

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe(listener) {
      const leave = store.subscribe(listener)
      if (subscribers++ === 0) start()
      let left = false
      return () => {
        if (left) return
        left = true
        leave()
        if (--subscribers === 0) stop()
      }
    },
    setSource(next) {
      source = next
      slot = next && slotReader(next.buffer, next.slots, enums.slotId.transport)
      refresh()
    },
    refresh,
    readPlayhead(into) {
      if (!slot?.read(painted.words) || !isWritten(painted)) return false
      decodePlayhead(painted, into)
      return true
    },
    metrics: () => ({
      generation: source?.generation ?? null,
      sampleRate: source?.sampleRate ?? null,
      blockFrames: source?.blockFrames ?? null,
      subscribers,
      rateHz,
      actualRateHz,
      updates,
      busy,
    }),
  }
}
