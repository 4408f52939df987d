// Pictures over frequency: a vocoder's bands, a resonator's chord, a shifted tone (main thread).
import { css, token } from '../../../../drawing/colours.ts'
import { frequencyGrid, horizontal, label, strokeLine, type Point } from '../../../../drawing/strokes.ts'
import { decibels, hertzAt, shareOf } from '../axis.ts'
import { clamp, number, type Area, type Faces, type Handles, type Paint, type Read } from '../face.ts'
import { bandHertz, pitchRatio, resonances, timbreRatio } from './bands.ts'

const xOf = (hertz: number, { width }: Area): number => shareOf(clamp(hertz, 20, 20_000)) * width

const TOP = 18
const bottomOf = ({ height }: Area): number => height - 20
const formantRatio = (read: Read): number => 2 ** (number(read, 'formant') / 12)

/** Bands of the voice above, those of the carrier that they open below. */
const vocoder: Paint = (surface, { read, colour }) => {
  const { g } = surface
  const bands = bandHertz(read)
  const ratio = formantRatio(read)
  const bottom = bottomOf(surface)
  frequencyGrid(surface, (hertz) => xOf(hertz, surface))
  label(surface, 'Voice', 5, 11)
  for (const hertz of bands) {
    const [from, to] = [xOf(hertz, surface), xOf(hertz * ratio, surface)]
    strokeLine(
      surface,
      [
        [from, TOP + 7],
        [to, bottom - 7],
      ],
      colour,
      0.45,
      1,
    )
    g.fillStyle = css(token('text-2'))
    g.fillRect(from - 1, TOP - 4, 2, 10)
    g.fillStyle = css(colour)
    g.fillRect(to - 1, bottom - 6, 2, 10)
  }
}

const middleBand = (read: Read): number => {
  const bands = bandHertz(read)
  return bands[bands.length >> 1]!
}
const vocoderHandles: Handles = {
  hint: 'Drag the carrier sideways for larger or smaller voices',
  at: (area, { read }) => [
    { id: 'formant', x: xOf(middleBand(read) * formantRatio(read), area), y: bottomOf(area) - 1 },
  ],
  moved: (area, { read }, _id, { x }) => [['formant', 12 * Math.log2(hertzAt(x / area.width) / middleBand(read))]],
}

const RANGE_DB = { from: -36, to: 24 } as const
const gainY = (gain: number, { height }: Area): number =>
  height - 14 - clamp((decibels(gain) - RANGE_DB.from) / (RANGE_DB.to - RANGE_DB.from), 0, 1) * (height - 22)

/** A line for each harmonic, as high as a tone there comes out, as strong as it rings long. */
const resonator: Paint = (surface, { read, colour, sampleRateHz }) => {
  const { g, height, width } = surface
  frequencyGrid(surface, (hertz) => xOf(hertz, surface))
  horizontal(surface, gainY(1, surface))
  const all = resonances(read, sampleRateHz)
  const longest = Math.max(...all.map(({ seconds }) => seconds))
  for (const { hertz, gain, seconds } of all) {
    g.fillStyle = css(colour, 0.25 + 0.75 * Math.sqrt(seconds / longest))
    const y = gainY(gain, surface)
    g.fillRect(xOf(hertz, surface) - 0.6, y, 1.2, height - 14 - y)
  }
  label(surface, '0 dB', width - 4, gainY(1, surface) - 3, 'right')
}

const rootHertz = (read: Read): number => 440 * 2 ** ((number(read, 'root') - 69) / 12)
const resonatorHandles: Handles = {
  hint: 'Drag the root sideways',
  at: (area, { read }) => [{ id: 'root', x: xOf(rootHertz(read), area), y: area.height - 14 }],
  moved: (area, _scene, _id, { x }) => [['root', Math.round(69 + 12 * Math.log2(hertzAt(x / area.width) / 440))]],
}

const TONE_HZ = 220
const HARMONICS = 24
/** A voice to be shifted: harmonics under three formants, an a. */
const FORMANTS: readonly (readonly [hertz: number, width: number, db: number])[] = [
  [700, 0.45, 0],
  [1150, 0.35, -4],
  [2700, 0.35, -14],
]
const voiceDb = (hertz: number): number =>
  Math.max(
    -46 - 6 * Math.log2(hertz / 500),
    ...FORMANTS.map(([at, width, db]) => db - 12 * (Math.log2(hertz / at) / width) ** 2),
  )
const voiceY = (db: number, { height }: Area): number => height - 14 - clamp(1 + db / 54, 0, 1) * (height - 24)

/** A sung tone pale, what becomes of it full; the timbre as a line that moves as far as it is let. */
const pitchshift: Paint = (surface, { read, colour }) => {
  const { g, width, height } = surface
  frequencyGrid(surface, (hertz) => xOf(hertz, surface))
  const [pitch, timbre] = [pitchRatio(read), timbreRatio(read)]
  const lines = (ratio: number, moved: number, alpha: number) => {
    g.fillStyle = css(colour, alpha)
    for (let k = 1; k <= HARMONICS; k++) {
      const hertz = k * TONE_HZ * ratio
      if (hertz > 18_000) break
      const y = voiceY(voiceDb(hertz / moved), surface)
      g.fillRect(xOf(hertz, surface) - 0.75, y, 1.5, height - 14 - y)
    }
  }
  lines(1, 1, 0.25)
  lines(pitch, timbre, 0.95)
  const points: Point[] = []
  for (let x = xOf(TONE_HZ * pitch, surface); x <= width; x++) {
    const y = voiceY(voiceDb(hertzAt(x / width) / timbre), surface)
    points.push([x, y])
  }
  strokeLine(surface, points, token('accent'), 0.7, 1)
  label(surface, 'A sung A3', 5, 12)
}

const pitchHandles: Handles = {
  hint: 'Drag the tone sideways by semitones',
  at: (area, { read }) => [{ id: 'semitones', x: xOf(TONE_HZ * pitchRatio(read), area), y: area.height - 14 }],
  moved: (area, { read }, _id, { x }) => [
    ['semitones', Math.round(12 * Math.log2(hertzAt(x / area.width) / TONE_HZ) - number(read, 'cents') / 100)],
  ],
}

export const faces: Faces = {
  units: {},
  effects: {
    vocoder: { paint: vocoder, handles: vocoderHandles },
    resonator: { paint: resonator, handles: resonatorHandles },
    pitchshift: { paint: pitchshift, handles: pitchHandles },
  },
}
