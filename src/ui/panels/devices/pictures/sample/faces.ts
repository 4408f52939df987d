// Pictures of recordings: sampler, clouds of grains, recorded rooms (main thread).
import type { Surface } from '../../../../drawing/Plot.tsx'
import { horizontal, label, vertical } from '../../../../drawing/strokes.ts'
import { number, type Faces, type Scene } from '../face.ts'
import { lfoHertz } from '../tempo.ts'
import { secondsText } from '../words.ts'
import { GranularBehind, RoomBehind, SamplerBehind } from './Behind.tsx'
import { drawnGrains } from './grains.ts'
import { cloudHandles, pastHandles, pastSeconds, samplerHandles } from './points.ts'
import { grain, mark } from './strokes.ts'

const behindIt = () => undefined

/** Grains a second: the rate of its own, or of the note length. */
const perSecond = (scene: Scene): number =>
  String(scene.read('sync')) === 'free' ? number(scene.read, 'density') : lfoHertz(scene)

const granulator = (surface: Surface, scene: Scene) => {
  const { read, scale, colour } = scene
  const { width, height } = surface
  for (const part of [0.25, 0.5, 0.75]) vertical(surface, part * width)
  horizontal(surface, height / 2)
  const [at, spray, size] = [number(read, 'position'), number(read, 'spray'), number(read, 'size')]
  for (const each of drawnGrains(read, perSecond(scene))) {
    const ago = at + ((each.stray + 1) / 2) * spray
    const from = width * (1 - ago / scale)
    grain(surface, colour, read, each, from, from + Math.max(3, (size / scale) * width))
  }
  mark(surface, width * (1 - at / scale), 'accent')
  label(surface, number(read, 'freeze') >= 0.5 ? 'Frozen' : `${secondsText(scale)} ago`, 5, 12)
  label(surface, 'now', width - 5, 12, 'right')
}

export const faces: Faces = {
  units: {
    sampler: { paint: behindIt, handles: samplerHandles, Back: SamplerBehind },
    granular: { paint: behindIt, handles: cloudHandles, Back: GranularBehind },
  },
  effects: {
    convolution: { paint: behindIt, Back: RoomBehind },
    granulator: { paint: granulator, handles: pastHandles, scale: (_area, { read }) => pastSeconds(read) },
  },
}
