// Waveforms and grains in the house's drawing style (main thread).
import { css, token, type Rgb } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { label } from '../../../../drawing/strokes.ts'
import { number, type Read } from '../face.ts'
import type { DrawnGrain } from './grains.ts'

const PITCH = 3
const BAR = 1.75

/** Threads around the middle; `height` 0..1 and `alpha` by place, 0..1 of the width. */
export function wave(
  { g, width, height }: Surface,
  colour: Rgb,
  tall: (from: number, to: number) => number,
  alpha: (at: number) => number,
) {
  const middle = height / 2
  for (let x = 1; x < width - 1; x += PITCH) {
    const half = Math.max(0.5, tall(x / width, (x + PITCH) / width) * (middle - 5))
    g.fillStyle = css(colour, alpha(x / width))
    g.fillRect(x, middle - half, BAR, 2 * half)
  }
}

/** The highest of the peaks between two places, 0..1. */
export function highest(peaks: Float32Array, from: number, to: number): number {
  const first = Math.max(0, Math.floor(from * peaks.length))
  const last = Math.min(peaks.length, Math.max(first + 1, Math.ceil(to * peaks.length)))
  let most = 0
  for (let i = first; i < last; i++) most = Math.max(most, peaks[i]!)
  return most
}

/** A grain as its window, wide as it lasts; up is to the left, backwards hollow. */
export function grain(
  surface: Surface,
  colour: Rgb,
  read: Read,
  { side, backwards }: DrawnGrain,
  from: number,
  to: number,
) {
  const { g, height } = surface
  const middle = height / 2 + side * (height / 2 - 14)
  const taper = Math.max(number(read, 'shape'), 0.02)
  g.beginPath()
  for (let k = 0; k <= 16; k++) {
    const t = k / 16
    const window = Math.sin((Math.PI / 2) * Math.min(1, Math.min(t, 1 - t) * (2 / taper))) ** 2
    const [x, y] = [from + t * (to - from), middle - window * 7 + 3.5]
    if (k === 0) g.moveTo(x, y)
    else g.lineTo(x, y)
  }
  g.closePath()
  g.fillStyle = css(colour, backwards ? 0.12 : 0.5)
  g.fill()
  g.strokeStyle = css(colour, 0.9)
  g.lineWidth = 0.75
  g.stroke()
}

/** A line from top to bottom where something begins or ends. */
export function mark({ g, height }: Surface, x: number, name: string, alpha = 1) {
  g.fillStyle = css(token(name), alpha)
  g.fillRect(x - 0.5, 0, 1, height)
}

export const corner = (surface: Surface, text: string) => label(surface, text, surface.width - 5, 12, 'right')
