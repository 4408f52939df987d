// Splitting clips, and what a length leaves audible (main thread). Notes beyond a clip's length are kept and silent.
import type { Clip } from '../../compile/song.ts'
import { newId } from '../document.ts'

/** Controllers as they stand at a tick, so that the second half begins with them. */
function standing(clip: Clip, tick: number): Clip['controls'] {
  const last = new Map<string, Clip['controls'][number]>()
  for (const point of [...clip.controls].sort((a, b) => a.tick - b.tick))
    if (point.tick <= tick) last.set(point.controller, point)
  return [...last.values()].map((point) => ({ ...point, id: newId(), tick: 0 }))
}

/** Two clips for one; `tick` counts from the clip's start and lies inside. A note across the cut is cut there. */
export function splitClip(clip: Clip, tick: number): [Clip, Clip] {
  const first = clip.notes
    .filter((note) => note.tick < tick)
    .map((note) => (note.tick + note.lengthTicks > tick ? { ...note, lengthTicks: tick - note.tick } : note))
  const second = clip.notes.filter((note) => note.tick >= tick).map((note) => ({ ...note, tick: note.tick - tick }))
  const later = clip.controls.filter((point) => point.tick > tick)
  return [
    {
      ...clip,
      lengthTicks: tick,
      notes: first,
      controls: clip.controls.filter((point) => point.tick < tick),
    },
    {
      ...clip,
      id: newId(),
      startTick: clip.startTick + tick,
      lengthTicks: clip.lengthTicks - tick,
      notes: second,
      controls: [...standing(clip, tick), ...later.map((point) => ({ ...point, tick: point.tick - tick }))],
    },
  ]
}
