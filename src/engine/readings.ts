// Live readings from the engine's slots and the browser's own counters (main thread).
import { constants, enums } from '../generated/wire.ts'
import type { Generation } from './generation.ts'
import { leaseSlots, type LeasedSlot } from './lease.ts'
import type { EngineFigures, LevelReading, LevelSource, LiveReadings } from './live.ts'
import { createBlockTimes, type BlockTimes } from './timing.ts'
import type { SlotReader } from './wire/seqlock.ts'

/** Chrome's underrun counter; absent elsewhere. */
interface PlaybackStats {
  readonly underrunEvents: number
  readonly underrunDuration: number
}

const { statusWord, levelWord, slotId } = enums
const slotOf = (source: LevelSource): number =>
  typeof source === 'number' ? slotId.strips + source : source === 'master' ? slotId.master : slotId.strips

const NOTHING: EngineFigures = {
  voices: null,
  groups: null,
  maxVoices: null,
  cpuUsage: null,
  dropouts: null,
  dropoutSeconds: null,
  outputLatencySeconds: null,
  masterLatencySeconds: null,
}

interface Slots {
  readonly of: Generation
  readonly status: SlotReader
  /** Made when somebody first asks. */
  readonly levels: Map<number, LeasedSlot>
  readonly leased: (index: number) => LeasedSlot
  readonly times: (leastSamples?: number) => BlockTimes | null
}

export function createReadings(generation: () => Generation | null): LiveReadings {
  const status = new Int32Array(16)
  const level = new Int32Array(8)
  const reductions = new Int32Array(constants.slotWords)
  const levelFloats = new Float32Array(level.buffer)
  let slots: Slots | null = null
  let cpuUsage: number | null = null
  let timedAtMs = 0

  /** Readers are made once per generation, nothing per frame. */
  const open = (): Slots | null => {
    const of = generation()
    if (!of) return (slots = null)
    if (slots?.of !== of) {
      const { wire } = of
      slots = {
        of,
        status: wire.slot(slotId.status),
        levels: new Map(),
        leased: leaseSlots(wire),
        times: createBlockTimes(of.stats),
      }
      cpuUsage = null
    }
    return slots
  }
  const slotAt = ({ leased, levels }: Slots, index: number): LeasedSlot => {
    const known = levels.get(index)
    if (known) return known
    const made = leased(index)
    levels.set(index, made)
    return made
  }
  const cpu = (open: Slots): number | null => {
    const { context } = open.of
    const now = performance.now()
    if (context.state !== 'running') return (cpuUsage = null)
    if (now - timedAtMs < 500) return cpuUsage
    const times = open.times()
    if (!times) return now - timedAtMs > 3000 ? (cpuUsage = null) : cpuUsage
    timedAtMs = now
    return (cpuUsage = times.meanUs / ((open.of.blockFrames / context.sampleRate) * 1e6))
  }

  return {
    readLevels(source: LevelSource, into: LevelReading) {
      const slots = open()
      if (!slots) return false
      const slot = slotAt(slots, slotOf(source))
      slot.renew()
      if (!slot.reader.read(level)) return false
      into.peakLeft = levelFloats[levelWord.peakLeft]!
      into.peakRight = levelFloats[levelWord.peakRight]!
      into.rmsLeft = levelFloats[levelWord.rmsLeft]!
      into.rmsRight = levelFloats[levelWord.rmsRight]!
      return true
    },
    readReduction(of) {
      const slots = of && open()
      if (!slots) return null
      const slot = slotAt(slots, slotId.reductions + of.strip)
      slot.renew()
      if (!slot.reader.read(reductions)) return null
      const word = reductions.find((word) => word >>> 16 === of.effect)
      return word === undefined ? null : -(word & 0xffff) / constants.reductionSteps
    },
    figures() {
      const slots = open()
      if (!slots) return NOTHING
      const { context } = slots.of
      const known = slots.status.read(status)
      const word = (index: number): number | null => (known ? status[index]! : null)
      const stats = (context as AudioContext & { playbackStats?: PlaybackStats }).playbackStats
      return {
        voices: word(statusWord.voices),
        groups: word(statusWord.groups),
        maxVoices: word(statusWord.maxVoices),
        cpuUsage: cpu(slots),
        dropouts: stats?.underrunEvents ?? null,
        dropoutSeconds: stats?.underrunDuration ?? null,
        outputLatencySeconds: context.state === 'running' ? context.outputLatency || null : null,
        masterLatencySeconds: known ? status[statusWord.latencyFrames]! / context.sampleRate : null,
      }
    },
  }
}
