// One animation-frame loop for everything that moves: meters, preview playheads (main thread). Runs only while someone paints.
type Painter = (nowMs: number) => void

const painters = new Set<Painter>()
const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
let request = 0
let lastMs = 0

function tick(nowMs: number) {
  request = painters.size > 0 ? requestAnimationFrame(tick) : 0
  // With reduced motion everything steps at 10 Hz.
  if (calm.matches && nowMs - lastMs < 100) return
  lastMs = nowMs
  for (const paint of painters) paint(nowMs)
}

/** Calls `paint` once per animation frame (never while the page is hidden) until the returned function is called. */
export function eachFrame(paint: Painter): () => void {
  painters.add(paint)
  if (request === 0) request = requestAnimationFrame(tick)
  return () => painters.delete(paint)
}
