// What a transient shaper does to a struck sound, followed as the engine follows it (any thread). Source: wasm/effects/transient.h.
import { number, type Read } from '../face.ts'

export const STEP_SECONDS = 0.0005
const FLOOR_DB = -70
const FAST_SECONDS = 0.0007
const QUICK_SECONDS = 0.03
const MOST_DB = 15

/** Half way towards the most at its own size. */
const bounded = (difference: number): number => {
  const above = Math.max(difference, 0)
  return (MOST_DB * above) / (above + MOST_DB)
}

/** Gain change in dB for each level in dB, `STEP_SECONDS` apart. */
export function shapedBy(levels: readonly number[], read: Read): number[] {
  const share = (seconds: number) => 1 - Math.exp(-STEP_SECONDS / seconds)
  const follower = (rise: number, fall: number) => {
    let at = FLOOR_DB
    const [up, down] = [share(rise), share(fall)]
    return (level: number) => (at += (level - at) * (level > at ? up : down))
  }
  const [attack, sustain] = [number(read, 'attackTime'), number(read, 'sustainTime')]
  const early = follower(FAST_SECONDS, attack)
  const late = follower(attack, attack)
  const brief = follower(FAST_SECONDS, QUICK_SECONDS)
  const lasting = follower(FAST_SECONDS, sustain)
  return levels.map((given) => {
    const level = Math.max(given, FLOOR_DB)
    const hit = bounded(early(level) - late(level))
    const short = brief(level)
    return number(read, 'attack') * hit + number(read, 'sustain') * bounded(lasting(level) - short)
  })
}

/** A drum that is struck after a moment, and falls. */
export const HIT = { seconds: 0.4, at: 0.03, fallDb: 90 } as const
export const hitLevels = (): number[] =>
  Array.from({ length: Math.round(HIT.seconds / STEP_SECONDS) }, (_, i) => {
    const since = i * STEP_SECONDS - HIT.at
    return since < 0 ? FLOOR_DB : -12 - HIT.fallDb * since
  })
