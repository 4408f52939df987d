// What every painter of the arrangement gets: where to draw and which stretch of the song (main thread).
import type { Project } from '../../../../project/document.ts'
import type { Surface } from '../../../drawing/Plot.tsx'
import type { DraggedClip } from '../model.ts'
import type { Rows } from '../rows.ts'
import type { Look } from './look.ts'

export interface Frame extends Surface {
  readonly look: Look
  readonly project: Project
  readonly pixelsPerTick: number
  /** Pixels of song left of the surface, and of rows above it. */
  readonly scrollX: number
  readonly scrollY: number
}

export interface SongFrame extends Frame {
  readonly rows: Rows
  /** Ids of tracks that are heard. */
  readonly sounding: ReadonlySet<string>
  readonly selectedTrackId: string | null
  readonly selectedClipId: string | null
  readonly dragged: DraggedClip | null
}

export const xOf = ({ pixelsPerTick, scrollX }: Frame, tick: number): number => tick * pixelsPerTick - scrollX
export const tickAt = ({ pixelsPerTick, scrollX }: Frame, x: number): number => (x + scrollX) / pixelsPerTick
