// Pictures of what is kept sounding: where a bow lies on its string, which bore a breath fills (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import { fillArea, horizontal, label, strokeLine, type Point } from '../../../../drawing/strokes.ts'
import { clamp, number, type Area, type Face, type Paint, type Read } from '../face.ts'

const SIDE = 8
/** Of the string, from the bridge. */
const SHOWN = 0.5
const stringX = (position: number, { width }: Area): number => SIDE + (position / SHOWN) * (width - 2 * SIDE)
const pressY = (pressure: number, { height }: Area): number => height - 14 - pressure * (height - 26)

/** Half the string as it swings under the bow (the corner of Helmholtz runs along two parabolas); the bow as it lies and presses. */
const string: Paint = (surface, { read, colour }) => {
  const { g, width, height } = surface
  const middle = height / 2
  const swing = number(read, 'speed') * (height / 2 - 14)
  for (const side of [-1, 1]) {
    const points: Point[] = []
    for (let part = 0; part <= SHOWN + 0.001; part += 0.01)
      points.push([stringX(part, surface), middle + side * swing * 4 * part * (1 - part)])
    fillArea(surface, points, middle, colour, 0.1)
    strokeLine(surface, points, colour, 0.85, 1.25)
  }
  horizontal(surface, middle)
  const x = stringX(number(read, 'position'), surface)
  const thick = 1 + 5 * number(read, 'pressure')
  g.fillStyle = css(token('accent'), 0.55)
  g.fillRect(x - thick / 2, 6, thick, height - 20)
  label(surface, 'Bridge', 5, height - 4)
  label(surface, 'Middle', width - 5, height - 4, 'right')
}

export const bow: Face = {
  paint: string,
  handles: {
    hint: 'Drag the bow along the string, up to press',
    at: (area, { read }) => [
      {
        id: 'bow',
        x: stringX(number(read, 'position'), area),
        y: pressY(number(read, 'pressure'), area),
      },
    ],
    moved: (area, _scene, _id, { x, y }) => [
      ['position', ((x - SIDE) / (area.width - 2 * SIDE)) * SHOWN],
      ['pressure', (area.height - 14 - y) / (area.height - 26)],
    ],
  },
}

interface Bore {
  /** Half its width at a part of its length, of the picture's. */
  readonly radius: (part: number) => number
  /** Sound pressure of the lowest note along it, 0..1. */
  readonly pressure: (part: number) => number
}

const cone = (part: number): number => 0.1 + 0.5 * part
const BORES: Readonly<Record<string, Bore>> = {
  // Closed at the reed: a quarter of a wave.
  clarinet: {
    radius: (part) => 0.26 + 0.3 * clamp((part - 0.86) / 0.14, 0, 1) ** 2,
    pressure: (part) => Math.cos((Math.PI / 2) * part),
  },
  // A cone sounds all harmonics: half a wave, weighed by its narrowness.
  saxophone: {
    radius: cone,
    pressure: (part) => (part === 0 ? 1 : Math.sin(Math.PI * part) / (Math.PI * part)),
  },
  // Open at both ends.
  flute: { radius: () => 0.24, pressure: (part) => Math.sin(Math.PI * part) },
  brass: {
    radius: (part) => 0.12 + 0.06 * part + 0.75 * clamp((part - 0.6) / 0.4, 0, 1) ** 4,
    pressure: (part) => Math.cos((Math.PI / 2) * part) * (1 - 0.3 * part),
  },
}
const boreOf = (read: Read): Bore => BORES[String(read('model'))] ?? BORES.clarinet!

const MOUTH = 34
const breathY = ({ height }: Area, pressure: number): number => height - 14 - pressure * (height - 26)

/** The bore with the sound pressure in it; the breath at its mouth. */
const bore: Paint = (surface, { read, colour }) => {
  const { g, width, height } = surface
  const middle = height / 2
  const { radius, pressure } = boreOf(read)
  const x = (part: number) => MOUTH + part * (width - MOUTH - SIDE)
  const reach = middle - 6
  const along = (of: (part: number) => number): Point[] =>
    Array.from({ length: 61 }, (_, i): Point => [x(i / 60), of(i / 60)])
  const blown = number(read, 'pressure')
  for (const side of [-1, 1]) {
    const inside = along((part) => middle + side * radius(part) * reach * pressure(part) * blown)
    fillArea(surface, inside, middle, colour, 0.3)
    strokeLine(
      surface,
      along((part) => middle + side * radius(part) * reach),
      colour,
      1,
      1.5,
    )
  }
  horizontal(surface, middle)
  // Threads of breath: as many as it is strong, as near as the lips are firm.
  const open = (1 - 0.75 * number(read, 'embouchure')) * radius(0) * reach
  const threads = 1 + Math.round(blown * 6)
  g.fillStyle = css(token('accent'), 0.7)
  for (let k = 0; k < threads; k++) {
    const y = threads === 1 ? 0 : (k / (threads - 1)) * 2 - 1
    g.fillRect(SIDE, middle + y * open - 0.5, MOUTH - SIDE - 3, 1)
  }
}

export const wind: Face = {
  paint: bore,
  handles: {
    hint: 'Drag up for more breath',
    at: (area, { read }) => [{ id: 'pressure', x: SIDE + 6, y: breathY(area, number(read, 'pressure')) }],
    moved: (area, _scene, _id, { y }) => [['pressure', (area.height - 14 - y) / (area.height - 26)]],
  },
}
