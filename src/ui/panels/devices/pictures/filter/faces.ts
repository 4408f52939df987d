// Pictures of filters: level over frequency, the cutoff to be dragged (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { fillArea, frequencyGrid, horizontal, strokeLine, type Point } from '../../../../drawing/strokes.ts'
import { decibels, hertzAt, shareOf } from '../axis.ts'
import { clamp, number, type Face, type Faces, type Paint, type Scene } from '../face.ts'
import { cutoff, yOf, ZERO_AT } from './handles.ts'
import {
  combMagnitude,
  filterMagnitude,
  flangerMagnitude,
  ladderMagnitude,
  phaserMagnitude,
  svfMagnitude,
  type Magnitude,
} from './response.ts'
import { formantMagnitude } from './vowels.ts'

/** Two points to a pixel: combs are fine. */
function line({ width, height }: Surface, levelDb: (hertz: number) => number): Point[] {
  const points: Point[] = []
  for (let x = 0; x <= width; x += 0.5)
    points.push([x, clamp(yOf(levelDb(hertzAt(x / width)), height), -4, height + 4)])
  return points
}

function ground(surface: Surface) {
  frequencyGrid(surface, (hertz) => shareOf(hertz) * surface.width)
  horizontal(surface, surface.height * ZERO_AT)
}

const response =
  (magnitude: Magnitude): Paint =>
  (surface, { read, colour, sampleRateHz }) => {
    ground(surface)
    const points = line(surface, (hertz) => decibels(magnitude(hertz, read, sampleRateHz)))
    fillArea(surface, points, surface.height, colour)
    strokeLine(surface, points, colour)
  }

/** In the middle of its sweep, and pale at both ends of it. */
const swept =
  (at: (swing: number, scene: Scene) => (hertz: number) => number): Paint =>
  (surface, scene) => {
    ground(surface)
    for (const swing of number(scene.read, 'depth') > 0 ? [-1, 1] : [])
      strokeLine(
        surface,
        line(surface, (hertz) => decibels(at(swing, scene)(hertz))),
        scene.colour,
        0.35,
        1,
      )
    const points = line(surface, (hertz) => decibels(at(0, scene)(hertz)))
    fillArea(surface, points, surface.height, scene.colour, 0.1)
    strokeLine(surface, points, scene.colour)
  }

/** Octaves by which an LFO at full depth moves the phaser effect (wasm/effects/phaser.h). */
const PHASER_OCTAVES = 2
const phaser = (octaves: number): Paint =>
  swept((swing, { read, sampleRateHz }) => {
    const by = octaves * number(read, 'depth') * swing
    return (hertz) => phaserMagnitude(hertz, read, sampleRateHz, by)
  })

/** Of the flanger's delay, from its shortest (wasm/effects/flanger.h). */
const FLANGER = { leastSeconds: 0.00025, octaves: 4.392317 } as const
const flanger = swept((swing, { read }) => {
  const seconds = FLANGER.leastSeconds * 2 ** ((swing + 1) * 0.5 * FLANGER.octaves * number(read, 'depth'))
  return (hertz) => flangerMagnitude(hertz, read, seconds)
})

const withCutoff = (magnitude: Magnitude): Face => ({ paint: response(magnitude), handles: cutoff(magnitude) })

/** How far LFO and follower of the filter effect take the cutoff: a bar below the curve. */
const reach: Paint = (surface, { read }) => {
  const { g, width, height } = surface
  const hertz = number(read, 'cutoff')
  const depth = number(read, 'lfoDepth')
  const lift = number(read, 'envelope')
  const from = shareOf(hertz * 2 ** (Math.min(lift, 0) - depth)) * width
  const to = shareOf(hertz * 2 ** (Math.max(lift, 0) + depth)) * width
  if (to - from < 1) return
  g.fillStyle = css(token('accent'), 0.7)
  g.fillRect(from, height - 2, to - from, 2)
}

const filterEffect = withCutoff(filterMagnitude)

export const faces: Faces = {
  units: {
    svf: withCutoff(svfMagnitude),
    ladder: withCutoff(ladderMagnitude),
    comb: { paint: response(combMagnitude) },
    formant: { paint: response(formantMagnitude) },
    phaser: { paint: phaser(1) },
  },
  effects: {
    filter: {
      ...filterEffect,
      paint: (surface, scene) => {
        filterEffect.paint(surface, scene)
        reach(surface, scene)
      },
    },
    phaser: { paint: phaser(PHASER_OCTAVES) },
    flanger: { paint: flanger },
  },
}
