// Stereo level meter on a canvas: fill is RMS, tick is peak hold, clip stays lit until clicked (main thread).
import { useEffect, useRef } from 'react'
import { css, token } from '../drawing/colours.ts'
import { eachFrame } from '../drawing/frame.ts'
import { fit } from '../drawing/Plot.tsx'
import { onThemeChange } from '../theme/theme.ts'
import type { LevelReading } from '../ports.ts'
import { advance, FLOOR_DB, newMeterState, type MeterState } from './ballistics.ts'

interface MeterProps {
  readonly read: (into: LevelReading) => boolean
  readonly direction: 'across' | 'up'
  /** Peak hold of left and right in dB, a few times per second at most, for a text beside the meter. */
  readonly onPeaks?: (leftDb: number, rightDb: number) => void
}

const GAP = 2
const TEXT_MS = 200
const STOPS = [
  [0, 'm-lo'],
  [0.62, 'm-lo'],
  [0.76, 'm-mid'],
  [0.9, 'm-mid'],
  [0.96, 'm-hi'],
] as const

export function Meter({ read, direction, onPeaks }: MeterProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  const left = useRef<MeterState>(newMeterState())
  const right = useRef<MeterState>(newMeterState())
  const onPeaksRef = useRef(onPeaks)
  useEffect(() => {
    onPeaksRef.current = onPeaks
  })

  useEffect(() => {
    const canvas = ref.current!
    const level: LevelReading = { peakLeft: 0, peakRight: 0, rmsLeft: 0, rmsRight: 0 }
    let lastMs = 0
    let textMs = 0
    let stale = true
    let visible = true
    const paint = (nowMs: number) => {
      // Who looks at nothing asks the engine for nothing; a text beside the meter is seen without it.
      if (!visible && !onPeaksRef.current) return false
      const elapsedMs = Math.min(200, nowMs - lastMs)
      lastMs = nowMs
      if (!read(level)) level.peakLeft = level.peakRight = level.rmsLeft = level.rmsRight = 0
      const movedLeft = advance(left.current, level.rmsLeft, level.peakLeft, elapsedMs, nowMs)
      const movedRight = advance(right.current, level.rmsRight, level.peakRight, elapsedMs, nowMs)
      const moves = movedLeft || movedRight
      if (visible && (moves || stale)) {
        draw(canvas, direction, left.current, right.current)
        stale = false
      }
      if (nowMs - textMs > TEXT_MS) {
        textMs = nowMs
        onPeaksRef.current?.(left.current.peakDb, right.current.peakDb)
      }
      return moves
    }
    const refresh = () => (stale = true)
    const size = new ResizeObserver(refresh)
    size.observe(canvas)
    const sight = new IntersectionObserver((entries) => {
      visible = entries.at(-1)!.isIntersecting
      refresh()
    })
    sight.observe(canvas)
    const stops = [eachFrame(paint), onThemeChange(refresh), () => size.disconnect(), () => sight.disconnect()]
    return () => stops.forEach((stop) => stop())
  }, [read, direction])

  const clear = () => {
    left.current.clipped = false
    right.current.clipped = false
    left.current.peakDb = right.current.peakDb = FLOOR_DB
  }
  // Levels are never spoken: a live reading would talk without end.
  return <canvas ref={ref} className={`meter ${direction}`} aria-hidden="true" onClick={clear} />
}

const share = (db: number) => Math.min(1, Math.max(0, 1 - db / FLOOR_DB))

function draw(canvas: HTMLCanvasElement, direction: 'across' | 'up', ...channels: MeterState[]) {
  const surface = fit(canvas)
  if (!surface) return
  const { g, width, height } = surface
  const across = direction === 'across'
  const length = across ? width : height
  const thickness = ((across ? height : width) - GAP) / 2
  const gradient = across ? g.createLinearGradient(0, 0, length, 0) : g.createLinearGradient(0, length, 0, 0)
  for (const [at, name] of STOPS) gradient.addColorStop(at, css(token(name)))
  const bar = (from: number, to: number, offset: number) => {
    if (across) g.fillRect(from, offset, to - from, thickness)
    else g.fillRect(offset, length - to, thickness, to - from)
  }
  channels.forEach((channel, i) => {
    const offset = i * (thickness + GAP)
    g.fillStyle = css(token('m-off'))
    bar(0, length, offset)
    g.fillStyle = gradient
    bar(0, share(channel.rmsDb) * length, offset)
    if (channel.peakDb > FLOOR_DB) {
      g.fillStyle = css(token('text-1'), 0.85)
      const at = share(channel.peakDb) * (length - 2)
      bar(at, at + 2, offset)
    }
    if (channel.clipped) {
      g.fillStyle = css(token('m-hi'))
      bar(length - 4, length, offset)
    }
  })
}
