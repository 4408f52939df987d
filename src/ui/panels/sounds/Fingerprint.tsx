// A sound's woven threads with the preview's progress over them (main thread).
import { useCallback, useEffect, useRef } from 'react'
import { drawFingerprint, type ThreadStyle } from '../../drawing/fingerprint.ts'
import { eachFrame } from '../../drawing/frame.ts'
import { fit, Plot, type Surface } from '../../drawing/Plot.tsx'
import type { Thumbnail } from '../../ports.ts'

interface FingerprintProps {
  readonly thumbnail: Thumbnail | null
  /** performance.now() at the preview's first frame; null: it does not sound. */
  readonly startedMs: number | null
  readonly threads?: ThreadStyle
  readonly onProgress?: (progress: number) => void
}

export function Fingerprint({ thumbnail, startedMs, threads, onProgress }: FingerprintProps) {
  const draw = useCallback(
    (surface: Surface) => {
      if (thumbnail) drawFingerprint(surface, thumbnail, null, threads)
    },
    [thumbnail, threads],
  )
  return startedMs === null || !thumbnail ? (
    <Plot draw={draw} />
  ) : (
    <Playing thumbnail={thumbnail} startedMs={startedMs} threads={threads} onProgress={onProgress} />
  )
}

interface PlayingProps extends FingerprintProps {
  readonly thumbnail: Thumbnail
  readonly startedMs: number
}

function Playing({ thumbnail, startedMs, threads, onProgress }: PlayingProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  const report = useRef(onProgress)
  useEffect(() => {
    report.current = onProgress
  })
  useEffect(
    () =>
      eachFrame((nowMs) => {
        const progress = Math.min(1, (nowMs - startedMs) / 1000 / thumbnail.seconds)
        const surface = fit(ref.current!)
        if (surface) drawFingerprint(surface, thumbnail, progress, threads)
        report.current?.(progress)
      }),
    [thumbnail, startedMs, threads],
  )
  return <canvas ref={ref} aria-hidden="true" />
}
