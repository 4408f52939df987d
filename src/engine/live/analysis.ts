// The page's side of the analyzer (main thread): one computation for all who ask for the same, none when nobody does.
import type { AnalyzerClient } from '../../workers/analyzer/client.ts'
import type { AnalyzerEngine, Listening } from '../../workers/analyzer/protocol.ts'
import { LEASE_SECONDS, Shared } from '../../workers/analyzer/shared.ts'
import type { StreamSpec } from '../../generated/specs.ts'
import { constants } from '../../generated/wire.ts'
import { SoundloomError } from '../../params/error.ts'
import type { TransportStore } from '../../transport/store.ts'
import { tapFeed, type Feed } from '../wire/feed.ts'
import { MOST_STREAMS, STREAM_SPECS, streamOptions, type StreamValues } from '../wire/streams.ts'
import { tripleReader, type TripleReader } from '../wire/triple.ts'
import { listStreams, resultOf } from './results.ts'
import type { LiveStreams, StreamRequest, Watched } from './streams.ts'
import { createTaps } from './taps.ts'
import { createTransportStream, TRANSPORT } from './transportStream.ts'

const RATE_HZ = { min: 0.1, max: 120, init: 30 } as const

export interface AnalysisContext {
  readonly module: () => Promise<WebAssembly.Module>
  readonly startWorker: () => AnalyzerClient
  readonly pointTap: (tap: number, strip: number, on: boolean) => void
  /** Of the document. */
  readonly trackIds: () => readonly string[]
  /** Null: the engine has no strip for it (yet). */
  readonly trackStrip: (trackId: string) => number | null
  readonly position: TransportStore
  /** The analyzer cannot go on. */
  readonly failed: (message: string) => void
}

export interface LiveAnalysis extends LiveStreams {
  /** The engine of each generation; the same one again changes nothing. */
  setEngine(engine: AnalyzerEngine | null): void
  /** Tracks came, went or have other strips. Without being told it is noticed within a second. */
  tracksMoved(): void
  /** The module is another. */
  restart(): void
}

interface Entry {
  readonly id: number
  readonly key: string
  readonly spec: StreamSpec
  readonly source: string
  readonly given: StreamValues
  readonly options: Float32Array
  readonly listeners: Set<{ readonly rateHz: number }>
  readonly tap: number
  /** As the worker knows it. */
  strip: number | null
  reader: TripleReader | null
  /** Counts results taken by anyone on this thread. */
  taken: number
  seen: { atMs: number; computed: number } | null
  actualRateHz: number | null
}

const TRACK = 'track:'
const MOST_RESTARTS = 3
const EMPTY = new Float32Array(0)

