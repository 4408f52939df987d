// Pictures of played bodies: modes that ring, drums, a bowed string, a bore (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { fillArea, horizontal, label, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import { decibels, shareOf } from '../axis.ts'
import {
  clamp,
  number,
  type Area,
  type Face,
  type Faces,
  type Handles,
  type Paint,
  type Read,
  type Scene,
} from '../face.ts'
import { windowFor } from '../time/echoes.ts'
import { hertzText, secondsText } from '../words.ts'
import { bow, wind } from './excited.ts'
import { bursts, clickLevel, noiseLevel, toneHertz, toneLevel } from './drum.ts'
import { modesOf } from './modes.ts'

const SIDE = 6

function timeGround(surface: Surface, window: number) {
  for (const part of [0.25, 0.5, 0.75]) vertical(surface, SIDE + part * (surface.width - 2 * SIDE))
  label(surface, secondsText(window), surface.width - 4, surface.height - 4, 'right')
}
const toX = (second: number, window: number, { width }: Area): number => SIDE + (second / window) * (width - 2 * SIDE)

/** Fainter modes are not told from nothing. */
const MODE_DB = 54

/** A thread for each mode: as high as it sounds, as long as it rings, as strong as it is loud. */
const modal: Paint = (surface, { read, colour, sampleRateHz }) => {
  const { g, height } = surface
  const modes = modesOf(read, sampleRateHz).filter(({ level }) => decibels(level) > -MODE_DB)
  const window = windowFor(clamp(Math.max(...modes.map((mode) => mode.seconds), 0.05) * 0.9, 0.25, 32))
  timeGround(surface, window)
  const y = (hertz: number) => height - 14 - shareOf(clamp(hertz, 20, 20_000)) * (height - 20)
  for (const hertz of [100, 1000, 10_000]) {
    horizontal(surface, y(hertz))
    label(surface, hertz < 1000 ? String(hertz) : `${hertz / 1000}k`, surface.width - 4, y(hertz) - 2, 'right')
  }
  for (const mode of modes) {
    g.fillStyle = css(colour, 0.2 + 0.8 * (1 + decibels(mode.level) / MODE_DB))
    const from = toX(0, window, surface)
    g.fillRect(
      from,
      y(mode.hertz) - 0.75,
      Math.max(2, toX(Math.min(mode.seconds, window), window, surface) - from),
      1.5,
    )
  }
}

const DRUM_DB = 60
const levelY = (level: number, { height }: Area): number =>
  height - 14 - clamp(1 + decibels(level) / DRUM_DB, 0, 1) * (height - 26)

const course = (surface: Surface, window: number, of: (second: number) => number): Point[] => {
  const points: Point[] = []
  for (let x = SIDE; x <= surface.width - SIDE; x += 0.5)
    points.push([x, of(((x - SIDE) / (surface.width - 2 * SIDE)) * window)])
  return points
}

const toneWindow = ({ read }: Scene): number => windowFor(clamp(number(read, 'hold') + number(read, 'decay'), 0.1, 12))

/** Level as an area, pitch as a line over it, the click at the beginning. */
const drumtone: Paint = (surface, scene) => {
  const { read, colour } = scene
  const window = scene.scale
  timeGround(surface, window)
  const level = course(surface, window, (second) => levelY(toneLevel(read, second), surface))
  fillArea(surface, level, surface.height - 14, colour)
  strokeLine(surface, level, colour)
  const click = course(surface, window, (second) => levelY(clickLevel(read, second), surface))
  if (number(read, 'click') > 0) strokeLine(surface, click, token('text-3'), 0.9, 1)
  const pitch = course(
    surface,
    window,
    (second) => surface.height - 14 - shareOf(clamp(toneHertz(read, second), 20, 20_000)) * (surface.height - 26),
  )
  strokeLine(surface, pitch, token('accent'), 0.9, 1.25)
  label(surface, 'Pitch', surface.width - 5, 12, 'right', 'accent')
}

const noiseWindow = ({ read }: Scene): number => windowFor(clamp(bursts(read).at(-1)! + number(read, 'decay'), 0.1, 12))

const FILTERS: Readonly<Record<string, string>> = { lowpass: 'below', highpass: 'above', bandpass: 'around' }

/** Threads that burst and fall: what passes stands in words. */
const drumnoise: Paint = (surface, scene) => {
  const { read, colour } = scene
  const { g, height, width } = surface
  const base = height - 14
  timeGround(surface, scene.scale)
  for (let x = SIDE; x < width - SIDE; x += 2.5) {
    const second = ((x - SIDE) / (width - 2 * SIDE)) * scene.scale
    const high = base - levelY(noiseLevel(read, second), surface)
    if (high <= 0) continue
    g.fillStyle = css(colour, 0.4 + 0.6 * (high / (height - 26)))
    g.fillRect(x, base - high, 1.5, high)
  }
  horizontal(surface, base)
  label(surface, `${FILTERS[String(read('mode'))] ?? ''} ${hertzText(number(read, 'cutoff'))}`, width - 5, 12, 'right')
}

/** The end of the fall, dragged sideways; it follows `begins`. */
const decayHandles = (begins: (read: Read) => number): Handles => ({
  hint: 'Drag the end of the fall',
  at: (area, { read, scale }) => [
    {
      id: 'decay',
      x: clamp(toX(begins(read) + number(read, 'decay'), scale, area), SIDE, area.width - SIDE),
      y: area.height - 14,
    },
  ],
  moved: (area, { read, scale }, _id, { x }) => [
    ['decay', ((x - SIDE) / (area.width - 2 * SIDE)) * scale - begins(read)],
  ],
})

const drum = (paint: Paint, window: (scene: Scene) => number, begins: (read: Read) => number): Face => ({
  paint,
  scale: (_area, scene) => window(scene),
  handles: decayHandles(begins),
})

export const faces: Faces = {
  units: {
    modal: { paint: modal },
    drumtone: drum(drumtone, toneWindow, (read) => number(read, 'hold')),
    drumnoise: drum(drumnoise, noiseWindow, (read) => bursts(read).at(-1)!),
    bow,
    wind,
  },
  effects: {},
}
