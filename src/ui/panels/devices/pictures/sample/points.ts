// Which part of a recording is played, and what is dragged in its picture: start, end, loop, the place of a cloud (any thread).
import { clamp, number, type Area, type Change, type Handle, type Handles, type Read } from '../face.ts'
import { windowFor } from '../time/echoes.ts'

export interface Part {
  readonly from: number
  readonly to: number
}

const between = (read: Read, from: string, to: string): Part => {
  const [a, b] = [number(read, from), number(read, to)]
  return { from: Math.min(a, b), to: Math.max(a, b) }
}

/** Start and end, whichever comes first, as wasm/units/sampler.h takes them. */
export const played = (read: Read): Part => between(read, 'start', 'end')

/** The loop that plays; null: none does. */
export function loopOf(read: Read, own: Part | null): Part | null {
  const mode = String(read('loop'))
  if (mode === 'off') return null
  const loop = mode === 'on' ? between(read, 'loopStart', 'loopEnd') : own
  return loop && loop.to > loop.from ? loop : null
}

const TOP = 8
const inside = (x: number, { width }: Area): number => clamp(x, 5, width - 5)

export const samplerHandles: Handles = {
  hint: 'Drag start and end above, the loop below',
  at: (area, { read }) => {
    const point = (id: string, y: number): Handle => ({ id, x: inside(number(read, id) * area.width, area), y })
    const loop = String(read('loop')) === 'on' ? ['loopStart', 'loopEnd'] : []
    return [...['start', 'end'].map((id) => point(id, TOP)), ...loop.map((id) => point(id, area.height - TOP))]
  },
  moved: (area, _scene, id, { x }) => [[id, clamp(x / area.width, 0, 1)]],
}

/** A wheel step makes it as much larger; from nothing it begins here. */
const SPRAY_STEP = 1.25
const LEAST_SPRAY_SECONDS = 0.005
const turned = (read: Read, steps: number): Change => {
  const next = Math.max(number(read, 'spray'), LEAST_SPRAY_SECONDS) * SPRAY_STEP ** steps
  return [['spray', next <= LEAST_SPRAY_SECONDS ? 0 : next]]
}

/** Where the grains come from. */
export const cloudHandles: Handles = {
  hint: 'Drag sideways for the place, wheel for how far grains stray',
  at: (area, { read }) => [
    { id: 'position', x: inside(number(read, 'position') * area.width, area), y: area.height / 2 },
  ],
  moved: (area, _scene, _id, { x }) => [['position', clamp(x / area.width, 0, 1)]],
  turned: ({ read }, _id, steps) => turned(read, steps),
}

/** What was played last, as far back as grains reach; now is at the right. */
export const pastSeconds = (read: Read): number =>
  windowFor(number(read, 'position') + number(read, 'spray') + number(read, 'size'))

/** How far back grains begin; `scale` is the seconds of the picture. */
export const pastHandles: Handles = {
  hint: cloudHandles.hint,
  at: (area, { read, scale }) => [
    { id: 'position', x: inside(area.width * (1 - number(read, 'position') / scale), area), y: area.height / 2 },
  ],
  moved: (area, { scale }, _id, { x }) => [['position', Math.max(0, (1 - x / area.width) * scale)]],
  turned: ({ read }, _id, steps) => turned(read, steps),
}