export function createLiveAnalysis(context: AnalysisContext): LiveAnalysis {
  const entries = new Map<string, Entry>()
  const words = new Int32Array(new SharedArrayBuffer(Shared.words * 4))
  let worker: { readonly client: AnalyzerClient; readonly ready: Promise<unknown> } | null = null
  let engine: AnalyzerEngine | null = null
  let feeds: readonly Feed[] = []
  let leasing: ReturnType<typeof setInterval> | undefined
  let lastId = 0
  let restarts = 0

  const stripOf = (source: string): number | null => {
    if (source === 'master') return constants.strips
    if (source === 'audition') return 0
    return context.trackStrip(source.slice(TRACK.length))
  }
  const taps = createTaps({ stripOf, point: context.pointTap })
  const transport = createTransportStream(context.position)
  const listening = (entry: Entry): Listening | null => {
    entry.strip = stripOf(entry.source)
    return entry.strip === null ? null : { tap: entry.tap, strip: entry.strip }
  }
  const rateOf = ({ listeners }: Entry): number => Math.max(...[...listeners].map(({ rateHz }) => rateHz))

  const order = (entry: Entry): void => {
    const { client, ready } = startedWorker()
    const { id, spec, options } = entry
    const sent = { id, type: spec.id, options, at: listening(entry), rateHz: rateOf(entry) }
    ready
      .then(() => client.api.open(sent))
      .then(
        ({ buffer, counts }) => {
          if (worker?.client === client) entry.reader = tripleReader(buffer, counts)
        },
        (error: unknown) => context.failed(error instanceof Error ? error.message : String(error)),
      )
  }
  const tell = (work: (client: AnalyzerClient) => Promise<unknown>): void => {
    const told = worker
    // What the worker refuses it has said when it was asked to open.
    if (told) void told.ready.then(() => work(told.client)).catch(() => undefined)
  }
  function startedWorker(): NonNullable<typeof worker> {
    if (worker) return worker
    const client = context.startWorker()
    client.onError((message) => {
      if (worker?.client !== client) return
      if (++restarts > MOST_RESTARTS) context.failed(message)
      else restart()
    })
    const ready = context.module().then(async (module) => {
      await client.api.boot(module, words.buffer as SharedArrayBuffer)
      await client.api.attach(engine)
    })
    ready.catch(() => undefined)
    return (worker = { client, ready })
  }
  function restart(): void {
    worker?.client.end()
    worker = null
    for (const entry of entries.values()) {
      entry.reader = null
      order(entry)
    }
  }

  const tracksMoved = (): void => {
    taps.pointMoved()
    for (const entry of entries.values()) {
      if (entry.strip === stripOf(entry.source)) continue
      const [at, rateHz] = [listening(entry), rateOf(entry)]
      tell(({ api }) => api.change(entry.id, at, rateHz))
    }
  }
  const renew = (): void => {
    Atomics.add(words, Shared.lease, 1)
    tracksMoved()
    const atMs = performance.now()
    for (const entry of entries.values()) {
      const computed = entry.reader?.computed() ?? 0
      if (entry.seen) entry.actualRateHz = ((computed - entry.seen.computed) * 1000) / (atMs - entry.seen.atMs)
      entry.seen = { atMs, computed }
    }
  }
  const open = (spec: StreamSpec, source: string, given: StreamValues): Entry => {
    const options = streamOptions(spec, given)
    const key = `${spec.id} ${source} ${options.join()}`
    const known = entries.get(key)
    if (known) return known
    if (entries.size >= MOST_STREAMS)
      throw new SoundloomError('limit-exceeded', `At most ${MOST_STREAMS} different streams can be computed at once`, {
        field: 'type',
        value: spec.id,
        hint: 'End streams that are no longer needed.',
      })
    const entry: Entry = {
      id: ++lastId,
      key,
      spec,
      source,
      given,
      options,
      tap: taps.acquire(source),
      strip: null,
      listeners: new Set(),
      reader: null,
      taken: 0,
      seen: null,
      actualRateHz: null,
    }
    entries.set(key, entry)
    leasing ??= setInterval(renew, (LEASE_SECONDS * 1000) / 4)
    return entry
  }
  const leave = (entry: Entry): void => {
    tell(({ api }) => api.close(entry.id))
    entries.delete(entry.key)
    taps.release(entry.source)
    if (entries.size > 0) return
    clearInterval(leasing)
    leasing = undefined
  }

  const checked = ({ type, source, rateHz = RATE_HZ.init }: StreamRequest): StreamSpec | null => {
    const spec = STREAM_SPECS.get(type) ?? null
    if (!spec && type !== TRANSPORT)
      throw refusal('type', type, `There is no stream ${type}`, 'soundloom.streams.list() names all that there are.')
    if (typeof rateHz !== 'number' || !(rateHz >= RATE_HZ.min && rateHz <= RATE_HZ.max))
      throw refusal('rateHz', rateHz, `A rate must be a number from ${RATE_HZ.min} to ${RATE_HZ.max}`)
    const isTrack = spec !== null && typeof source === 'string' && source.startsWith(TRACK)
    if (isTrack && context.trackIds().includes(source.slice(TRACK.length))) return spec
    if (spec ? source === 'master' || source === 'audition' : source === TRANSPORT) return spec
    if (isTrack)
      throw new SoundloomError('unknown-id', `There is no track ${source.slice(TRACK.length)}`, {
        field: 'source',
        value: source,
      })
    const those = spec ? 'master, audition or track:<id>' : TRANSPORT
    throw refusal('source', source, `The stream ${type} has no source ${String(source)}`, `Use ${those}.`)
  }

  const watch = (request: StreamRequest): Watched => {
    const spec = checked(request)
    if (!spec) throw refusal('type', request.type, 'The transport has a store of its own for painters')
    const entry = open(spec, request.source, request.options ?? {})
    const listener = { rateHz: request.rateHz ?? RATE_HZ.init }
    const before = entry.listeners.size > 0 ? rateOf(entry) : 0
    entry.listeners.add(listener)
    if (before === 0) order(entry)
    else if (rateOf(entry) > before) tell(({ api }) => api.change(entry.id, listening(entry), rateOf(entry)))
    let taken = 0
    /** A result is held, and it is of the engine that runs now. */
    const present = (): boolean => {
      const stamp = entry.reader?.stamp
      return !!stamp && stamp.generation === engine?.generation
    }
    return {
      refresh() {
        if (entry.reader?.refresh() && present()) entry.taken++
        if (taken === entry.taken) return false
        taken = entry.taken
        return true
      },
      sampleRate: () => engine?.sampleRate ?? 0,
      stamp: () => (present() ? entry.reader!.stamp : null),
      reading(id) {
        const index = spec.readings.findIndex((reading) => reading.id === id)
        return present() ? entry.reader!.reading(index) : EMPTY
      },
      end() {
        if (!entry.listeners.delete(listener)) return
        if (entry.listeners.size === 0) leave(entry)
        else if (rateOf(entry) < listener.rateHz)
          tell(({ api }) => api.change(entry.id, listening(entry), rateOf(entry)))
      },
    }
  }

  return {
    list: () => listStreams(context.trackIds()),
    watch,
    subscribe(address, how, callback) {
      // Scripts may send anything.
      const { type, source } = Object(address) as StreamRequest
      const { rateHz = RATE_HZ.init, options = {} } = how ?? {}
      const request = { type, source, rateHz, options }
      if (typeof callback !== 'function')
        throw refusal('callback', callback, 'A subscription needs a function to call back')
      const spec = checked(request)
      if (!spec) return transport.follow(rateHz, callback)
      const watched = watch(request)
      const timer = setInterval(() => {
        if (watched.refresh()) callback(resultOf(request, spec, watched))
      }, 1000 / rateHz)
      return () => {
        clearInterval(timer)
        watched.end()
      }
    },
    statistics() {
      return {
        computations: Atomics.load(words, Shared.computations),
        taps: taps.sources().map((source, index) => ({ source, on: feeds[index]?.on() ?? false })),
        streams: [
          ...[...entries.values()].map((entry) => ({
            type: entry.spec.id,
            source: entry.source,
            options: entry.given,
            subscribers: entry.listeners.size,
            rateHz: rateOf(entry),
            actualRateHz: entry.actualRateHz,
            computations: entry.reader?.computed() ?? 0,
            droppedFrames: entry.reader?.droppedFrames() ?? 0,
            lastDurationMs: entry.reader?.computed() ? entry.reader.durationUs() / 1000 : null,
          })),
          ...transport.statistics(),
        ],
      }
    },
    setEngine(next) {
      if (next === engine) return
      engine = next
      feeds = next ? next.taps.map((address) => tapFeed(next.buffer, address)) : []
      taps.pointAll()
      tell(({ api }) => api.attach(engine))
    },
    tracksMoved,
    restart,
  }
}

const refusal = (field: string, value: unknown, message: string, hint?: string): SoundloomError =>
  new SoundloomError('invalid-argument', message, { field, value, ...(hint ? { hint } : {}) })
