// How much the scope enlarges a wave (any thread).

/** Share of the height that a wave may fill before the picture is enlarged less. */
const FULL = 0.9
const MOST_ZOOM = 64

/**
 * The next enlargement, a power of two: as large as the wave allows. It falls at once and rises only when the wave is well below, so
 * that a level between two steps does not flicker.
 */
export function nextZoom(zoom: number, peak: number): number {
  let next = zoom
  while (next > 1 && peak * next > FULL) next /= 2
  while (next < MOST_ZOOM && peak * next * 2 < FULL * 0.8) next *= 2
  return next
}

export const peakOf = (low: Float32Array, high: Float32Array): number => {
  let peak = 0
  for (let p = 0; p < low.length; p++) peak = Math.max(peak, -low[p]!, high[p]!)
  return peak
}
