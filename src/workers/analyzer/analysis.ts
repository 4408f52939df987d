// The streams that somebody listens to, fed from the engine's taps and computed when due (analyzer worker, and tests in Node).
import { tapFeed, type Feed } from '../../engine/wire/feed.ts'
import { STREAM_SPECS } from '../../engine/wire/streams.ts'
import { createTriple, tripleWriter, type Stamp, type TripleWriter } from '../../engine/wire/triple.ts'
import type { StreamSpec } from '../../generated/specs.ts'
import { SoundloomError } from '../../params/error.ts'
import { createTransportStore } from '../../transport/store.ts'
import { createFeature, featureCounts, isFeature } from './features.ts'
import { createStreamInstance, type EngineStream } from './instance.ts'
import type { AnalyzerEngine, Listening, StreamOrder, StreamResults } from './protocol.ts'

/** This early is on time: timers are not exact. */
const EARLY_MS = 4

export interface Analysis {
  attach(engine: AnalyzerEngine | null): void
  open(order: StreamOrder): StreamResults
  change(id: number, at: Listening | null, rateHz: number): void
  close(id: number): void
  /** Reads the taps that somebody listens to and computes what is due. */
  turn(nowMs: number): void
  /** How often `turn` is wanted; 0: nobody listens. */
  rateHz(): number
}

interface Open {
  readonly spec: StreamSpec
  readonly options: Float32Array
  readonly results: TripleWriter
  at: Listening | null
  rateHz: number
  /** Null: no engine. */
  stream: EngineStream | null
  dueMs: number
  /** Frames came since the last result. */
  fed: boolean
  spentMs: number
}

/** `computed` is called once for each result of any stream. */
export function createAnalysis(module: WebAssembly.Module, computed: () => void): Analysis {
  const instance = createStreamInstance(module)
  const position = createTransportStore()
  const open = new Map<number, Open>()
  let engine: AnalyzerEngine | null = null
  let feeds: readonly Feed[] = []
  const stamp: Stamp = { generation: 0, engineFrame: 0, songFrame: 0 }

  const make = ({ spec, options }: Pick<Open, 'spec' | 'options'>): EngineStream | null => {
    if (!engine) return null
    const { sampleRate } = engine
    return isFeature(spec)
      ? createFeature(spec, options, sampleRate, instance.input)
      : instance.create(spec, options, sampleRate)
  }
  const renew = (one: Open): void => {
    one.stream?.free()
    one.stream = make(one)
    one.fed = false
  }
  /** Where the song stands at an engine frame near the present one. */
  const songFrameAt = (engineFrame: number): number => {
    const { playing, samplePos, frameCount } = position.getState()
    return playing ? Math.max(0, samplePos + engineFrame - frameCount) : samplePos
  }
  const compute = (one: Open): void => {
    const begun = performance.now()
    one.results.values.set(one.stream!.read())
    one.results.publish(stamp, (one.spentMs + performance.now() - begun) * 1000)
    one.fed = false
    one.spentMs = 0
    computed()
  }
  const turnTap = (feed: Feed, listeners: readonly Open[], nowMs: number): void => {
    const strip = listeners[0]!.at!.strip
    const push = (frames: number, engineFrame: number): void => {
      stamp.engineFrame = engineFrame
      for (const one of listeners) {
        const begun = performance.now()
        one.stream!.push(frames)
        one.spentMs += performance.now() - begun
        one.fed = true
      }
    }
    // No result spans a gap.
    const lost = feed.read(strip, instance.input, push, () => {
      for (const one of listeners) if (one.fed || one.stream!.ready()) renew(one)
    })
    stamp.songFrame = songFrameAt(stamp.engineFrame)
    for (const one of listeners) {
      if (lost > 0) one.results.addDropped(lost)
      if (!one.fed || nowMs < one.dueMs - EARLY_MS || !one.stream!.ready()) continue
      const next = one.dueMs + 1000 / one.rateHz
      one.dueMs = next > nowMs ? next : nowMs + 1000 / one.rateHz
      compute(one)
    }
  }

  return {
    attach(next) {
      engine = next
      feeds = next ? next.taps.map((address) => tapFeed(next.buffer, address)) : []
      position.setSource(next)
      stamp.generation = next?.generation ?? 0
      for (const one of open.values()) renew(one)
    },
    open({ id, type, options, at, rateHz }) {
      const spec = STREAM_SPECS.get(type)
      if (!spec)
        throw new SoundloomError('invalid-argument', `There is no stream ${type}`, { field: 'type', value: type })
      const counts = isFeature(spec) ? featureCounts(spec) : instance.counts(spec, options)
      const buffer = createTriple(counts)
      const results = tripleWriter(buffer, counts)
      const stream = make({ spec, options })
      open.set(id, { spec, options, results, at, rateHz, stream, dueMs: 0, fed: false, spentMs: 0 })
      return { buffer, counts }
    },
    change(id, at, rateHz) {
      const one = open.get(id)
      if (one) Object.assign(one, { at, rateHz })
    },
    close(id) {
      open.get(id)?.stream?.free()
      open.delete(id)
    },
    turn(nowMs) {
      if (!engine) return
      position.refresh()
      feeds.forEach((feed, tap) => {
        const listeners = [...open.values()].filter((one) => one.stream && one.at?.tap === tap)
        if (listeners.length > 0) turnTap(feed, listeners, nowMs)
      })
    },
    rateHz: () => Math.max(0, ...[...open.values()].map((one) => one.rateHz)),
  }
}
