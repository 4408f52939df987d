// The recording behind a sampler's points, a cloud's grains or a room's decay (main thread). Drawn when it, a value or the theme changes.
import { useCallback } from 'react'
import { useStore } from 'zustand'
import { colour, css, token, type Rgb } from '../../../../drawing/colours.ts'
import { Plot, type Surface } from '../../../../drawing/Plot.tsx'
import { horizontal, label, strokeLine } from '../../../../drawing/strokes.ts'
import type { RecordingShape } from '../../../../../presets/assets/shape.ts'
import { useRack } from '../../rack.ts'
import { effectIndex } from '../../values.ts'
import { decibels } from '../axis.ts'
import { clamp, number, type BackProps, type Scene } from '../face.ts'
import { delaySeconds } from '../tempo.ts'
import { PREDELAY_SECONDS } from '../time/decays.ts'
import { windowFor } from '../time/echoes.ts'
import { secondsText } from '../words.ts'
import { drawnGrains } from './grains.ts'
import { loopOf, played } from './points.ts'
import { corner, grain, highest, mark, wave } from './strokes.ts'
import { useShape, type Shown } from './useShape.ts'

type Drawing = (surface: Surface, shape: RecordingShape, scene: Scene, colour: Rgb) => void

const WORDS = { reading: 'Reading', missing: 'This recording is not on this device' } as const

function useDrawing(drawing: Drawing, shown: Shown, scene: Scene, tint: string): (surface: Surface) => void {
  return useCallback(
    (surface) => {
      if (typeof shown === 'string')
        label(surface, WORDS[shown], surface.width / 2, surface.height / 2 + 3, 'center', 'text-3')
      else drawing(surface, shown, scene, colour(tint))
    },
    [drawing, shown, scene, tint],
  )
}

const sampler: Drawing = (surface, shape, scene, tint) => {
  const { g, width, height } = surface
  const { from, to } = played(scene.read)
  const tall = (a: number, b: number) => highest(shape.peaks, a, b)
  wave(surface, tint, tall, (at) => (at >= from && at <= to ? 0.95 : 0.28))
  for (const at of [from, to]) mark(surface, at * width, 'text-2')
  const loop = loopOf(scene.read, shape.loop)
  if (loop) {
    g.fillStyle = css(token('accent'), 0.1)
    g.fillRect(loop.from * width, 0, (loop.to - loop.from) * width, height)
    g.fillStyle = css(token('accent'), 0.8)
    g.fillRect(loop.from * width, height - 3, Math.max(2, (loop.to - loop.from) * width), 2)
    const fade = String(scene.read('loop')) === 'on' ? number(scene.read, 'crossfade') / shape.seconds : 0
    const begins = Math.max(loop.from, loop.to - fade)
    if (fade > 0) {
      const slope = [
        [begins * width, 2],
        [loop.to * width, height - 3],
      ] as const
      strokeLine(surface, slope, token('accent'), 0.8, 1)
    }
  }
  if (number(scene.read, 'reverse') >= 0.5) label(surface, '← Backwards', width / 2, 11, 'center', 'text-1')
}

const granular: Drawing = (surface, shape, { read }, tint) => {
  const { width } = surface
  wave(
    surface,
    token('text-3'),
    (a, b) => highest(shape.peaks, a, b),
    () => 0.4,
  )
  const [at, spray, size] = [number(read, 'position'), number(read, 'spray'), number(read, 'size')]
  for (const each of drawnGrains(read, number(read, 'density'))) {
    const from = at + (each.stray * spray) / shape.seconds
    // The recording goes round.
    const begins = (((from % 1) + 1) % 1) * width
    grain(surface, tint, read, each, begins, begins + Math.max(3, (size / shape.seconds) * width))
  }
  mark(surface, at * width, 'accent')
  corner(surface, secondsText(shape.seconds))
}

/** Down to here from the loudest. */
const ROOM_DB = 60

/** A recorded room in decibels: its own fall pale, what is left of it full, after the pre-delay. */
const room: Drawing = (surface, shape, scene, tint) => {
  const { g, width, height } = surface
  const before = delaySeconds(scene, number(scene.read, 'predelay'), PREDELAY_SECONDS)
  const window = windowFor(clamp(before + shape.seconds, 0.2, 32))
  const base = height - 6
  const share = number(scene.read, 'decay')
  const extra = (60 / shape.decaySeconds) * (1 / share - 1)
  const tall = (db: number) => clamp(1 + db / ROOM_DB, 0, 1) * (height - 20)
  for (let x = 1; x < width - 1; x += 3) {
    const from = (x / width) * window - before
    if (from < 0 || from > shape.seconds) continue
    const own = decibels(highest(shape.peaks, from / shape.seconds, (from + (3 / width) * window) / shape.seconds))
    const bar = (db: number, alpha: number) => {
      const high = Math.max(0.6, tall(db))
      g.fillStyle = css(tint, alpha)
      g.fillRect(x, base - high, 1.75, high)
    }
    if (share < 1) bar(own, 0.22)
    bar(own - extra * from, 0.9)
  }
  horizontal(surface, base)
  label(surface, secondsText(window), width - 4, height - 9, 'right')
  corner(surface, `falls 60 dB in ${secondsText(shape.decaySeconds * share)}`)
}

const ofUnit = (drawing: Drawing) =>
  function UnitRecording({ scene, tint }: BackProps) {
    const shown = useShape('sample', scene.unit.asset ?? null)
    return <Plot draw={useDrawing(drawing, shown, scene, tint)} />
  }

export const SamplerBehind = ofUnit(sampler)
export const GranularBehind = ofUnit(granular)

export function RoomBehind({ owner, scene, tint }: BackProps) {
  const { store } = useRack()
  const asset = useStore(store, (state) => state.preset?.effects[effectIndex(owner) ?? -1]?.asset ?? null)
  return <Plot draw={useDrawing(room, useShape('impulse', asset), scene, tint)} />
}
