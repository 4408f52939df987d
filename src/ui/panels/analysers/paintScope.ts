// The scope's picture: the band between the lowest and highest sample of each point (main thread).
import { css, token } from '../../drawing/colours.ts'
import type { Surface } from '../../drawing/Plot.tsx'
import { horizontal, vertical } from '../../drawing/strokes.ts'

export function paintScopeGrid(surface: Surface) {
  const { width, height } = surface
  for (const share of [0.25, 0.5, 0.75]) vertical(surface, width * share)
  horizontal(surface, height / 2, 'line-2')
}

export function paintScope({ g, width, height }: Surface, low: Float32Array, high: Float32Array, zoom: number) {
  const points = low.length
  const x = (p: number): number => (p / (points - 1)) * width
  const y = (sample: number): number => (0.5 - 0.5 * Math.max(-1, Math.min(1, sample * zoom))) * height
  g.beginPath()
  for (let p = 0; p < points; p++) g.lineTo(x(p), y(high[p]!))
  for (let p = points - 1; p >= 0; p--) g.lineTo(x(p), y(low[p]!))
  g.closePath()
  g.fillStyle = g.strokeStyle = css(token('accent'))
  g.lineWidth = 1.25
  g.lineJoin = 'bevel'
  g.fill()
  g.stroke()
}
