// Draws the pictures of effects: echoes, tails, sweeps (main thread).
import { css, token, type Rgb } from '../../../drawing/colours.ts'
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
import type { Paint } from './painter.ts'
import { driven, eqDecibels, hertzAt, shareOf, type Read } from './response.ts'

const MARGIN = 6

/** Vertical lines at whole seconds; the last one is labelled. */
function secondsGrid(surface: Surface, seconds: number, toX: (second: number) => number) {
  for (let second = 1; second < seconds; second++) vertical(surface, toX(second))
  const last = Math.ceil(seconds) - 1
  if (last > 0) label(surface, `${last} s`, toX(last) - 3, surface.height - 4, 'right')
}

/** Each echo at its time and level, up to 3 s; the dry sound stands at 0. */
function echoes(sides: (echo: number) => 'both' | 'left' | 'right'): Paint {
  return (surface, read, colour) => {
    const { g, width, height } = surface
    const windowSeconds = 3
    const toX = (second: number) => MARGIN + (second / windowSeconds) * (width - 2 * MARGIN)
    const middle = height / 2
    const reach = middle - 8
    secondsGrid(surface, windowSeconds, toX)
    horizontal(surface, middle)
    const time = Math.max(0.001, Number(read('time')))
    const feedback = Number(read('feedback'))
    const mix = Number(read('mix'))
    const bar = (second: number, level: number, side: string, alpha: number) => {
      const half = Math.max(0.5, level * reach)
      g.fillStyle = css(colour, alpha)
      const from = side === 'right' ? middle : middle - half
      g.fillRect(toX(second) - 1, from, 2, side === 'both' ? half * 2 : half)
    }
    bar(0, 1 - mix, 'both', 0.5)
    for (let echo = 1; echo * time < windowSeconds && feedback ** (echo - 1) > 0.001 && echo < 400; echo++) {
      bar(echo * time, mix * feedback ** (echo - 1), sides(echo), 1)
    }
  }
}

/** A reverb's or a string's decay over 6 s: threads that fall 60 dB in the stated time, drawn in decibels. */
export const tail: Paint = (surface, read, colour) => {
  const { g, width, height } = surface
  const windowSeconds = 6
  const toX = (second: number) => MARGIN + (second / windowSeconds) * (width - 2 * MARGIN)
  const base = height - MARGIN
  secondsGrid(surface, windowSeconds, toX)
  const decay = Math.max(0.05, Number(read('decay')))
  const start = Number(read('predelay')) || 0
  for (let x = toX(start); x < width - MARGIN; x += 3) {
    const second = ((x - MARGIN) / (width - 2 * MARGIN)) * windowSeconds - start
    const share = 1 - second / decay
    if (share <= 0) break
    const tall = Math.max(0.8, share * (height - 16))
    g.fillStyle = css(colour, 0.4 + 0.6 * share)
    g.fillRect(x, base - tall, 1.75, tall)
  }
  horizontal(surface, base)
}

/** How far and how fast a modulated effect sweeps, over 4 s. */
function sweep(lines: (read: Read) => number): Paint {
  return (surface, read, colour) => {
    const { width, height } = surface
    const windowSeconds = 4
    const depth = Number(read('depth'))
    const rate = Number(read('rate'))
    const count = Math.max(1, Math.round(lines(read)))
    horizontal(surface, height / 2)
    for (let line = count - 1; line >= 0; line--) sweepLine(surface, colour, line / count)
    function sweepLine(on: Surface, tint: Rgb, phase: number) {
      const points: Point[] = []
      for (let x = 0; x <= width; x += 1) {
        const cycles = (x / width) * windowSeconds * rate + phase
        points.push([x, height / 2 - Math.sin(2 * Math.PI * cycles) * depth * (height / 2 - 8)])
      }
      strokeLine(on, points, tint, phase === 0 ? 1 : 0.45, 1.5)
    }
  }
}

/** Output over input, -1..1 both ways; the thin line is what goes through unchanged. */
const transfer: Paint = (surface, read, colour) => {
  const { width, height } = surface
  const reach = height / 2 - 6
  const at = (x: number, y: number): Point => [width / 2 + x * (width / 2 - 6), height / 2 - y * reach]
  horizontal(surface, height / 2)
  vertical(surface, width / 2)
  strokeLine(surface, [at(-1, -1), at(1, 1)], token('text-3'), 0.5, 1)
  const points: Point[] = []
  for (let x = -1; x <= 1.001; x += 0.02) points.push(at(x, Math.min(1.1, Math.max(-1.1, driven(x, read)))))
  strokeLine(surface, points, colour)
}

const SAMPLE_TONE_HZ = 440

/** What a 440 Hz tone becomes: itself, and the sum and difference with the carrier. */
const sidebands: Paint = (surface, read, colour) => {
  const { g, width, height } = surface
  const base = height - 16
  const carrier = Number(read('frequency'))
  const mix = Number(read('mix'))
  frequencyGrid(surface, (hertz) => shareOf(hertz) * width)
  const line = (hertz: number, level: number, alpha: number) => {
    if (hertz < 20 || level <= 0) return
    g.fillStyle = css(colour, alpha)
    g.fillRect(shareOf(hertz) * width - 1, base - level * (base - 8), 2, level * (base - 8))
  }
  line(SAMPLE_TONE_HZ, 1 - mix, 0.5)
  line(Math.abs(carrier - SAMPLE_TONE_HZ), mix / 2, 1)
  line(carrier + SAMPLE_TONE_HZ, mix / 2, 1)
  label(surface, 'A 440 Hz tone', 5, 13)
}

const EQ_RANGE_DB = 20
const EQ_BANDS = ['low', 'bell1', 'bell2', 'high']

const equaliser: Paint = (surface, read, colour) => {
  const { width, height } = surface
  const middle = height / 2
  const y = (db: number) => middle - (db / EQ_RANGE_DB) * middle
  frequencyGrid(surface, (hertz) => shareOf(hertz) * width)
  horizontal(surface, y(10))
  horizontal(surface, y(-10))
  horizontal(surface, middle, 'line-2')
  const points: Point[] = []
  for (let x = 0; x <= width; x++) points.push([x, y(eqDecibels(hertzAt(x / width), read))])
  fillArea(surface, points, middle, colour)
  strokeLine(surface, points, colour)
  for (const band of EQ_BANDS) {
    const hertz = Number(read(`${band}Frequency`))
    handle(surface, shareOf(hertz) * width, y(eqDecibels(hertz, read)))
  }
}

export const EFFECT_PAINT: Readonly<Record<string, Paint>> = {
  delay: echoes(() => 'both'),
  pingpong: echoes((echo) => (echo % 2 === 1 ? 'left' : 'right')),
  plate: tail,
  chorus: sweep((read) => Number(read('voices')) || 2),
  ensemble: sweep(() => 3),
  flanger: sweep(() => 1),
  phaser: sweep(() => 1),
  eq: equaliser,
  ringmod: sidebands,
  saturation: transfer,
  distortion: transfer,
}
