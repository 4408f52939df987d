// The song area: rows, grid, clips, automation, loop (main thread). Drawn when something changed, never per frame.
import { gridLines, type GridLine } from '../grid.ts'
import type { Clip, DraggedClip, Track } from '../model.ts'
import { paintClip } from './clip.ts'
import { tickAt, xOf, type SongFrame } from './frame.ts'
import { paintLane } from './lane.ts'

export function paintSong(frame: SongFrame) {
  const { g, project, rows, look, width, height, scrollY } = frame
  const lines = gridLines(project.signatures, frame.pixelsPerTick, Math.max(0, tickAt(frame, 0)), tickAt(frame, width))
  for (const row of rows.rows) {
    const top = row.top - scrollY
    if (top > height || top + row.height < 0) continue
    const track = project.tracks[row.trackIndex]!
    const trackLook = look.tracks.get(track.colour)!
    if (row.kind === 'lane') {
      g.fillStyle = look.lane
      g.fillRect(0, top, width, row.height)
    } else if (track.id === frame.selectedTrackId) {
      g.fillStyle = trackLook.selected
      g.fillRect(0, top, width, row.height)
    }
    paintLines(frame, lines, top, row.height)
    if (row.kind === 'lane') paintLane(frame, track, track.automation[row.laneIndex]!, trackLook, top, row.height)
    else {
      const heard = frame.sounding.has(track.id)
      for (const clip of shownClips(track, frame.dragged)) {
        const faint = !heard || clip.mute
        paintClip(frame, clip, faint ? trackLook.muted : trackLook.clip, top, row.height, faint)
      }
    }
    g.fillStyle = look.border
    g.fillRect(0, top + row.height - 1, width, 1)
  }
  paintLoop(frame)
}

/** The clips of a track, with the dragged one where it would land. */
function shownClips({ id, clips }: Track, dragged: DraggedClip | null): readonly Clip[] {
  if (!dragged) return clips
  const others = clips.filter((clip) => clip.id !== dragged.clip.id)
  return id === dragged.trackId ? [...others, { ...dragged.clip, startTick: dragged.startTick }] : others
}

function paintLines(frame: SongFrame, lines: readonly GridLine[], top: number, height: number) {
  const { g, look } = frame
  for (const { tick, kind } of lines) {
    g.fillStyle = look.grid[kind]
    g.fillRect(Math.round(xOf(frame, tick)), top, 1, height)
  }
}

function paintLoop(frame: SongFrame) {
  const { enabled, startTick, endTick } = frame.project.loop
  if (!enabled) return
  const from = xOf(frame, startTick)
  frame.g.fillStyle = frame.look.loop
  frame.g.fillRect(from, 0, xOf(frame, endTick) - from, frame.height)
}
