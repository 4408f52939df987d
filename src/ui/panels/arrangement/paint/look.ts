// Colours of the arrangement's pictures, from tokens, once per theme (main thread).
import { colour, css, ramp, token, type Rgb } from '../../../drawing/colours.ts'
import { onThemeChange, shownTheme } from '../../../theme/theme.ts'
import type { Track } from '../model.ts'

/** Shares of the track's colour in a clip and in its head. */
const CLIP = { dark: { fill: 22, head: 40 }, light: { fill: 17, head: 32 } } as const
/** A clip that is not heard keeps this share of its hue. */
const MUTED_HUE = 15
const NOTE_CONTRAST = 4.5

export interface ClipLook {
  readonly fill: string
  readonly head: string
  readonly text: string
  readonly note: string
}

export interface TrackLook {
  readonly clip: ClipLook
  readonly muted: ClipLook
  /** Behind the clips of the selected track. */
  readonly selected: string
  readonly line: string
  readonly area: string
}

export interface Look {
  readonly tracks: ReadonlyMap<Track['colour'], TrackLook>
  readonly border: string
  readonly lane: string
  readonly grid: { readonly part: string; readonly beat: string; readonly bar: string }
  readonly loop: string
  readonly accent: string
  readonly onAccent: string
  readonly point: string
  readonly text: { readonly strong: string; readonly plain: string; readonly faint: string }
  readonly ruler: { readonly line: string; readonly tempo: string }
  readonly font: string
}

let look: Look | null = null
onThemeChange(() => (look = null))

export const currentLook = (): Look => (look ??= readLook())

const mixed = (tone: string, percent: number, base: string): string =>
  `color-mix(in oklab, ${tone} ${percent}%, ${base})`

function readLook(): Look {
  const tones = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
  return {
    tracks: new Map(tones.map((tone) => [tone, trackLook(`var(--t${tone})`)])),
    border: css(token('bg-0')),
    lane: css(colour(mixed('var(--bg-sunk)', 55, 'var(--bg-1)'))),
    grid: { part: css(token('line-1'), 0.4), beat: css(token('line-1'), 0.8), bar: css(token('line-1')) },
    loop: css(token('accent'), 0.035),
    accent: css(token('accent')),
    onAccent: css(token('on-accent')),
    point: css(token('bg-1')),
    text: { strong: css(token('text-1')), plain: css(token('text-2')), faint: css(token('text-3')) },
    ruler: { line: css(token('line-2')), tempo: css(token('text-3')) },
    font: getComputedStyle(document.body).fontFamily,
  }
}

function trackLook(tone: string): TrackLook {
  const grey = mixed(tone, MUTED_HUE, mixed('var(--text-3)', 60, 'var(--bg-1)'))
  return {
    clip: clipLook(tone),
    muted: clipLook(grey),
    selected: css(colour(tone), 0.04),
    line: css(colour(tone)),
    area: css(colour(tone), 0.12),
  }
}

function clipLook(tone: string): ClipLook {
  const { fill, head } = CLIP[shownTheme()]
  const ground = colour(mixed(tone, fill, 'var(--bg-1)'))
  return {
    fill: css(ground),
    head: css(colour(mixed(tone, head, 'var(--bg-1)'))),
    text: css(colour(mixed(tone, 18, 'var(--text-1)'))),
    note: css(readable(colour(tone), ground)),
  }
}

/** The colour, moved towards the text colour until it reads on the ground. */
function readable(ink: Rgb, ground: Rgb): Rgb {
  const text = token('text-1')
  for (let share = 0; share < 1; share += 0.06) {
    const moved = ramp([ink, text], share)
    if (contrast(moved, ground) >= NOTE_CONTRAST) return moved
  }
  return text
}

/** WCAG 2 contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((byte) => {
    const share = byte / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
