// Pictures of oscillators: two cycles of the wave, its detuned copies, its partials (main thread).
import { css, type Rgb } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { horizontal, label, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import { decibels } from '../axis.ts'
import { clamp, number, type Faces, type Paint, type Scene } from '../face.ts'
import { copiesOf, partialsOf } from './copies.ts'
import { morphWave } from './morph.ts'
import { oscillatorWave, type Wave } from './waves.ts'

const CYCLES = 2
const MARGIN = 4

function drawWave(surface: Surface, wave: Wave, colour: Rgb, start: number) {
  const { width, height } = surface
  const middle = height * 0.56
  const reach = height * 0.3
  horizontal(surface, middle)
  const points: Point[] = []
  for (let x = MARGIN; x <= width - MARGIN; x += 0.5) {
    const turns = ((x - MARGIN) / (width - 2 * MARGIN)) * CYCLES + start
    points.push([x, middle - clamp(wave(turns - Math.floor(turns)), -1.4, 1.4) * reach])
  }
  strokeLine(surface, points, colour, 1, 1.5)
}

/** Noise has no fixed cycle: threads of a fixed pseudo-random sequence stand for it. */
function drawNoise({ g, width, height }: Surface, colour: Rgb) {
  let seed = 11
  g.fillStyle = css(colour)
  for (let x = MARGIN + 1; x < width - MARGIN; x += 3) {
    seed = (seed * 1664525 + 1013904223) >>> 0
    const half = Math.max(1, (seed / 2 ** 32) * height * 0.3)
    g.fillRect(x, height * 0.56 - half, 1.5, half * 2)
  }
}

/** Cents that the row of copies covers either way. */
const COPY_CENTS = 100

function drawCopies({ g, width, height }: Surface, type: string, { read, colour }: Scene) {
  const copies = copiesOf(type, read)
  if (!copies || copies.length < 2) return
  g.fillStyle = css(colour)
  for (const { cents, gain } of copies) {
    const x = width / 2 + (cents / COPY_CENTS) * (width / 2 - MARGIN)
    const tall = 2 + 8 * clamp(gain, 0, 1)
    g.fillRect(x - 0.75, height - 2 - tall, 1.5, tall)
  }
}

const wave =
  (type: string): Paint =>
  (surface, scene) => {
    const { read, unit, colour } = scene
    const cycle = type === 'wavetable' && unit.asset === undefined ? morphWave(read) : oscillatorWave(type, read, unit)
    if (cycle) drawWave(surface, cycle, colour, number(read, 'phase') / 360)
    else if (type === 'wavetable') drawTable(surface, scene)
    else drawNoise(surface, colour)
    drawCopies(surface, type, scene)
  }

/** A table of the user's own: where in it is read. */
function drawTable(surface: Surface, { read, colour }: Scene) {
  const { g, width, height } = surface
  const x = MARGIN + number(read, 'position') * (width - 2 * MARGIN)
  horizontal(surface, height * 0.56)
  g.fillStyle = css(colour)
  g.fillRect(x - 1, height * 0.26, 2, height * 0.6)
  label(surface, 'Own table', 5, 12)
}

/** Decibels from the strongest partial to the picture's ground. */
const PARTIAL_RANGE_DB = 60

const partials: Paint = (surface, { read, colour }) => {
  const { g, width, height } = surface
  const all = partialsOf(read)
  const most = Math.max(...all.map(({ gain }) => gain), 1e-9)
  const octaves = Math.log2(256)
  const toX = (ratio: number) => MARGIN + (Math.log2(Math.max(ratio, 1)) / octaves) * (width - 2 * MARGIN)
  for (const ratio of [2, 4, 8, 16, 32, 64, 128]) vertical(surface, toX(ratio))
  g.fillStyle = css(colour)
  for (const { ratio, gain } of all) {
    const share = 1 + decibels(gain / most) / PARTIAL_RANGE_DB
    if (share <= 0 || toX(ratio) > width) continue
    g.fillRect(toX(ratio) - 0.75, height - 4 - share * (height - 12), 1.5, share * (height - 12))
  }
  horizontal(surface, height - 4)
}

const WAVES = [
  'saw',
  'square',
  'triangle',
  'sine',
  'pulse',
  'supersaw',
  'unison',
  'additive',
  'fm',
  'white',
  'pink',
  'sync',
  'wavetable',
]

export const faces: Faces = {
  units: { ...Object.fromEntries(WAVES.map((type) => [type, { paint: wave(type) }])), partials: { paint: partials } },
  effects: {},
}
