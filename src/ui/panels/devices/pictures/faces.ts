// Which chunk draws which unit or effect; chunks are fetched when a device of their kind is first seen (main thread).
import { useEffect, useState } from 'react'
import type { Face, Faces } from './face.ts'

/** One chunk per kind of device. */
const CHUNKS = {
  oscillator: () => import('./oscillator/faces.ts'),
  filter: () => import('./filter/faces.ts'),
  equaliser: () => import('./equaliser/faces.ts'),
  envelope: () => import('./envelope/faces.ts'),
  fm: () => import('./fm/faces.ts'),
  dynamics: () => import('./dynamics/faces.ts'),
  drive: () => import('./drive/faces.ts'),
  time: () => import('./time/faces.ts'),
  motion: () => import('./motion/faces.ts'),
  place: () => import('./place/faces.ts'),
  sample: () => import('./sample/faces.ts'),
  body: () => import('./body/faces.ts'),
  bands: () => import('./bands/faces.ts'),
  moves: () => import('./moves/faces.ts'),
} satisfies Record<string, () => Promise<{ readonly faces: Faces }>>

type Chunk = keyof typeof CHUNKS
type Owner = keyof Faces

const kinds = (table: Readonly<Partial<Record<Chunk, string>>>): ReadonlyMap<string, Chunk> =>
  new Map(
    Object.entries(table).flatMap(([chunk, types]) => types.split(' ').map((type) => [type, chunk as Chunk] as const)),
  )

const KINDS: Readonly<Record<Owner, ReadonlyMap<string, Chunk>>> = {
  units: kinds({
    oscillator: 'saw square triangle sine pulse supersaw unison additive fm white pink sync wavetable partials',
    filter: 'svf ladder comb formant phaser',
    envelope: 'env mseg',
    fm: 'fm6',
    time: 'string pluck metal',
    motion: 'lfo',
    sample: 'sampler granular',
    body: 'modal drumtone drumnoise bow wind',
  }),
  effects: kinds({
    filter: 'filter phaser flanger',
    equaliser: 'eq eq8',
    dynamics: 'compressor lookaheadCompressor gate expander limiter multiband deesser',
    drive: 'saturation distortion waveshaper tube wavefolder bitcrush',
    time: 'delay pingpong multitap tape plate reverb',
    motion: 'chorus ensemble tremolo vibrato ringmod frequencyshift',
    place: 'panner width midside binaural',
    sample: 'convolution granulator',
    bands: 'vocoder resonator pitchshift',
    moves: 'transient looper rotary',
  }),
}

export const hasFace = (owner: Owner, type: string): boolean => KINDS[owner].has(type)
export const facedTypes = (owner: Owner): readonly string[] => [...KINDS[owner].keys()]

const known = new Map<Chunk, Faces>()

/** The chunk that a type is drawn by, fetched now. */
export async function fetchFace(owner: Owner, type: string): Promise<Face | null> {
  const chunk = KINDS[owner].get(type)
  if (!chunk) return null
  const { faces } = await CHUNKS[chunk]()
  known.set(chunk, faces)
  return faces[owner][type] ?? null
}

/** Null while its chunk is on the way, or where the type has no face. */
export function useFace(owner: Owner, type: string): Face | null {
  const chunk = KINDS[owner].get(type)
  const [, arrived] = useState(0)
  const face = chunk === undefined ? null : (known.get(chunk)?.[owner][type] ?? null)
  useEffect(() => {
    if (face || chunk === undefined) return
    let gone = false
    // A chunk that does not come leaves the well empty; its knobs work, and it is asked for again when it is shown again.
    fetchFace(owner, type).then(
      () => gone || arrived((n) => n + 1),
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [chunk, face, owner, type])
  return face
}
