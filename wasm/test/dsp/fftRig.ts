// The complex FFT of dsp/complex_fft.h in Node (fft_rig.cpp), one size at a time.
import { join } from 'node:path'
import { buildRig } from '../../build/engine.mjs'
import { instantiate } from '../../build/module.mjs'

const bytes = await buildRig(join(import.meta.dirname, '..', '..', '..'), [
  'test/dsp/fft_rig.cpp',
  'core/libc.cpp',
  'core/heap.cpp',
])

export interface FftRig {
  readonly re: Float32Array
  readonly im: Float32Array
  readonly forward: () => void
  readonly inverse: () => void
  /** The plain transform of dsp/fft.h, on data of its own. */
  readonly plain: () => void
}

/** Null: not a size that it takes. */
export function fftRig(size: number): FftRig | null {
  const { memory, exports } = instantiate(bytes)
  const call = exports as Record<string, (...args: number[]) => number>
  if (call.rig_prepare!(size) === 0) return null
  return {
    re: new Float32Array(memory.buffer, call.rig_re!(), size),
    im: new Float32Array(memory.buffer, call.rig_im!(), size),
    forward: () => void call.rig_forward!(),
    inverse: () => void call.rig_inverse!(),
    plain: () => void call.rig_plain!(),
  }
}
