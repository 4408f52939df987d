// What a kit is heard by when its tile is pressed: one bar of its own pads, and the clock of it (any thread).
import { KICK, padAt } from '../presets/pads.ts'
import type { PatchPad } from '../presets/model.ts'

export interface Stroke {
  /** Of a bar of four, from its beginning. */
  readonly beat: number
  readonly note: number
  readonly velocity: number
}

const [SNARE, HAT, OPEN_HAT] = [38, 42, 46]
const BACKBEAT: readonly Stroke[] = [
  { beat: 0, note: KICK, velocity: 0.9 },
  { beat: 0, note: HAT, velocity: 0.7 },
  { beat: 0.5, note: HAT, velocity: 0.45 },
  { beat: 1, note: SNARE, velocity: 0.85 },
  { beat: 1, note: HAT, velocity: 0.7 },
  { beat: 1.5, note: HAT, velocity: 0.45 },
  { beat: 2, note: HAT, velocity: 0.7 },
  { beat: 2.5, note: KICK, velocity: 0.8 },
  { beat: 2.5, note: HAT, velocity: 0.45 },
  { beat: 3, note: SNARE, velocity: 0.85 },
  { beat: 3, note: HAT, velocity: 0.7 },
  { beat: 3.5, note: OPEN_HAT, velocity: 0.6 },
]
const STEPS = 8
const WALK_VELOCITY = 0.75

/** A backbeat where the kit has the drums for it, otherwise its first pads one after the other. The first stroke is the pad that the kit is shown by. */
export function kitPattern(pads: readonly PatchPad[], first: number): readonly Stroke[] {
  if ([KICK, SNARE, HAT].every((key) => padAt({ pads }, key)))
    return BACKBEAT.filter(({ note }) => padAt({ pads }, note))
  const others = pads
    .map(({ low }) => low)
    .filter((low) => low !== first)
    .sort((a, b) => a - b)
  return [first, ...others].slice(0, STEPS).map((note, step) => ({ beat: step / 2, note, velocity: WALK_VELOCITY }))
}

/**
 * Calls `strike` at each stroke's time from now and `ended` after the bar. Returns how to stop before; `ended` is not called then.
 * The clock is the page's: what is heard here is a preview, outside the timeline.
 */
export function playStrokes(
  strokes: readonly Stroke[],
  bpm: number,
  strike: (stroke: Stroke) => void,
  ended: () => void,
): () => void {
  const after = (beat: number, deed: () => void) => setTimeout(deed, (beat * 60_000) / bpm)
  const timers = [...strokes.map((stroke) => after(stroke.beat, () => strike(stroke))), after(STEPS / 2, ended)]
  return () => timers.forEach(clearTimeout)
}
