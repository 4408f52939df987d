// A canvas that redraws only when it is visible and its drawing, size or theme changed (main thread).
import { useEffect, useRef } from 'react'
import { onThemeChange } from '../theme/theme.ts'

export interface Surface {
  readonly g: CanvasRenderingContext2D
  /** CSS pixels. */
  readonly width: number
  readonly height: number
}

interface PlotProps {
  /** Draws into a cleared surface; keep its identity while the picture is the same. */
  readonly draw: (surface: Surface) => void
  /** What the picture shows, for screen readers; without it the picture is decoration. */
  readonly label?: string
}

export function Plot({ draw, label }: PlotProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  const drawRef = useRef(draw)
  const paintRef = useRef<() => void>(() => undefined)

  useEffect(() => {
    const canvas = ref.current!
    let visible = false
    let request = 0
    const paint = () => {
      request = 0
      const surface = fit(canvas)
      if (surface) drawRef.current(surface)
    }
    const ask = () => {
      if (visible && request === 0) request = requestAnimationFrame(paint)
    }
    paintRef.current = ask
    const sight = new IntersectionObserver((entries) => {
      visible = entries.at(-1)!.isIntersecting
      ask()
    })
    const size = new ResizeObserver(ask)
    sight.observe(canvas)
    size.observe(canvas)
    const stop = onThemeChange(ask)
    return () => {
      cancelAnimationFrame(request)
      sight.disconnect()
      size.disconnect()
      stop()
    }
  }, [])

  useEffect(() => {
    drawRef.current = draw
    paintRef.current()
  }, [draw])

  return <canvas ref={ref} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })} />
}

interface Size {
  readonly width: number
  readonly height: number
}

const measured = new WeakMap<Element, Size>()
let watcher: ResizeObserver | null = null

/** CSS pixels. Asked once and then observed: a question to the layout in every frame would lay out the page in every frame. */
function sizeOf(canvas: HTMLCanvasElement): Size {
  const known = measured.get(canvas)
  if (known) return known
  const measure = (element: Element): Size => {
    const size = { width: element.clientWidth, height: element.clientHeight }
    measured.set(element, size)
    return size
  }
  watcher ??= new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target)))
  watcher.observe(canvas)
  return measure(canvas)
}

/** Sizes the bitmap to the element's device pixels and clears it; null while it has no size. */
export function fit(canvas: HTMLCanvasElement): Surface | null {
  const { width, height } = sizeOf(canvas)
  if (width === 0 || height === 0) return null
  const scale = window.devicePixelRatio || 1
  const bitmapWidth = Math.round(width * scale)
  const bitmapHeight = Math.round(height * scale)
  if (canvas.width !== bitmapWidth || canvas.height !== bitmapHeight) {
    canvas.width = bitmapWidth
    canvas.height = bitmapHeight
  }
  const g = canvas.getContext('2d')
  if (!g) return null
  g.setTransform(scale, 0, 0, scale, 0, 0)
  g.clearRect(0, 0, width, height)
  return { g, width, height }
}
