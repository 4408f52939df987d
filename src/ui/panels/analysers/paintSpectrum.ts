// The spectrum's picture: logarithmic frequency, decibels, the present level and the sinking hold curve (main thread).
import { css, token, type Rgb } from '../../drawing/colours.ts'
import type { Surface } from '../../drawing/Plot.tsx'
import { horizontal, label, vertical } from '../../drawing/strokes.ts'
import { columnsOf, levelAt, xOf, yOf, type Columns } from './spectrumScale.ts'

const LINES_HERTZ = [50, 100, 200, 500, 1000, 2000, 5000, 10_000]
const NAMED: Readonly<Record<number, string>> = { 100: '100', 1000: '1k', 10_000: '10k' }
const LINES_DB = [-20, -40, -60, -80]

export function paintGrid(surface: Surface) {
  const { width, height } = surface
  for (const hertz of LINES_HERTZ) {
    const name = NAMED[hertz]
    vertical(surface, xOf(hertz, width), name ? 'line-2' : 'line-1')
    if (name) label(surface, name, xOf(hertz, width) - 3, height - 4, 'right')
  }
  for (const db of LINES_DB) {
    horizontal(surface, yOf(db, height))
    label(surface, `−${-db}`, width - 3, yOf(db, height) - 2, 'right')
  }
}

/** Keeps the columns from frame to frame: nothing is made while neither size nor transform changes. */
export function createSpectrumPainter() {
  let columns: Columns | null = null
  return (surface: Surface, level: Float32Array, hold: Float32Array, sampleRate: number) => {
    const width = Math.ceil(surface.width)
    if (columns?.width !== width || columns.bins !== level.length || columns.sampleRate !== sampleRate)
      columns = columnsOf(width, level.length, sampleRate)
    const { g, height } = surface
    trace(surface, columns, hold)
    stroke(g, token('text-3'), 0.7, 1)
    trace(surface, columns, level)
    stroke(g, token('accent'), 1, 1.25)
    g.lineTo(width, height)
    g.lineTo(0, height)
    g.closePath()
    g.fillStyle = css(token('accent'), 0.18)
    g.fill()
  }
}

function trace({ g, height }: Surface, columns: Columns, levels: Float32Array) {
  g.beginPath()
  for (let x = 0; x < columns.width; x++) {
    const y = yOf(levelAt(columns, x, levels), height)
    if (x === 0) g.moveTo(x, y)
    else g.lineTo(x + 0.5, y)
  }
}

function stroke(g: CanvasRenderingContext2D, colour: Rgb, alpha: number, width: number) {
  g.strokeStyle = css(colour, alpha)
  g.lineWidth = width
  g.lineJoin = 'bevel'
  g.stroke()
}
