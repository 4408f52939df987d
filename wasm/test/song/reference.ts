// Song frames of ticks to 2^-200 of a frame: big integers, series of their own. The engine's double-double closed form is judged by it.
import { constants } from '../../../src/generated/wire.ts'
import type { TempoPoint } from '../../../src/compile/song.ts'

const BITS = 240n
const ONE = 1n << BITS
/** Sums of rationals that are a half exactly come out this close to it; nothing else does. */
const TIE = ONE >> 120n

/** A double is a whole number times a power of two. */
function fixed(value: number): bigint {
  let exponent = 0n
  while (!Number.isInteger(value)) {
    value *= 2
    exponent++
  }
  return (BigInt(value) << BITS) >> exponent
}

const divide = (a: bigint, b: bigint): bigint => (a << BITS) / b

/** ln(a / b) as 2 artanh((a - b) / (a + b)), halved until the series is quick. */
function logOfRatio(a: bigint, b: bigint): bigint {
  let twos = 0n
  while (a > 2n * b) {
    b *= 2n
    twos++
  }
  while (b > 2n * a) {
    a *= 2n
    twos--
  }
  const series = (z: bigint): bigint => {
    const square = (z * z) >> BITS
    let power = z
    let sum = 0n
    for (let n = 1n; power !== 0n; n += 2n) {
      sum += power / n
      power = (power * square) / ONE // towards 0: a shift would leave -1 for ever
    }
    return 2n * sum
  }
  return series(divide(a - b, a + b)) + (twos === 0n ? 0n : twos * series(ONE / 3n))
}

interface Segment {
  readonly tick: bigint
  readonly bpm: bigint
  /** Of a ramp. */
  readonly ticks: bigint
  readonly rise: bigint
  readonly start: bigint
}

export interface ReferenceMap {
  /** Nearest song frame, halves up. */
  frameOf(tick: number): number
}

export function referenceMap(sampleRate: number, tempoMap: readonly TempoPoint[]): ReferenceMap {
  // Frames of a tick times bpm.
  const scale = (BigInt(sampleRate) * 60n * ONE) / BigInt(constants.ticksPerBeat)
  const within = ({ bpm, ticks, rise }: Omit<Segment, 'start'>, count: bigint): bigint => {
    if (rise === 0n) return divide(scale * count, bpm)
    const now = bpm + (rise * count) / ticks
    return (divide(scale * ticks, rise) * logOfRatio(now, bpm)) >> BITS
  }
  const segments: Segment[] = []
  let start = 0n
  tempoMap.forEach(({ tick, bpm, ramp }, index) => {
    const next = tempoMap[index + 1]
    const segment = {
      tick: BigInt(tick),
      bpm: fixed(bpm),
      ticks: next ? BigInt(next.tick - tick) : 0n,
      rise: next && ramp ? fixed(next.bpm) - fixed(bpm) : 0n,
    }
    segments.push({ ...segment, start })
    start += within(segment, segment.ticks)
  })
  const known = new Map<number, number>()
  return {
    frameOf(tick) {
      const before = known.get(tick)
      if (before !== undefined) return before
      const segment = segments.findLast((candidate) => candidate.tick <= BigInt(tick))!
      const exact = segment.start + within(segment, BigInt(tick) - segment.tick)
      const frame = Number((exact + ONE / 2n + TIE) >> BITS)
      known.set(tick, frame)
      return frame
    },
  }
}
