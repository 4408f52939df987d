// Pictures of dynamics: level out over level in, the threshold to be dragged (main thread).
import { token } from '../../../../drawing/colours.ts'
import type { Surface } from '../../../../drawing/Plot.tsx'
import { fillArea, horizontal, label, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import { clamp, number, type Face, type Faces, type Handles, type Paint, type Scene } from '../face.ts'
import { bandGain, compressorGain, deesserGain, expanderGain, gateGain, limiterGain, type GainCurve } from './curves.ts'
import { dbOf, RANGE, xOf, yOf } from './axes.ts'
import { ReductionDot } from './ReductionDot.tsx'

const LINES_DB = [-48, -24, 0]

function ground(surface: Surface) {
  for (const db of LINES_DB) {
    vertical(surface, xOf(db, surface), db === 0 ? 'line-2' : 'line-1')
    horizontal(surface, yOf(db, surface), db === 0 ? 'line-2' : 'line-1')
    if (db < 0) label(surface, `−${-db}`, xOf(db, surface) + 3, surface.height - 4)
  }
  const ends = [RANGE.from, RANGE.to].map((db): Point => [xOf(db, surface), yOf(db, surface)])
  strokeLine(surface, ends, token('text-3'), 0.5, 1)
}

/** Half a pixel from point to point: a gate is steep. */
function line(surface: Surface, { read }: Scene, gain: GainCurve): Point[] {
  const points: Point[] = []
  for (let x = 0; x <= surface.width; x += 0.5) {
    const db = dbOf(x, surface)
    points.push([x, clamp(yOf(db + gain(db, read), surface), -4, surface.height + 4)])
  }
  return points
}

const transfer =
  (gain: GainCurve, pale: readonly GainCurve[] = []): Paint =>
  (surface, scene) => {
    ground(surface)
    for (const other of pale) strokeLine(surface, line(surface, scene, other), scene.colour, 0.4, 1)
    const points = line(surface, scene, gain)
    fillArea(surface, points, surface.height, scene.colour, 0.12)
    strokeLine(surface, points, scene.colour)
  }

const threshold = (param: string, gain: GainCurve): Handles => ({
  hint: `Drag sideways for the ${param}`,
  at: (area, { read }) => {
    const db = number(read, param)
    return [
      {
        id: param,
        x: clamp(xOf(db, area), 6, area.width - 6),
        y: clamp(yOf(db + gain(db, read), area), 6, area.height - 6),
      },
    ]
  },
  moved: (area, _scene, _id, { x }) => [[param, dbOf(x, area)]],
})

const moved = (gain: GainCurve, param = 'threshold', pale: readonly GainCurve[] = []): Face => ({
  paint: transfer(gain, pale),
  handles: threshold(param, gain),
  Front: ReductionDot,
})

/** Four bands, or three: the fourth then follows the third's settings. */
const bandCount = ({ read }: Scene): number => Number(read('bands')) || 4

/** All bands, the chosen one in front. */
const multiband: Face = {
  paint: (surface, scene) => {
    ground(surface)
    const count = bandCount(scene)
    const chosen = clamp(scene.part, 1, count)
    for (let band = 1; band <= count; band++)
      if (band !== chosen) strokeLine(surface, line(surface, scene, bandGain(band)), scene.colour, 0.35, 1)
    const points = line(surface, scene, bandGain(chosen))
    fillArea(surface, points, surface.height, scene.colour, 0.12)
    strokeLine(surface, points, scene.colour)
  },
  handles: {
    hint: 'Drag a band sideways for its threshold',
    at: (area, scene) =>
      Array.from({ length: bandCount(scene) }, (_, i) => {
        const db = number(scene.read, `band${i + 1}Threshold`)
        return {
          id: String(i + 1),
          part: i + 1,
          mark: String(i + 1),
          x: clamp(xOf(db, area), 9, area.width - 9),
          y: clamp(yOf(db + bandGain(i + 1)(db, scene.read), area), 9, area.height - 9),
        }
      }),
    moved: (area, _scene, id, { x }) => [[`band${id}Threshold`, dbOf(x, area)]],
  },
}

const compressor = moved(compressorGain)

export const faces: Faces = {
  units: {},
  effects: {
    compressor,
    lookaheadCompressor: compressor,
    gate: moved(gateGain(false), 'threshold', [gateGain(true)]),
    expander: moved(expanderGain),
    limiter: moved(limiterGain, 'ceiling'),
    multiband,
    deesser: moved(deesserGain),
  },
}
