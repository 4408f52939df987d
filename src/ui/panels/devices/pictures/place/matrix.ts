// Where stereo effects put what comes in: gains from both inputs to both outputs (any thread).
import { amplitude } from '../axis.ts'
import { number, type Read } from '../face.ts'

/** Left and right out, each from left and right in. */
export type Matrix = readonly [ll: number, lr: number, rl: number, rr: number]

/** Above the frequency that is made mono. */
export function widthMatrix(read: Read): Matrix {
  const more = (number(read, 'width') - 1) / 2
  return [1 + more, -more, -more, 1 + more]
}

/** This and less is off (wasm/effects/midside.h). */
const SILENT_DB = -60
const level = (db: number): number => (db <= SILENT_DB ? 0 : amplitude(db))

export function midsideMatrix(read: Read): Matrix {
  const heard = String(read('output'))
  const m = heard === 'side' ? 0 : level(number(read, 'mid'))
  const s = heard === 'mono' ? 0 : level(number(read, 'side'))
  const lean = number(read, 'balance')
  const [keepLeft, keepRight] = [Math.min(1 - lean, 1), Math.min(1 + lean, 1)]
  const [same, other] = [(m + s) / 2, (m - s) / 2]
  const turnLeft = number(read, 'invertLeft') > 0.5 ? -1 : 1
  const turnRight = number(read, 'invertRight') > 0.5 ? -1 : 1
  const [a, b] = number(read, 'swap') > 0.5 ? [other, same] : [same, other]
  return [a * keepLeft * turnLeft, b * keepLeft * turnRight, b * keepRight * turnLeft, a * keepRight * turnRight]
}

/** Gain of the right side at a place -1..1; the left one's is that of the mirrored place (wasm/effects/panner.h). */
function pannedRight(place: number, law: string): number {
  const q = (1 + place) / 2
  const power = Math.max(Math.sin((Math.PI / 2) * q), 0)
  if (law === '3dB') return power
  return law === '4.5dB' ? Math.sqrt(power * q) : q
}

/** The panner at a place, its LFO standing: balance keeps the sides apart, stereo moves both. */
export function pannerMatrix(read: Read, place: number): Matrix {
  const law = String(read('law'))
  if (place === 0) return [1, 0, 0, 1]
  if (String(read('mode')) === 'balance') {
    const scale = 1 / pannedRight(0, law)
    return [scale * pannedRight(-place, law), 0, 0, scale * pannedRight(place, law)]
  }
  const [left, right] = [2 * Math.max(place, 0) - 1, 2 * Math.min(place, 0) + 1]
  return [pannedRight(-left, law), pannedRight(-right, law), pannedRight(left, law), pannedRight(right, law)]
}
