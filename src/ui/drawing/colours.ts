// Design tokens as canvas colours (main thread). Resolved by the browser once per theme, then cached.
import { onThemeChange } from '../theme/theme.ts'

export type Rgb = readonly [number, number, number]

const cache = new Map<string, Rgb>()
let probe: HTMLSpanElement | null = null
let pixel: CanvasRenderingContext2D | null = null
onThemeChange(() => cache.clear())

/** The colour of a CSS expression such as `var(--t7)`, sRGB 0..255. */
export function colour(expression: string): Rgb {
  const known = cache.get(expression)
  if (known) return known
  if (!probe) {
    probe = document.createElement('span')
    probe.hidden = true
    probe.style.setProperty('forced-color-adjust', 'none')
    document.body.append(probe)
  }
  probe.style.color = expression
  const text = getComputedStyle(probe).color
  const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0]
  const rgb: Rgb = text.startsWith('rgb') ? [numbers[0]!, numbers[1]!, numbers[2]!] : paintedColour(text)
  cache.set(expression, rgb)
  return rgb
}

/** A design token by name, such as `text-1`. */
export const token = (name: string): Rgb => colour(`var(--${name})`)

export const css = ([r, g, b]: Rgb, alpha = 1): string => `rgb(${r} ${g} ${b} / ${alpha})`

/** Colour at `t` 0..1 on a ramp of stops. */
export function ramp(stops: readonly Rgb[], t: number): Rgb {
  const x = Math.min(1, Math.max(0, t)) * (stops.length - 1)
  const i = Math.min(stops.length - 2, Math.floor(x))
  const a = stops[i]!
  const b = stops[i + 1]!
  const mix = (k: 0 | 1 | 2) => Math.round(a[k] + (b[k] - a[k]) * (x - i))
  return [mix(0), mix(1), mix(2)]
}

/** Dark to bright timbre. */
export const brightnessRamp = (): Rgb[] => [0, 1, 2, 3, 4, 5].map((i) => token(`fp${i}`))

/** Computed colours in other colour spaces: paint one pixel and read it. */
function paintedColour(text: string): Rgb {
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', {
    willReadFrequently: true,
  }) as unknown as CanvasRenderingContext2D
  pixel.fillStyle = text
  pixel.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = pixel.getImageData(0, 0, 1, 1).data
  return [r, g, b]
}
