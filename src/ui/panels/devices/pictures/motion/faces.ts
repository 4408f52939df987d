// Pictures of what moves: LFOs, sweeping delays, vibrato, tremolo, side bands (main thread).
import { formatValue } from '../../../../../params/format.ts'
import { css, type Rgb } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { frequencyGrid, horizontal, label, strokeLine, type Point } from '../../../../drawing/strokes.ts'
import { shareOf } from '../axis.ts'
import { number, type Faces, type Paint, type Scene } from '../face.ts'
import { lfoHertz } from '../tempo.ts'
import { hertzText } from '../words.ts'
import {
  effectSwing,
  lineDelays,
  LONGEST_DELAY_SECONDS,
  softened,
  tremoloGain,
  unitSwing,
  vibratoCents,
  type Swing,
} from './lfo.ts'

const CYCLES = 2
const CENTS = { unit: 'cents', curve: 'linear', min: 0, max: 1200 } as const

/** Two cycles from edge to edge; how fast they are stands in words. */
function course(surface: Surface, colour: Rgb, y: (cycles: number) => number, alpha = 1) {
  const points: Point[] = []
  for (let x = 0; x <= surface.width; x += 0.5) points.push([x, y((x / surface.width) * CYCLES)])
  strokeLine(surface, points, colour, alpha, 1.5)
}

const rate = (surface: Surface, scene: Scene) =>
  label(surface, hertzText(lfoHertz(scene)), surface.width - 5, 12, 'right')

const lfo: Paint = (surface, scene) => {
  const { height } = surface
  const middle = height * 0.58
  const swing = unitSwing(String(scene.read('shape')))
  const start = number(scene.read, 'phase') / 360
  horizontal(surface, middle)
  course(surface, scene.colour, (cycles) => middle - swing(cycles + start) * height * 0.26)
  rate(surface, scene)
}

/** Delay over time, one line per voice; up is longer. */
const lines =
  (type: string): Paint =>
  (surface, scene) => {
    const { height } = surface
    const y = (seconds: number) => height - 4 - (seconds / LONGEST_DELAY_SECONDS) * (height - 8)
    horizontal(surface, y(0.01))
    label(surface, '10 ms', 4, y(0.01) - 3)
    lineDelays(type, scene).forEach((delay, i) =>
      course(surface, scene.colour, (cycles) => y(delay(cycles)), i === 0 ? 1 : 0.55),
    )
    rate(surface, scene)
  }

/** Pitch over time; the picture is two semitones high either way, or as much as it takes. */
const vibrato: Paint = (surface, scene) => {
  const { height } = surface
  const middle = height / 2
  const cents = vibratoCents(scene)
  const most = Math.max(50, cents * 1.15)
  const ahead = number(scene.read, 'phase') / 360
  const y = (cycles: number) => middle - (Math.sin(2 * Math.PI * cycles) * cents * (middle - 5)) / most
  horizontal(surface, middle)
  if (ahead > 0) course(surface, scene.colour, (cycles) => y(cycles + ahead), 0.45)
  course(surface, scene.colour, y)
  label(surface, `±${formatValue(CENTS, cents)}`, 5, 12)
  rate(surface, scene)
}

const STEPS = 400

/** Level over time, left; right pale where it is elsewhere, the lows where they go the other way. */
const tremolo: Paint = (surface, scene) => {
  const { read } = scene
  const { height } = surface
  const swing = effectSwing(String(read('shape')))
  const ahead = number(read, 'phase') / 360
  const soft = (of: Swing) => {
    const made = softened(of, lfoHertz(scene), number(read, 'smoothing'), CYCLES, STEPS)
    return (cycles: number) => made[Math.min(made.length - 1, Math.floor(cycles * STEPS))]!
  }
  const y = (gain: number) => height - 6 - gain * (height - 22)
  horizontal(surface, y(1))
  horizontal(surface, y(0))
  if (ahead > 0) {
    const right = soft((cycles) => swing(cycles + ahead))
    course(surface, scene.colour, (cycles) => y(tremoloGain(read, right(cycles))), 0.45)
  }
  const left = soft(swing)
  if (String(read('mode')) === 'harmonic')
    course(surface, scene.colour, (cycles) => y(tremoloGain(read, -left(cycles))), 0.45)
  course(surface, scene.colour, (cycles) => y(tremoloGain(read, left(cycles))))
  rate(surface, scene)
}

const TONE_HZ = 440

/** What becomes of a tone of 440 Hz. */
const sidebands =
  (of: (scene: Scene) => readonly (readonly [hertz: number, level: number])[]): Paint =>
  (surface, scene) => {
    const { g, width, height } = surface
    const base = height - 16
    frequencyGrid(surface, (hertz) => shareOf(hertz) * width)
    const line = (hertz: number, level: number, alpha: number) => {
      const heard = Math.abs(hertz)
      if (heard < 20 || level <= 0) return
      g.fillStyle = css(scene.colour, alpha)
      g.fillRect(shareOf(heard) * width - 1, base - level * (base - 18), 2, level * (base - 18))
    }
    line(TONE_HZ, 1 - number(scene.read, 'mix'), 0.45)
    for (const [hertz, level] of of(scene)) line(hertz, level, 1)
    label(surface, 'A tone of 440 Hz', 5, 12)
  }

const ring = sidebands(({ read }) => {
  const carrier = number(read, 'frequency')
  const level = number(read, 'mix') / 2
  return [
    [carrier - TONE_HZ, level],
    [carrier + TONE_HZ, level],
  ]
})

/** The feedback's spiral: every round moves on by as much. */
const ROUNDS = 12
const shifted = sidebands(({ read }) => {
  const by = number(read, 'shift') + number(read, 'fine')
  const [mix, feedback] = [number(read, 'mix'), Math.abs(number(read, 'feedback'))]
  const direction = String(read('direction'))
  return Array.from({ length: direction === 'both' ? 1 : ROUNDS }, (_, k) => {
    const level = mix * feedback ** k
    const [up, down] = [TONE_HZ + (k + 1) * by, TONE_HZ - (k + 1) * by]
    if (direction === 'together') return [[up, level] as const]
    return direction === 'opposite'
      ? [[up, level] as const, [down, level] as const]
      : [[up, level / 2] as const, [down, level / 2] as const]
  }).flat()
})

export const faces: Faces = {
  units: { lfo: { paint: lfo } },
  effects: {
    chorus: { paint: lines('chorus') },
    ensemble: { paint: lines('ensemble') },
    vibrato: { paint: vibrato },
    tremolo: { paint: tremolo },
    ringmod: { paint: ring },
    frequencyshift: { paint: shifted },
  },
}
