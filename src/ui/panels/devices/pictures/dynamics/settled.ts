// At which level a dynamics effect turns a sound down by so much: the way back from what it reports to its curve (any thread).
import { clamp, number, type Area, type Place, type Scene, type Read } from '../face.ts'
import { RANGE, xOf, yOf } from './axes.ts'
import { compressorGain, deesserGain, expanderGain, limiterGain, type GainCurve } from './curves.ts'

/** Its size in the picture. */
const DOT_PIXELS = 4
/** Less than this it does not show. */
const LEAST_DB = 0.1

/** What a curve does without make-up and mix: that is what the effect reports. */
const bare =
  (gain: GainCurve): GainCurve =>
  (levelDb, read) =>
    gain(levelDb, (param) => (param === 'mix' ? 1 : param === 'makeup' || param === 'automatic' ? 0 : read(param)))

interface Way {
  readonly gain: GainCurve
  readonly reduction: GainCurve
  /** Louder sounds are turned down more. */
  readonly rises: boolean
}

const way = (gain: GainCurve, rises: boolean): Way => ({ gain, reduction: bare(gain), rises })

const WAYS: Readonly<Record<string, Way>> = {
  compressor: way(compressorGain, true),
  lookaheadCompressor: way(compressorGain, true),
  limiter: way(limiterGain, true),
  deesser: way(deesserGain, true),
  expander: way(expanderGain, false),
}

/** The level in dB that lies at a reduction on the effect's curve; null: it turns nothing down, or the curve does not tell. */
export function levelAtReduction(type: string, reductionDb: number, read: Read): number | null {
  const known = WAYS[type]
  if (!known || reductionDb > -LEAST_DB) return null
  const [quiet, loud] = [known.reduction(RANGE.from, read), known.reduction(RANGE.to, read)]
  if (reductionDb < Math.min(quiet, loud)) return known.rises ? RANGE.to : RANGE.from
  let [low, high] = [RANGE.from as number, RANGE.to as number]
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2
    const less = known.reduction(middle, read) > reductionDb
    if (less === known.rises) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Where on its picture's curve the effect is. */
export function dotAt(type: string, area: Area, { read }: Scene, reductionDb: number): Place | null {
  // A gate does not say its level: its dot moves along the cliff between open and closed.
  if (type === 'gate') {
    if (reductionDb > -LEAST_DB) return null
    const threshold = number(read, 'threshold')
    return {
      x: clamp(xOf(threshold, area), 0, area.width),
      y: clamp(yOf(threshold + reductionDb, area), 0, area.height - DOT_PIXELS),
    }
  }
  const level = levelAtReduction(type, reductionDb, read)
  if (level === null) return null
  const y = yOf(level + WAYS[type]!.gain(level, read), area)
  return { x: clamp(xOf(level, area), 0, area.width), y: clamp(y, 0, area.height) }
}
