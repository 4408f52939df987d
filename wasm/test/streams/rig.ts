// One stream of the real module in Node: options by name, stereo buffers in, readings by name out.
import { streamOptions, STREAM_SPECS, type StreamValues } from '../../../src/engine/wire/streams.ts'
import { createStreamInstance, PUSH_FRAMES } from '../../../src/workers/analyzer/instance.ts'
import { engineModule } from '../module.ts'

export const RATE = 48000

export interface StreamRig {
  /** In pushes of `cut` frames. */
  readonly push: (left: Float32Array, right?: Float32Array, cut?: number) => void
  readonly read: () => Record<string, Float32Array>
}

export function streamRig(type: string, values: StreamValues = {}, sampleRate = RATE): StreamRig {
  const spec = STREAM_SPECS.get(type)!
  const options = streamOptions(spec, values)
  const instance = createStreamInstance(engineModule())
  const counts = instance.counts(spec, options)
  const stream = instance.create(spec, options, sampleRate)
  return {
    push(left, right = left, cut = PUSH_FRAMES) {
      for (let at = 0; at < left.length; at += cut) {
        const frames = Math.min(cut, left.length - at)
        for (let i = 0; i < frames; i++) {
          instance.input[2 * i] = left[at + i]!
          instance.input[2 * i + 1] = right[at + i]!
        }
        stream.push(frames)
      }
    },
    read() {
      const result = stream.read()
      let at = 0
      return Object.fromEntries(
        spec.readings.map(({ id }, index) => [id, result.slice(at, (at += counts[index]!))] as const),
      )
    },
  }
}

export const sine = (frames: number, hertz: number, amplitude = 1, phase = 0, sampleRate = RATE): Float32Array =>
  Float32Array.from({ length: frames }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / sampleRate + phase))

/** Repeatable noise, -amplitude..amplitude. */
export function noise(frames: number, seed = 1, amplitude = 1): Float32Array {
  let state = seed
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (amplitude * state) / 2 ** 31
  })
}
