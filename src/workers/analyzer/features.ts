// Streams computed with Meyda: brightness, noisiness, loudness and colour of the newest frames (analyzer worker).
import Meyda from 'meyda'
import { FEATURES } from '../../generated/streams.ts'
import type { StreamSpec } from '../../generated/specs.ts'
import type { EngineStream } from './instance.ts'

/** Meyda computes with the settings of whatever object it is called on. */
interface Extractor {
  sampleRate: number
  bufferSize: number
  windowingFunction: string
  extract(feature: string, signal: Float32Array): unknown
}

interface Feature {
  readonly extracts: string
  /** `rect`: what measures a level must not be weighed down by a window. */
  readonly window: 'hanning' | 'rect'
  /** Floats of each reading. */
  readonly counts: readonly number[]
  /** Writes the readings. */
  readonly write: (extracted: unknown, into: Float32Array, hertzPerBin: number) => void
}

interface Loudness {
  readonly total: number
  readonly specific: Float32Array
}

const COMPUTED: Readonly<Record<string, Feature>> = {
  centroid: {
    extracts: 'spectralCentroid',
    window: 'hanning',
    counts: [1],
    // Meyda counts in bins.
    write: (bins, into, hertzPerBin) => void (into[0] = (bins as number) * hertzPerBin),
  },
  flatness: {
    extracts: 'spectralFlatness',
    window: 'hanning',
    counts: [1],
    write: (flatness, into) => void (into[0] = flatness as number),
  },
  loudness: {
    extracts: 'loudness',
    window: 'rect',
    counts: [1, 24],
    write(loudness, into) {
      const { total, specific } = loudness as Loudness
      into[0] = total
      into.set(specific, 1)
    },
  },
  mfcc: {
    extracts: 'mfcc',
    window: 'hanning',
    counts: [13],
    write: (coefficients, into) => into.set(coefficients as number[]),
  },
}

export const isFeature = (spec: StreamSpec): boolean => FEATURES.includes(spec)
export const featureCounts = (spec: StreamSpec): readonly number[] => COMPUTED[spec.id]!.counts

/** Reads the mean of left and right from `input` (interleaved). */
export function createFeature(
  spec: StreamSpec,
  options: Float32Array,
  sampleRate: number,
  input: Float32Array,
): EngineStream {
  const { extracts, window, counts, write } = COMPUTED[spec.id]!
  const size = Number(spec.params[0]!.options![options[0]!]!.id)
  // Tables of filters are kept on the object that computes, and not made again when only its settings change.
  const extractor = Object.assign(Object.create(Meyda) as Extractor, {
    sampleRate,
    bufferSize: size,
    windowingFunction: window,
  })
  const ring = new Float32Array(size)
  const newest = new Float32Array(size)
  const result = new Float32Array(counts.reduce((sum, count) => sum + count, 0))
  let at = 0
  let seen = 0
  return {
    push(frames) {
      for (let frame = 0; frame < frames; frame++) {
        ring[at] = 0.5 * (input[2 * frame]! + input[2 * frame + 1]!)
        at = (at + 1) & (size - 1)
      }
      seen = Math.min(size, seen + frames)
    },
    ready: () => seen === size,
    read() {
      newest.set(ring.subarray(at))
      newest.set(ring.subarray(0, at), size - at)
      write(extractor.extract(extracts, newest), result, sampleRate / size)
      return result
    },
    free: () => undefined,
  }
}
