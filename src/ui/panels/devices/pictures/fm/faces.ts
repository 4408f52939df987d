// Picture of the six operators: who modulates whom, how loud each is, the feedback; a press chooses an operator (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { label } from '../../../../drawing/strokes.ts'
import { number, type Area, type Faces, type Handles, type Paint, type Scene } from '../face.ts'
import { ALGORITHMS, boxes, type Algorithm } from './algorithms.ts'

const ROOM = { side: 12, top: 9, bottom: 9 } as const
const BOX = { width: 20, height: 13 } as const
/** Silence of an operator (wasm/units/fm6.h). */
const SILENT_DB = -60

const algorithmOf = ({ read }: Scene): Algorithm => ALGORITHMS[Number(read('algorithm')) - 1] ?? ALGORITHMS[0]!

interface Seat {
  readonly operator: number
  readonly x: number
  readonly y: number
}

function seats({ width, height }: Area, scene: Scene): Seat[] {
  const all = boxes(algorithmOf(scene))
  const columns = Math.max(...all.map(({ column }) => column))
  const rows = Math.max(...all.map(({ row }) => row))
  const wide = width - 2 * ROOM.side - BOX.width - 6
  const tall = height - ROOM.top - ROOM.bottom - BOX.height
  const across = columns === 0 ? 0 : Math.min(wide / columns, 44)
  const up = rows === 0 ? 0 : Math.min(tall / rows, 34)
  const left = (width - across * columns) / 2 - 3
  const bottom = height - ROOM.bottom - BOX.height / 2 - (tall - up * rows) / 2
  return all.map(({ operator, column, row }) => ({ operator, x: left + column * across, y: bottom - row * up }))
}

function line({ g }: Surface, from: readonly [number, number], to: readonly [number, number], middle: number) {
  g.beginPath()
  g.moveTo(...from)
  g.lineTo(from[0], middle)
  g.lineTo(to[0], middle)
  g.lineTo(...to)
  g.stroke()
}

const graph: Paint = (surface, scene) => {
  const { g } = surface
  const { read, colour, part } = scene
  const { arrows, carriers, feedback } = algorithmOf(scene)
  const all = seats(surface, scene)
  const at = (operator: number) => all[operator - 1]!
  g.lineWidth = 1.25
  g.strokeStyle = css(token('text-3'))
  for (const [from, to] of arrows) {
    const [a, b] = [at(from), at(to)]
    const end = b.y - BOX.height / 2
    line(surface, [a.x, a.y + BOX.height / 2], [b.x, end], (a.y + BOX.height / 2 + end) / 2)
  }
  for (const operator of carriers) {
    const { x, y } = at(operator)
    g.beginPath()
    g.moveTo(x, y + BOX.height / 2)
    g.lineTo(x, y + BOX.height / 2 + 5)
    g.stroke()
  }
  const back = number(read, 'feedback')
  if (back > 0) {
    const [from, to] = [at(feedback[0]), at(feedback[1])]
    const right = Math.max(from.x, to.x) + BOX.width / 2 + 5
    g.strokeStyle = css(token('accent'), 0.35 + 0.65 * back)
    g.beginPath()
    g.moveTo(from.x + BOX.width / 2, from.y)
    g.lineTo(right, from.y)
    g.lineTo(right, to.y - BOX.height / 2 - 3)
    g.lineTo(to.x, to.y - BOX.height / 2 - 3)
    g.lineTo(to.x, to.y - BOX.height / 2)
    g.stroke()
  }
  for (const { operator, x, y } of all) {
    const level = Math.max(0, 1 - number(read, `gain${operator}`) / SILENT_DB)
    const [left, top] = [x - BOX.width / 2, y - BOX.height / 2]
    g.fillStyle = css(token('bg-3'))
    g.fillRect(left, top, BOX.width, BOX.height)
    g.fillStyle = css(colour, carriers.includes(operator) ? 0.75 : 0.4)
    g.fillRect(left, top + BOX.height * (1 - level), BOX.width, BOX.height * level)
    g.lineWidth = operator === part ? 1.5 : 1
    g.strokeStyle = css(token(operator === part ? 'text-1' : 'line-3'))
    g.strokeRect(left, top, BOX.width, BOX.height)
    label(surface, String(operator), x, y + 3.5, 'center', 'text-1')
  }
}

const handles: Handles = {
  hint: 'Press an operator to see its knobs',
  at: (area, scene) =>
    seats(area, scene).map(({ operator, x, y }) => ({ id: String(operator), x, y, part: operator, hidden: true })),
  moved: () => [],
}

export const faces: Faces = { units: { fm6: { paint: graph, handles } }, effects: {} }
