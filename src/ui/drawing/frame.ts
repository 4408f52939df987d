// One animation-frame loop for everything that moves: meters, preview playheads (main thread). Runs only while someone paints.

/** False: what it paints stands still; anything else counts as movement. */
export type Painter = (nowMs: number) => boolean | void

/** When nothing has moved for so long, everything steps at a lower rate until something moves again. */
const REST_AFTER_MS = 1000
const REST_STEP_MS = 66
/** With reduced motion everything steps at 10 Hz. */
const CALM_STEP_MS = 100
/** A frame of the screen may come a little early. */
const EARLY_MS = 4

const painters = new Set<Painter>()
const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
let request = 0
let timer: ReturnType<typeof setTimeout> | undefined
let lastMs = 0
let movedMs = 0

function tick(nowMs: number) {
  request = 0
  let moves = false
  for (const paint of painters) if (paint(nowMs) !== false) moves = true
  lastMs = nowMs
  if (moves) movedMs = nowMs
  next(nowMs)
}

/** A frame nobody needs is not asked for: a frame in which nothing changes still costs the browser milliseconds. */
function next(nowMs: number) {
  if (painters.size === 0 || request !== 0) return
  const stepMs = calm.matches ? CALM_STEP_MS : nowMs - movedMs > REST_AFTER_MS ? REST_STEP_MS : 0
  const waitMs = lastMs + stepMs - EARLY_MS - nowMs
  if (stepMs === 0 || waitMs <= 0) {
    request = requestAnimationFrame(tick)
    return
  }
  timer ??= setTimeout(() => {
    timer = undefined
    if (painters.size > 0 && request === 0) request = requestAnimationFrame(tick)
  }, waitMs)
}

/** Whatever a hand does may set something moving: the next frame is painted. */
function wake() {
  movedMs = performance.now()
  if (calm.matches || painters.size === 0) return
  clearTimeout(timer)
  timer = undefined
  if (request === 0) request = requestAnimationFrame(tick)
}
for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, wake, { capture: true, passive: true })

/** Calls `paint` once per animation frame (never while the page is hidden) until the returned function is called. */
export function eachFrame(paint: Painter): () => void {
  painters.add(paint)
  wake()
  if (request === 0 && timer === undefined) request = requestAnimationFrame(tick)
  return () => painters.delete(paint)
}
