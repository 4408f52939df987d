// Arc and pointer paths of the knob's 270 degree ring in its 30 x 28 box (any thread).
const CENTRE = 15
export const RING_RADIUS = 11
export const MODULATION_RADIUS = 14

/** Point at `position` 0..1 on a circle: 0 is lower left, 0.5 is 12 o'clock, 1 is lower right. */
export function onCircle(radius: number, position: number): [x: number, y: number] {
  const radians = ((position * 270 - 225) * Math.PI) / 180
  return [CENTRE + radius * Math.cos(radians), CENTRE + radius * Math.sin(radians)]
}

const point = (radius: number, position: number) =>
  onCircle(radius, position)
    .map((coordinate) => coordinate.toFixed(2))
    .join(' ')

/** SVG path of the arc between two positions, in either order. */
export function arc(radius: number, a: number, b: number): string {
  const from = Math.min(a, b)
  const to = Math.max(a, b)
  const large = to - from > 2 / 3 ? 1 : 0
  return `M${point(radius, from)}A${radius} ${radius} 0 ${large} 1 ${point(radius, to)}`
}
