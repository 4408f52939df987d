// The envelope's stages and where they lie in the picture (wasm/dsp/envelope.h) (any thread).
import { clamp, number, type Area, type Change, type Handle, type Place, type Read, type Scene } from '../face.ts'

/** Steepness of the engine's curved stages. */
const STEEPNESS = { attack: 1.5, fall: 5, logarithmic: 3 } as const

/** Share of the way from start to end of a stage at `t` 0..1. */
export function stageShape(curve: string, t: number, kind: 'attack' | 'fall' = 'fall'): number {
  const bent = (k: number) => (1 - Math.exp(-k * t)) / (1 - Math.exp(-k))
  if (curve === 'exponential') return bent(STEEPNESS[kind])
  if (curve === 'logarithmic') return Math.expm1(STEEPNESS.logarithmic * t) / Math.expm1(STEEPNESS.logarithmic)
  return t
}

type StageId = 'delay' | 'attack' | 'hold' | 'decay' | 'held' | 'release'

export interface Stage {
  readonly id: StageId
  readonly seconds: number
  readonly from: number
  readonly to: number
}

/** The stages of a DAHDSR envelope in order; the note is held for `heldSeconds` at the sustain level. */
export function envelopeStages(read: Read, heldSeconds: number): Stage[] {
  const time = (id: string) => Math.max(0, number(read, id))
  const sustain = number(read, 'sustain')
  return [
    { id: 'delay', seconds: time('delay'), from: 0, to: 0 },
    { id: 'attack', seconds: time('attack'), from: 0, to: 1 },
    { id: 'hold', seconds: time('hold'), from: 1, to: 1 },
    { id: 'decay', seconds: time('decay'), from: 1, to: sustain },
    { id: 'held', seconds: heldSeconds, from: sustain, to: sustain },
    { id: 'release', seconds: time('release'), from: sustain, to: 0 },
  ]
}

export const MARGIN = { side: 6, top: 8, bottom: 6 } as const
/** Of the width, for the level that is held. */
const HELD = 0.16
/** Less than this would make very short envelopes look long: the whole picture, in seconds. */
const LEAST_SECONDS = 0.25

const spanOf = ({ width }: Area): number => width - 2 * MARGIN.side

/** Pixels per root of a second: square roots keep 5 ms and 5 s both visible. */
export function envelopeScale(area: Area, { read }: Scene): number {
  const roots = envelopeStages(read, 0).reduce((sum, { seconds }) => sum + Math.sqrt(seconds), 0)
  return (spanOf(area) * (1 - HELD)) / Math.max(roots, Math.sqrt(LEAST_SECONDS))
}

export interface DrawnStage extends Stage {
  readonly left: number
  readonly right: number
}

export function drawnStages(area: Area, { read, scale }: Scene): DrawnStage[] {
  let left: number = MARGIN.side
  return envelopeStages(read, 0).map((stage) => {
    const wide = stage.id === 'held' ? spanOf(area) * HELD : Math.sqrt(stage.seconds) * scale
    const drawn = { ...stage, left, right: left + wide }
    left += wide
    return drawn
  })
}

export const yOfLevel = (level: number, { height }: Area): number =>
  height - MARGIN.bottom - level * (height - MARGIN.top - MARGIN.bottom)
export const levelOfY = (y: number, { height }: Area): number =>
  (height - MARGIN.bottom - y) / (height - MARGIN.top - MARGIN.bottom)

/** At the end of every stage that a hand can move; delay and hold have one where they have a time. */
export const envelopeHandles = (area: Area, scene: Scene): Handle[] =>
  drawnStages(area, scene)
    .filter(({ id, seconds }) => id !== 'held' && ((id !== 'delay' && id !== 'hold') || seconds > 0))
    .map(({ id, right, to }) => ({ id, x: right, y: yOfLevel(to, area) }))

export function envelopeMoved(area: Area, scene: Scene, id: string, { x, y }: Place): Change {
  const stage = drawnStages(area, scene).find((each) => each.id === id)
  if (!stage || scene.scale <= 0) return []
  const seconds = (Math.max(0, x - stage.left) / scene.scale) ** 2
  const level: Change = id === 'decay' ? [['sustain', clamp(levelOfY(y, area), 0, 1)]] : []
  return [[id, seconds], ...level]
}
