// What the diagnostics panel shows (main thread): the audio thread's calls, the engine, the transport store, memory. Nothing is
// read or timed while nobody watches.
import type { TransportMetrics } from '../../transport/store.ts'
import type { CallbackReading, SlowCall } from '../callbackMonitor.ts'
import type { GovernorEvent } from '../governor/governor.ts'
import { dearestText } from '../governor/tell.ts'
import type { EngineFigures } from '../live.ts'
import type { EngineHost } from '../types.ts'

/** A slow call with the name of what was estimated to cost most in it, as it was called then. */
export interface NamedCall extends Omit<SlowCall, 'dearest'> {
  /** Names the call among all of this page. */
  readonly id: string
  /** Engine time at the end of the call. */
  readonly atSeconds: number
  readonly dearest: { readonly track: string; readonly device: string; readonly share: number } | null
}

/** A level that the engine took. */
export interface NamedChange {
  readonly id: number
  /** Engine time from which on it holds. */
  readonly atSeconds: number
  readonly level: number
  /** Share of the calls' time that was used; null: it was not for a load. */
  readonly load: number | null
  /** What was estimated to cost most. */
  readonly dearest: string | null
}

export interface Diagnostics {
  readonly calls: Omit<CallbackReading, 'log'>
  /** Newest first. */
  readonly slow: readonly NamedCall[]
  readonly engine: EngineFigures & {
    readonly running: boolean
    readonly sampleRate: number
    readonly blockSize: number
    readonly generation: number
    /** Memory of the engine. */
    readonly memoryMiB: number
  }
  readonly governor: {
    readonly level: number
    readonly maxCpu: number
    /** Newest first. */
    readonly events: readonly NamedChange[]
  }
  readonly transport: TransportMetrics
  /** Memory of the page's own JavaScript; null where the browser does not tell. */
  readonly heapMiB: number | null
}

export interface DiagnosticsPort {
  /** From now on every call of the audio thread is timed, until what it returns is called. */
  watch(): () => void
  /** A few times a second while watching. */
  read(): Diagnostics
}

type Names = (strip: number, device: number) => { readonly track: string; readonly device: string }

export function createDiagnostics(
  {
    callbacks,
    live,
    store,
    position,
    governor,
  }: Pick<EngineHost, 'callbacks' | 'live' | 'store' | 'position' | 'governor'>,
  nameOf: Names,
): DiagnosticsPort {
  const named = new WeakMap<SlowCall, NamedCall>()
  let calls = 0
  const name = (call: SlowCall): NamedCall => {
    const known = named.get(call)
    if (known) return known
    const { dearest, ...rest } = call
    const made: NamedCall = {
      ...rest,
      id: String(++calls),
      atSeconds: call.frame / store.getState().sampleRate,
      dearest: dearest && { ...nameOf(dearest.strip, dearest.device), share: dearest.share },
    }
    named.set(call, made)
    return made
  }
  /** As they were called then. */
  const changed = new Map<number, NamedChange>()
  const changes = (): Diagnostics['governor'] => {
    const { level, maxCpu, events } = governor.store.getState()
    const { sampleRate } = store.getState()
    const name = (event: GovernorEvent): NamedChange => {
      const { id, frame, level, load, dearest } = event
      const known = changed.get(id) ?? {
        id,
        atSeconds: frame / sampleRate,
        level,
        load,
        dearest: dearest && dearestText(dearest, nameOf),
      }
      changed.set(id, known)
      return known
    }
    return { level, maxCpu, events: events.map(name) }
  }
  return {
    watch: () => callbacks.watch(),
    read() {
      const { log, ...figures } = callbacks.read()
      const { audio, sampleRate, blockSize, generation, memoryMiB } = store.getState()
      return {
        calls: figures,
        slow: log.map(name),
        engine: {
          ...live.figures(),
          running: audio === 'running',
          sampleRate,
          blockSize,
          generation,
          memoryMiB,
        },
        governor: changes(),
        transport: position.metrics(),
        heapMiB: heapMiB(),
      }
    },
  }
}

/** Chrome's own, not a standard. */
function heapMiB(): number | null {
  const { memory } = performance as Performance & { memory?: { readonly usedJSHeapSize: number } }
  return memory ? memory.usedJSHeapSize / 2 ** 20 : null
}
