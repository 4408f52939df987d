// Lines, areas, grids and labels in the house's drawing style (main thread).
import { css, token, type Rgb } from './colours.ts'
import type { Surface } from './Plot.tsx'

export type Point = readonly [number, number]

export function strokeLine({ g }: Surface, points: readonly Point[], colour: Rgb, alpha = 1, lineWidth = 1.75) {
  g.beginPath()
  points.forEach(([x, y], i) => (i ? g.lineTo(x, y) : g.moveTo(x, y)))
  g.strokeStyle = css(colour, alpha)
  g.lineWidth = lineWidth
  g.lineJoin = 'round'
  g.lineCap = 'round'
  g.stroke()
}

export function fillArea({ g }: Surface, points: readonly Point[], baseY: number, colour: Rgb, alpha = 0.16) {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return
  g.beginPath()
  g.moveTo(first[0], baseY)
  for (const [x, y] of points) g.lineTo(x, y)
  g.lineTo(last[0], baseY)
  g.closePath()
  g.fillStyle = css(colour, alpha)
  g.fill()
}

export function vertical({ g, height }: Surface, x: number, name = 'line-1') {
  g.fillStyle = css(token(name))
  g.fillRect(Math.round(x), 0, 1, height)
}

export function horizontal({ g, width }: Surface, y: number, name = 'line-1') {
  g.fillStyle = css(token(name))
  g.fillRect(0, Math.round(y), width, 1)
}

let font = ''
/** Asked once: the answer costs the styles of the whole page, and the family never changes. */
const labelFont = (): string => (font ||= `10px ${getComputedStyle(document.body).fontFamily}`)

export function label(
  { g }: Surface,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign = 'left',
  name = 'text-3',
) {
  g.font = labelFont()
  g.fillStyle = css(token(name))
  g.textAlign = align
  g.textBaseline = 'alphabetic'
  g.fillText(text, x, y)
}

/** A hollow point on a curve. */
export function handle({ g }: Surface, x: number, y: number, radius = 3) {
  g.beginPath()
  g.arc(x, y, radius, 0, Math.PI * 2)
  g.fillStyle = css(token('bg-sunk'))
  g.fill()
  g.strokeStyle = css(token('text-1'))
  g.lineWidth = 1.5
  g.stroke()
}

/** Vertical frequency lines at 100 Hz, 1 kHz and 10 kHz with labels at the bottom. */
export function frequencyGrid(surface: Surface, toX: (hertz: number) => number) {
  for (const [hertz, text] of [
    [100, '100'],
    [1000, '1k'],
    [10000, '10k'],
  ] as const) {
    vertical(surface, toX(hertz))
    label(surface, text, toX(hertz) - 3, surface.height - 4, 'right')
  }
}

/** What can be dragged in a picture: hollow points, or discs with a figure; the chosen one is filled. */
export function drawHandles(
  surface: Surface,
  handles: readonly {
    readonly x: number
    readonly y: number
    readonly part?: number
    readonly mark?: string
    readonly small?: boolean
    readonly off?: boolean
    readonly hidden?: boolean
  }[],
  chosen: number,
) {
  const { g } = surface
  for (const { x, y, part, mark, small, off, hidden } of handles) {
    if (hidden) continue
    const full = part !== undefined && part === chosen
    if (mark === undefined) {
      if (full) disc(surface, x, y, 4.5)
      else handle(surface, x, y, small ? 2 : 3.5)
      continue
    }
    g.globalAlpha = off && !full ? 0.45 : 1
    g.beginPath()
    g.arc(x, y, 7, 0, Math.PI * 2)
    g.fillStyle = css(token(full ? 'text-1' : 'bg-3'))
    g.fill()
    g.strokeStyle = css(token(full ? 'text-1' : 'text-3'))
    g.lineWidth = 1
    g.stroke()
    label(surface, mark, x, y + 3.5, 'center', full ? 'bg-0' : 'text-1')
    g.globalAlpha = 1
  }
}

function disc({ g }: Surface, x: number, y: number, radius: number) {
  g.beginPath()
  g.arc(x, y, radius, 0, Math.PI * 2)
  g.fillStyle = css(token('text-1'))
  g.fill()
}
