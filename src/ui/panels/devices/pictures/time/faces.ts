// Pictures of echoes and tails over time (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { horizontal, label, strokeLine, vertical } from '../../../../drawing/strokes.ts'
import { decibels } from '../axis.ts'
import { clamp, type Faces, type Paint } from '../face.ts'
import { secondsText } from '../words.ts'
import { decaysOf } from './decays.ts'
import { dryOf, echoesOf, windowFor, type Echo } from './echoes.ts'

const MARGIN = 6

/** Four parts of the window; its length stands at the end. */
function ground(surface: Surface, window: number) {
  const { width, height } = surface
  for (const part of [0.25, 0.5, 0.75]) vertical(surface, MARGIN + part * (width - 2 * MARGIN))
  label(surface, secondsText(window), width - 4, height - 9, 'right')
}

/** Of an echo, from the middle to its end. */
const ECHO_RANGE_DB = 40
const tallness = (amplitude: number): number => clamp(1 + decibels(amplitude) / ECHO_RANGE_DB, 0, 1)

/** Left above the middle, right below, in decibels. */
const echoes =
  (type: string): Paint =>
  (surface, scene) => {
    const { g, width, height } = surface
    const all = echoesOf[type]!(scene)
    const window = windowFor(clamp(all.at(-1)?.seconds ?? 0, 0.2, 12))
    const middle = (height - 8) / 2
    const reach = middle - 5
    ground(surface, window)
    horizontal(surface, middle)
    const bar = ({ seconds: at, left, right }: Echo, alpha: number) => {
      if (at > window) return
      const x = MARGIN + (at / window) * (width - 2 * MARGIN) - 1
      g.fillStyle = css(scene.colour, alpha)
      const [up, down] = [tallness(left) * reach, tallness(right) * reach]
      g.fillRect(x, middle - up, 2, up)
      g.fillRect(x, middle, 2, down)
    }
    bar(dryOf(scene.read), 0.45)
    for (const echo of all) bar(echo, 1)
  }

/** Threads that fall 60 dB in the stated time, drawn in decibels; lows and highs as lines. */
const tail =
  (type: string): Paint =>
  (surface, scene) => {
    const { g, width, height } = surface
    const { beginsSeconds, lines } = decaysOf[type]!(scene)
    const window = windowFor(clamp(Math.max(...lines.map((line) => line.seconds)) * 0.9 + beginsSeconds, 0.2, 32))
    const base = height - MARGIN
    const tall = height - 14
    const toX = (second: number) => MARGIN + (second / window) * (width - 2 * MARGIN)
    ground(surface, window)
    const [main, ...others] = lines
    for (let x = toX(beginsSeconds); x < width - MARGIN; x += 3) {
      const share = 1 - (((x - MARGIN) / (width - 2 * MARGIN)) * window - beginsSeconds) / main!.seconds
      if (share <= 0) break
      g.fillStyle = css(scene.colour, 0.4 + 0.6 * share)
      g.fillRect(x, base - Math.max(0.8, share * tall), 1.75, Math.max(0.8, share * tall))
    }
    others.forEach(({ label: name, seconds: long }, i) => {
      // Where the line leaves the picture, or reaches the ground.
      const end = Math.min(beginsSeconds + long, window)
      const level = 1 - (end - beginsSeconds) / long
      const points = [
        [toX(beginsSeconds), base - tall],
        [toX(end), base - level * tall],
      ] as const
      strokeLine(surface, points, token(i === 0 ? 'text-2' : 'accent'), 0.9, 1)
      label(surface, name, width - 5 - 26 * i, 12, 'right', i === 0 ? 'text-2' : 'accent')
    })
    horizontal(surface, base)
  }

const each = (types: readonly string[], paint: (type: string) => Paint) =>
  Object.fromEntries(types.map((type) => [type, { paint: paint(type) }]))

export const faces: Faces = {
  units: each(['string', 'metal', 'pluck'], tail),
  effects: { ...each(['plate', 'reverb'], tail), ...each(Object.keys(echoesOf), echoes) },
}
