// The drawn curve of the waveshaper: monotone cubics through equally spaced points, or straight lines (wasm/dsp/cubic_curve.h) (any thread).

/** Three-point slope at an end that keeps the shape. */
function endSlope(near: number, far: number): number {
  const slope = 1.5 * near - 0.5 * far
  if (slope * near <= 0) return 0
  return near * far <= 0 && Math.abs(slope) > 3 * Math.abs(near) ? 3 * near : slope
}

/** Slopes per piece at every point: Fritsch and Carlson 1980, after Brodlie. */
function slopes(y: readonly number[]): number[] {
  const rise = y.slice(1).map((value, k) => value - y[k]!)
  const last = rise.length - 1
  return y.map((_, k) => {
    if (k === 0) return endSlope(rise[0]!, rise[1] ?? rise[0]!)
    if (k > last) return endSlope(rise[last]!, rise[last - 1] ?? rise[last]!)
    const both = rise[k - 1]! * rise[k]!
    return both > 0 ? (2 * both) / (rise[k - 1]! + rise[k]!) : 0
  })
}

/** The curve over x = -1..1 through `y`; outside it stays at its ends. */
export function drawnCurve(y: readonly number[], straight: boolean): (x: number) => number {
  const pieces = y.length - 1
  const slope = straight ? null : slopes(y)
  return (x) => {
    const u = Math.min(pieces, Math.max(0, ((x + 1) / 2) * pieces))
    const k = Math.min(Math.floor(u), pieces - 1)
    const t = u - k
    const rise = y[k + 1]! - y[k]!
    if (!slope) return y[k]! + rise * t
    const [from, to] = [slope[k]!, slope[k + 1]!]
    return ((from + to - 2 * rise) * t + 3 * rise - 2 * from - to) * t * t + from * t + y[k]!
  }
}
