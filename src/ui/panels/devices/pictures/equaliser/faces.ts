// Pictures of the equalisers: the sum of their bands, the track's spectrum behind (main thread).
import { fillArea, frequencyGrid, horizontal, label, strokeLine, type Point } from '../../../../drawing/strokes.ts'
import { hertzAt, shareOf } from '../axis.ts'
import { clamp, type Face, type Faces } from '../face.ts'
import { bandDecibels, sumDecibels } from './bands.ts'
import { EIGHT, EIGHT_HANDLES, FOUR, FOUR_HANDLES, yOf, type Curve } from './handles.ts'
import { SpectrumBehind } from './SpectrumBehind.tsx'

const paint =
  ({ bands, outputDb }: Curve): Face['paint'] =>
  (surface, { read, colour, sampleRateHz, part }) => {
    const { width, height } = surface
    const all = bands(read)
    const out = outputDb(read)
    const y = (db: number) => clamp(yOf(db, height), -3, height + 3)
    frequencyGrid(surface, (hertz) => shareOf(hertz) * width)
    for (const db of [-12, 12]) {
      horizontal(surface, y(db))
      if (height > 120) label(surface, db > 0 ? '+12' : '−12', width - 4, y(db) - 3, 'right')
    }
    horizontal(surface, y(0), 'line-2')
    const chosen = all[part - 1]
    if (chosen?.on) {
      const own: Point[] = []
      for (let x = 0; x <= width; x++) own.push([x, y(bandDecibels(chosen, hertzAt(x / width), sampleRateHz))])
      fillArea(surface, own, y(0), colour, 0.22)
    }
    const points: Point[] = []
    for (let x = 0; x <= width; x++) points.push([x, y(sumDecibels(all, hertzAt(x / width), sampleRateHz) + out)])
    fillArea(surface, points, y(0), colour, 0.1)
    strokeLine(surface, points, colour)
  }

export const faces: Faces = {
  units: {},
  effects: {
    eq: { paint: paint(FOUR), handles: FOUR_HANDLES, Back: SpectrumBehind },
    eq8: { paint: paint(EIGHT), handles: EIGHT_HANDLES, Back: SpectrumBehind },
  },
}
