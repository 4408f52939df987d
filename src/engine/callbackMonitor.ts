// Watches the calls of the audio thread (main thread): times of every call while somebody watches, and a log of the slow ones.
import { enums } from '../generated/wire.ts'
import { LOAD_WORDS, SAMPLE_EVERY, SLOW_CAPACITY, SLOW_WORDS, slowRing, Stat } from '../../worklets/stats.ts'
import type { Generation } from './generation.ts'
import { leaseSlots } from './lease.ts'
import { blockCount, blockTimes, createBlockReader, type BlockTimes } from './timing.ts'

const { loadWord } = enums
/** Slow calls that are kept, the newest. */
export const SLOW_LOG = 200

/** A call that took more than half of its time. */
export interface SlowCall {
  /** Engine frame after the call; counts anew in each generation. */
  readonly frame: number
  readonly generation: number
  readonly us: number
  /** Share of the time that it had, above 1: the sound may have been interrupted. */
  readonly share: number
  /** What was estimated to cost most in it; null: nothing ran. `strip` as in the engine, device 0 is the instrument. */
  readonly dearest: { readonly strip: number; readonly device: number; readonly share: number } | null
}

export interface CallbackReading {
  /** Null: nothing was timed since watching began (no clock in this browser's audio thread, or no audio). */
  readonly times: (BlockTimes & { readonly worstUs: number }) | null
  /** The time that a call may take; null: no engine. */
  readonly quantumUs: number | null
  /** Since watching began, also those that the log has dropped. */
  readonly slowCalls: number
  /** Newest first. */
  readonly log: readonly SlowCall[]
}

/** What the monitor needs of a running engine. */
export interface Watched {
  readonly number: number
  readonly stats: SharedArrayBuffer
  readonly sampleRate: number
  readonly blockFrames: number
  /** Keeps the engine's estimates coming for about two seconds. */
  leaseLoad(): void
}

export interface CallbackMonitor {
  /** From now on every call is timed, until what it returns is called. */
  watch(): () => void
  /** Call a few times a second while watching. */
  read(): CallbackReading
}

/** The same object for each life of the engine. */
export function watchedEngine(generation: () => Generation | null): () => Watched | null {
  let watched: Watched | null = null
  return () => {
    const of = generation()
    if (watched?.number === of?.number) return watched
    if (!of) return (watched = null)
    const { number, stats, wire, blockFrames } = of
    const load = leaseSlots(wire)(enums.slotId.load)
    return (watched = { number, stats, sampleRate: wire.sampleRate, blockFrames, leaseLoad: load.renew })
  }
}

interface Open {
  readonly of: Watched
  readonly words: Int32Array
  readonly ring: Int32Array
  readonly readTimes: ReturnType<typeof createBlockReader>
  next: number
}

export function createCallbackMonitor(engine: () => Watched | null): CallbackMonitor {
  let watchers = 0
  let open: Open | null = null
  let count = blockCount()
  let worstUs = 0
  let slowCalls = 0
  let log: readonly SlowCall[] = []

  const close = (): void => {
    if (open) Atomics.store(open.words, Stat.sampleEvery, SAMPLE_EVERY)
    open = null
  }
  /** A rebuilt engine is watched on; what was counted before stays. */
  const follow = (): Open | null => {
    const of = engine()
    if (open && open.of.number === of?.number) return open
    close()
    if (!of) return null
    const words = new Int32Array(of.stats)
    Atomics.store(words, Stat.maximumUs, 0)
    Atomics.store(words, Stat.sampleEvery, 1)
    const next = Atomics.load(words, Stat.slowBlocks)
    return (open = { of, words, ring: slowRing(of.stats), readTimes: createBlockReader(of.stats), next })
  }
  const readSlow = (from: Open, quantumUs: number): SlowCall[] => {
    const record = new Int32Array(SLOW_WORDS)
    const found: SlowCall[] = []
    const end = Atomics.load(from.words, Stat.slowBlocks)
    slowCalls += end - from.next
    for (let n = Math.max(from.next, end - SLOW_CAPACITY + 1); n < end; n++) {
      const at = (n % SLOW_CAPACITY) * SLOW_WORDS
      for (let word = 0; word < SLOW_WORDS; word++) record[word] = Atomics.load(from.ring, at + word)
      // The writer may have come round meanwhile.
      if (Atomics.load(from.words, Stat.slowBlocks) - n < SLOW_CAPACITY)
        found.push(decode(record, quantumUs, from.of.number))
    }
    from.next = end
    return found.reverse()
  }

  return {
    watch() {
      if (watchers++ === 0) {
        count = blockCount()
        worstUs = slowCalls = 0
        log = []
        follow()?.of.leaseLoad()
      }
      let left = false
      return () => {
        if (left) return
        left = true
        if (--watchers === 0) close()
      }
    },
    read() {
      const now = watchers > 0 ? follow() : null
      if (!now) return { times: withWorst(blockTimes(count), worstUs), quantumUs: null, slowCalls, log }
      const { of, words, readTimes } = now
      of.leaseLoad()
      const quantumUs = (of.blockFrames / of.sampleRate) * 1e6
      readTimes(count)
      worstUs = Math.max(worstUs, Atomics.load(words, Stat.maximumUs))
      const found = readSlow(now, quantumUs)
      if (found.length > 0) log = [...found, ...log].slice(0, SLOW_LOG)
      return { times: withWorst(blockTimes(count), worstUs), quantumUs, slowCalls, log }
    },
  }
}

const withWorst = (times: BlockTimes | null, worstUs: number): CallbackReading['times'] =>
  times && { ...times, worstUs }

function decode(record: Int32Array, quantumUs: number, generation: number): SlowCall {
  const load = record.slice(1, 1 + LOAD_WORDS)
  const floats = new Float32Array(load.buffer)
  const us = record[0]!
  const ns = floats[loadWord.deviceNs]!
  const totalNs = floats[loadWord.totalNs]!
  return {
    frame: (load[loadWord.frameLow]! >>> 0) + load[loadWord.frameHigh]! * 2 ** 32,
    generation,
    us,
    share: us / quantumUs,
    dearest: ns > 0 ? { strip: load[loadWord.strip]!, device: load[loadWord.device]!, share: ns / totalNs } : null,
  }
}
