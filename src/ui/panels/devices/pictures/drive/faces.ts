// Pictures of drive effects: output over input (main thread).
import { token } from '../../../../drawing/colours.ts'
import { fillArea, horizontal, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import { clamp, type Face, type Faces, type Paint } from '../face.ts'
import { CurveEditor } from './CurveEditor.tsx'
import { bitcrush, distortion, saturation, tube, waveshaper, wavefolder, type Transfer } from './curves.ts'

/** Full scale lies this far inside the picture's edge. */
const MARGIN = 6
const MOST = 1.1

const transfer =
  (of: Transfer): Paint =>
  (surface, { read, colour }) => {
    const { width, height } = surface
    const [middleX, middleY] = [width / 2, height / 2]
    const [wide, tall] = [middleX - MARGIN, middleY - MARGIN]
    const at = (x: number, y: number): Point => [middleX + x * wide, middleY - clamp(y, -MOST, MOST) * tall]
    horizontal(surface, middleY)
    vertical(surface, middleX)
    strokeLine(surface, [at(-1, -1), at(1, 1)], token('text-3'), 0.5, 1)
    const curve = of(read)
    const points: Point[] = []
    // Half a pixel from point to point: folds and steps are narrow.
    for (let x = -1; x <= 1; x += 0.5 / wide) points.push(at(x, curve(x)))
    fillArea(surface, points, middleY, colour, 0.1)
    strokeLine(surface, points, colour)
  }

const face = (of: Transfer): Face => ({ paint: transfer(of) })

export const faces: Faces = {
  units: {},
  effects: {
    saturation: face(saturation),
    distortion: face(distortion),
    tube: face(tube),
    wavefolder: face(wavefolder),
    bitcrush: face(bitcrush),
    waveshaper: { ...face(waveshaper), Editor: CurveEditor },
  },
}
