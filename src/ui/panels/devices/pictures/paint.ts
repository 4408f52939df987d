// Draws the pictures of units and effects (main thread).
import { formatValue } from '../../../../params/format.ts'
import { css, type Rgb } from '../../../drawing/colours.ts'
import type { Surface } from '../../../drawing/Plot.tsx'
import {
  fillArea,
  frequencyGrid,
  handle,
  horizontal,
  label,
  strokeLine,
  vertical,
  type Point,
} from '../../../drawing/strokes.ts'
import { combMagnitude, decibels, hertzAt, ladderMagnitude, shareOf, svfMagnitude, type Read } from './response.ts'
import type { Paint } from './painter.ts'
import { tail } from './paintEffects.ts'
import { envelopeStages, lfoWave, oscillatorWave, stageShape } from './shapes.ts'

/** Decibels shown from top to bottom. */
const RANGE_DB = 62
const ZERO_AT = 0.4

function response(magnitude: (hertz: number, read: Read) => number, marked: boolean): Paint {
  return (surface, read, colour) => {
    const { width, height } = surface
    const y = (hertz: number) => {
      const at = height * ZERO_AT - (decibels(magnitude(hertz, read)) * height) / RANGE_DB
      return Math.min(height + 4, Math.max(-4, at))
    }
    frequencyGrid(surface, (hertz) => shareOf(hertz) * width)
    const points: Point[] = []
    for (let x = 0; x <= width; x++) points.push([x, y(hertzAt(x / width))])
    fillArea(surface, points, height, colour)
    strokeLine(surface, points, colour)
    const cutoff = Number(read('cutoff'))
    if (marked) handle(surface, shareOf(cutoff) * width, Math.min(height - 6, Math.max(6, y(cutoff))), 3.5)
  }
}

const wave: Paint = (surface, read, colour, unit) => {
  const { width, height } = surface
  const middle = height * 0.58
  const reach = height * 0.26
  horizontal(surface, middle)
  const at = oscillatorWave(unit.type, read, unit)
  if (!at) return noise(surface, colour, middle, reach)
  const points: Point[] = []
  for (let x = 4; x <= width - 4; x += 0.5) {
    const value = Math.min(1.2, Math.max(-1.2, at((((x - 4) / (width - 8)) * 2) % 1)))
    points.push([x, middle - value * reach])
  }
  strokeLine(surface, points, colour, 1, 1.5)
}

/** Noise has no fixed cycle: threads of a fixed pseudo-random sequence stand for it. */
function noise({ g, width }: Surface, colour: Rgb, middle: number, reach: number) {
  let seed = 11
  g.fillStyle = css(colour)
  for (let x = 5; x < width - 4; x += 3) {
    seed = (seed * 1664525 + 1013904223) >>> 0
    const half = Math.max(1, (seed / 2 ** 32) * reach)
    g.fillRect(x, middle - half, 1.5, half * 2)
  }
}

const CURVE_POINTS = 24

const envelope: Paint = (surface, read, colour) => {
  const { width, height } = surface
  const top = 8
  const base = height - 6
  const stages = envelopeStages(read, 0)
  // Square roots keep 5 ms and 5 s both visible; the held stage has a fixed share.
  const weights = stages.map(({ seconds }, i) => (i === 4 ? 0 : Math.sqrt(seconds)))
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1
  const span = width - 12
  const heldWidth = span * 0.18
  const curve = String(read('curve'))
  const y = (level: number) => base - level * (base - top)
  const points: Point[] = [[6, base]]
  const corners: Point[] = [[6, base]]
  let x = 6
  stages.forEach(({ seconds, from, to }, i) => {
    const wide = i === 4 ? heldWidth : ((span - heldWidth) * weights[i]!) / total
    if (i !== 4 && seconds === 0) return
    for (let k = 1; k <= CURVE_POINTS; k++) {
      const t = k / CURVE_POINTS
      points.push([x + wide * t, y(from + (to - from) * stageShape(curve, t, i === 1 ? 'attack' : 'fall'))])
    }
    x += wide
    corners.push([x, y(to)])
  })
  corners.slice(1, -1).forEach(([cornerX]) => vertical(surface, cornerX))
  fillArea(surface, points, base, colour)
  strokeLine(surface, points, colour)
  for (const [cornerX, cornerY] of corners) handle(surface, cornerX, cornerY)
}

const lfo: Paint = (surface, read, colour) => {
  const { width, height } = surface
  const middle = height * 0.58
  const reach = height * 0.26
  const at = lfoWave(String(read('shape')))
  const offset = Number(read('phase')) / 360
  horizontal(surface, middle)
  const points: Point[] = []
  for (let x = 4; x <= width - 4; x += 0.5) {
    const cycles = ((x - 4) / (width - 8)) * 2 + offset
    points.push([x, middle - (at ? at(cycles % 1) : steps(Math.floor(cycles * 3))) * reach])
  }
  strokeLine(surface, points, colour, 1, 1.5)
  label(
    surface,
    formatValue({ unit: 'hertz', curve: 'log', min: 0.01, max: 40 }, Number(read('rate'))),
    width - 5,
    12,
    'right',
  )
}

const steps = (n: number): number => ((n * 7919) % 17) / 8 - 1

export const UNIT_PAINT: Readonly<Record<string, Paint>> = {
  saw: wave,
  square: wave,
  triangle: wave,
  sine: wave,
  pulse: wave,
  supersaw: wave,
  unison: wave,
  additive: wave,
  fm: wave,
  white: wave,
  pink: wave,
  svf: response(svfMagnitude, true),
  ladder: response(ladderMagnitude, true),
  comb: response(combMagnitude, false),
  env: envelope,
  string: tail,
  lfo,
}
