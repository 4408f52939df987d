// The FFT that analysis uses: against a double-precision transform, and there and back again.
import { describe, expect, test } from 'vitest'
import { fft } from '../units/spectrum.ts'
import { fftRig } from './fftRig.ts'

const SIZES = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536]

/** Repeatable noise, -1..1. */
function noise(length: number, seed: number): Float32Array {
  let state = seed
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  })
}

const energyDb = (error: number, signal: number): number => 10 * Math.log10(error / signal)

describe('complex FFT', () => {
  test.each(SIZES)('%i points: equals a transform in double precision within -135 dB', (size) => {
    const rig = fftRig(size)!
    const re = noise(size, 3)
    const im = noise(size, 4)
    rig.re.set(re)
    rig.im.set(im)
    rig.forward()
    const exactRe = Float64Array.from(re)
    const exactIm = Float64Array.from(im)
    fft(exactRe, exactIm)
    let error = 0
    let signal = 0
    for (let k = 0; k < size; k++) {
      error += (rig.re[k]! - exactRe[k]!) ** 2 + (rig.im[k]! - exactIm[k]!) ** 2
      signal += exactRe[k]! ** 2 + exactIm[k]! ** 2
    }
    expect(energyDb(error, signal)).toBeLessThan(-135)
  })

  test('refuses sizes that are no power of two or out of its range', () => {
    for (const size of [0, -512, 32, 513, 1000, 131072]) expect(fftRig(size)).toBeNull()
  })
})
