// One clip: ground, head, notes (main thread). Notes come from a kept bitmap while nothing about them changes.
import { noteShape } from '../noteShape.ts'
import type { Clip } from '../model.ts'
import type { ClipLook } from './look.ts'
import { xOf, type SongFrame } from './frame.ts'

const INSET = 3
export const CLIP_HEAD = 13
const RADIUS = 3
const NAME_INSET = 5
/** Narrower clips show no name. */
const LEAST_NAME = 14

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function paintClip(
  frame: SongFrame,
  clip: Clip,
  look: ClipLook,
  top: number,
  rowHeight: number,
  faint: boolean,
) {
  const { g, pixelsPerTick } = frame
  const width = Math.max(2, clip.lengthTicks * pixelsPerTick - 1)
  const box = { x: xOf(frame, clip.startTick), y: top + INSET, width, height: rowHeight - 1 - 2 * INSET }
  if (box.x > frame.width || box.x + width < 0) return
  const selected = clip.id === frame.selectedClipId
  g.save()
  // Where clips overlap, the upper one has an edge.
  g.fillStyle = frame.look.border
  g.fillRect(box.x - 1, box.y, 1, box.height)
  g.beginPath()
  g.roundRect(box.x, box.y, box.width, box.height, Math.min(RADIUS, width / 2))
  g.fillStyle = look.fill
  g.fill()
  g.clip()
  g.fillStyle = selected ? frame.look.accent : look.head
  g.fillRect(box.x, box.y, box.width, CLIP_HEAD)
  paintNotes(frame, clip, look, box, faint)
  if (width >= LEAST_NAME) paintName(frame, clip.name, selected ? frame.look.onAccent : look.text, box, selected)
  g.restore()
  if (selected) {
    g.beginPath()
    g.roundRect(box.x + 0.75, box.y + 0.75, box.width - 1.5, box.height - 1.5, RADIUS)
    g.strokeStyle = frame.look.accent
    g.lineWidth = 1.5
    g.stroke()
  }
}

/** Stays in sight while any of the clip is. */
function paintName({ g, look }: SongFrame, name: string, ink: string, { x, y }: Box, strong: boolean) {
  g.font = `${strong ? 600 : 400} 10px ${look.font}`
  g.fillStyle = ink
  g.textAlign = 'left'
  g.textBaseline = 'alphabetic'
  g.fillText(name, Math.max(0, x) + NAME_INSET, y + 10)
}

function paintNotes(frame: SongFrame, clip: Clip, look: ClipLook, box: Box, faint: boolean) {
  if (clip.notes.length === 0) return
  const { g } = frame
  const area = { x: box.x, y: box.y + CLIP_HEAD + 3, width: box.width, height: box.height - CLIP_HEAD - 6 }
  g.globalAlpha = faint ? 0.5 : 1
  const kept = pictureOf(frame, clip, look.note, area)
  if (kept) g.drawImage(kept, area.x, area.y, area.width, area.height)
  else drawNotes(g, clip, look.note, area, frame.pixelsPerTick, frame.width)
  g.globalAlpha = 1
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

function drawNotes(
  g: Context,
  { notes, lengthTicks }: Clip,
  ink: string,
  area: Box,
  pixelsPerTick: number,
  right: number,
) {
  const { thickness, top } = noteShape(notes, area.height)
  g.fillStyle = ink
  for (const { tick, lengthTicks: length, note } of notes) {
    if (tick >= lengthTicks) continue
    const x = area.x + tick * pixelsPerTick
    const width = Math.max(1.25, Math.min(length, lengthTicks - tick) * pixelsPerTick - 1)
    if (x + width >= 0 && x <= right) g.fillRect(x, area.y + top(note), width, thickness)
  }
}

interface Picture {
  readonly key: string
  /** Null: seen once with this key. While zooming every key is new, and a bitmap that is used once costs more than it saves. */
  readonly bitmap: OffscreenCanvas | null
}

/** Fewer notes than this are as quickly drawn as copied. */
const LEAST_NOTES = 24
const MAX_BITMAP_WIDTH = 4096
const MAX_KEPT_PIXELS = 24_000_000
let pictures = new WeakMap<Clip, Picture>()
let keptPixels = 0

/** The notes as a bitmap; null: draw them. Edited clips are other objects, so a picture is never stale. */
function pictureOf(
  { pixelsPerTick }: SongFrame,
  clip: Clip,
  ink: string,
  { width, height }: Box,
): OffscreenCanvas | null {
  const scale = window.devicePixelRatio || 1
  const bitmapWidth = Math.ceil(width * scale)
  if (clip.notes.length < LEAST_NOTES || bitmapWidth > MAX_BITMAP_WIDTH) return null
  const key = `${pixelsPerTick} ${height} ${scale} ${ink}`
  const known = pictures.get(clip)
  if (known?.key === key && known.bitmap) return known.bitmap
  if (known?.key !== key) {
    pictures.set(clip, { key, bitmap: null })
    return null
  }
  const bitmap = new OffscreenCanvas(bitmapWidth, Math.ceil(height * scale))
  const g = bitmap.getContext('2d')
  if (!g) return null
  g.scale(bitmap.width / width, bitmap.height / height)
  drawNotes(g, clip, ink, { x: 0, y: 0, width, height }, pixelsPerTick, width)
  keptPixels += bitmap.width * bitmap.height
  if (keptPixels > MAX_KEPT_PIXELS) {
    pictures = new WeakMap()
    keptPixels = bitmap.width * bitmap.height
  }
  pictures.set(clip, { key, bitmap })
  return bitmap
}
