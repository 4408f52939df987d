// Song time on the screen: zoom, its limits, how long the song is (any thread). Positions in beats or ticks, widths in CSS pixels.
import { beatsOf } from '../../../project/fields.ts'
import { barTicks } from '../../../project/song/signatures.ts'
import { ZOOM } from '../../../project/arrangement.ts'
import type { Project } from '../../../project/document.ts'

/** Shown at least, so that an empty song has room to begin in. */
const LEAST_BARS = 16
/** Free bars after the end, to drop something there. */
const FREE_BARS = 8

export const clampZoom = (pixelsPerBeat: number): number => Math.min(ZOOM.max, Math.max(ZOOM.min, pixelsPerBeat))

/** Where the last clip, marker, point or tempo change is. */
export function songEndTick({ tracks, markers, loop, tempoMap }: Project): number {
  let end = loop.enabled ? loop.endTick : 0
  for (const { clips, automation } of tracks) {
    for (const { startTick, lengthTicks } of clips) end = Math.max(end, startTick + lengthTicks)
    for (const { points } of automation) end = Math.max(end, points.at(-1)?.tick ?? 0)
  }
  for (const { tick } of markers) end = Math.max(end, tick)
  return Math.max(end, tempoMap.at(-1)!.tick)
}

/** Beats that a song takes when all of it is shown, and beats that can be scrolled to. */
export function songBeats(project: Project): { readonly fit: number; readonly whole: number } {
  const bar = barTicks(project.signatures.at(-1)!)
  const fit = Math.max(songEndTick(project), LEAST_BARS * bar)
  return { fit: beatsOf(fit), whole: beatsOf(fit + FREE_BARS * bar) }
}

/** The scroll position after a zoom that keeps what is under `x` (from the left edge of the time area) where it is. */
export const scrollAfterZoom = (scroll: number, x: number, before: number, after: number): number =>
  Math.max(0, ((scroll + x) * after) / before - x)

/** Slider position 0..1 of a zoom; each step multiplies. */
export const zoomPosition = (pixelsPerBeat: number): number =>
  Math.log(clampZoom(pixelsPerBeat) / ZOOM.min) / Math.log(ZOOM.max / ZOOM.min)
export const zoomAt = (position: number): number => ZOOM.min * (ZOOM.max / ZOOM.min) ** position
