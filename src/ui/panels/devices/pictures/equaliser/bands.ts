// The curves of both equalisers: the analogue prototypes that the engine's sections are fitted to (wasm/dsp/matched_section.h) (any thread).
import { number, type Read } from '../face.ts'

export type BandType = 'bell' | 'lowShelf' | 'highShelf' | 'lowCut' | 'highCut' | 'notch' | 'bandPass'

export interface Band {
  /** As parameters begin with it: `bell1`, `band3`. */
  readonly id: string
  readonly type: BandType
  readonly on: boolean
  readonly hertz: number
  readonly gainDb: number
  readonly q: number
  /** Parameters; null: the band has none. */
  readonly gainParam: string | null
  readonly qParam: string | null
}

const BUTTERWORTH = Math.SQRT1_2
/** A steeper shelf is none: the engine stops here. */
const STEEPEST_SHELF = 2

const FOUR: readonly (readonly [id: string, type: BandType])[] = [
  ['low', 'lowShelf'],
  ['bell1', 'bell'],
  ['bell2', 'bell'],
  ['high', 'highShelf'],
]

export const fourBands = (read: Read): readonly Band[] =>
  FOUR.map(([id, type]) => ({
    id,
    type,
    on: true,
    hertz: number(read, `${id}Frequency`),
    gainDb: number(read, `${id}Gain`),
    q: type === 'bell' ? number(read, `${id}Q`) : BUTTERWORTH,
    gainParam: `${id}Gain`,
    qParam: type === 'bell' ? `${id}Q` : null,
  }))

const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `band${n}`)
const hasGain = (type: BandType): boolean => type === 'bell' || type === 'lowShelf' || type === 'highShelf'

export const eightBands = (read: Read): readonly Band[] =>
  EIGHT.map((id) => {
    const type = String(read(`${id}Type`)) as BandType
    return {
      id,
      type,
      on: number(read, `${id}On`) >= 0.5,
      hertz: number(read, `${id}Frequency`),
      gainDb: number(read, `${id}Gain`),
      q: number(read, `${id}Q`),
      gainParam: hasGain(type) ? `${id}Gain` : null,
      qParam: `${id}Q`,
    }
  })

/** Squared magnitude of a boosting prototype of the RBJ cookbook, `x` times the corner; `a` is the root of the gain. */
function power(type: BandType, x: number, a: number, q: number): number {
  const x2 = x * x
  const rest = (1 - x2) ** 2
  const damped = x2 / (q * q)
  switch (type) {
    case 'bell':
      return (rest + damped * a * a) / (rest + damped / (a * a))
    case 'lowCut':
      return (x2 * x2) / (rest + damped)
    case 'highCut':
      return 1 / (rest + damped)
    case 'notch':
      return rest / (rest + damped)
    case 'bandPass':
      return damped / (rest + damped)
    default: {
      const side = damped * a
      const low = (a * a * ((a - x2) ** 2 + side)) / ((1 - a * x2) ** 2 + side)
      return type === 'lowShelf' ? low : a ** 4 / low
    }
  }
}

/** Gain of one band in dB. No section lies above `0.4535` of the sample rate. */
export function bandDecibels(band: Band, hertz: number, sampleRateHz = 48_000): number {
  const { type, gainDb, q } = band
  const corner = Math.min(band.hertz, 20_000, 0.4535 * sampleRateHz)
  const level = hasGain(type)
  const steep = type.endsWith('Shelf') ? Math.min(q, STEEPEST_SHELF) : q
  const found = power(type, hertz / corner, level ? 10 ** (Math.abs(gainDb) / 40) : 1, steep)
  const db = 10 * Math.log10(Math.max(found, 1e-12))
  return level && gainDb < 0 ? -db : db
}

export const sumDecibels = (bands: readonly Band[], hertz: number, sampleRateHz?: number): number =>
  bands.reduce((sum, band) => (band.on ? sum + bandDecibels(band, hertz, sampleRateHz) : sum), 0)

/** What brings the curve at a band's corner to `db`, all other bands as they are; null: the band has nothing that would. */
export function levelFor(band: Band, db: number, others: number): readonly [param: string, value: number] | null {
  const own = db - others
  if (band.gainParam !== null) return [band.gainParam, band.type === 'bell' ? own : 2 * own]
  // At its corner a cut lets Q through.
  if (band.qParam !== null && band.type.endsWith('Cut')) return [band.qParam, 10 ** (own / 20)]
  return null
}
