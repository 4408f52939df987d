// The woven-thread picture of a sound: height is amplitude over time, colour is brightness over time (main thread).
import type { Thumbnail } from '../ports.ts'
import { brightnessRamp, css, ramp } from './colours.ts'
import type { Surface } from './Plot.tsx'

export interface ThreadStyle {
  /** Distance between threads, CSS pixels. */
  readonly pitch: number
  readonly thickness: number
}

const TILE_THREADS: ThreadStyle = { pitch: 3, thickness: 1.75 }

/**
 * Draws one thread per `pitch` pixels.
 * `progress` 0..1: threads ahead of the playhead stand back at 42 %; null: all are full.
 */
export function drawFingerprint(
  { g, width, height }: Surface,
  thumbnail: Thumbnail,
  progress: number | null = null,
  { pitch, thickness }: ThreadStyle = TILE_THREADS,
) {
  const stops = brightnessRamp()
  const count = Math.max(1, Math.floor((width - pitch * 2) / pitch))
  const left = (width - (count - 1) * pitch) / 2
  const middle = height / 2
  const reach = middle - 3
  g.lineWidth = thickness
  g.lineCap = 'round'
  for (let i = 0; i < count; i++) {
    const from = i / count
    const amplitude = maximum(thumbnail.amplitude, from, (i + 1) / count)
    const half = Math.max(0.75, Math.min(1, amplitude) * reach)
    g.strokeStyle = css(ramp(stops, sampled(thumbnail.brightness, from)))
    g.globalAlpha = progress === null || from < progress ? 1 : 0.42
    g.beginPath()
    g.moveTo(left + i * pitch, middle - half)
    g.lineTo(left + i * pitch, middle + half)
    g.stroke()
  }
  g.globalAlpha = 1
}

/** The highest value in a share of the series: a thread never misses an attack. */
function maximum(series: Float32Array, from: number, to: number): number {
  const first = Math.floor(from * series.length)
  const last = Math.max(first + 1, Math.min(series.length, Math.ceil(to * series.length)))
  let highest = 0
  for (let i = first; i < last; i++) highest = Math.max(highest, series[i] ?? 0)
  return highest
}

function sampled(series: Float32Array, at: number): number {
  return series[Math.min(series.length - 1, Math.floor(at * series.length))] ?? 0
}
