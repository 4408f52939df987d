// Bar numbers and the tempo lane above the song (main thread).
import { gridLines } from '../grid.ts'
import { MARKERS_HEIGHT, RULER_HEIGHT } from '../heads.ts'
import { tickAt, xOf, type Frame } from './frame.ts'

const TEMPO_INSET = 4

/** `tempoHeight` as the lane stands: a thin line, or tall enough to read its figures. */
export function paintRuler(frame: Frame, tempoHeight: number, figures: boolean) {
  paintNumbers(frame)
  paintTempo(frame, RULER_HEIGHT + MARKERS_HEIGHT, tempoHeight, figures)
}

function paintNumbers(frame: Frame) {
  const { g, look, width } = frame
  g.font = `10px ${look.font}`
  g.textAlign = 'left'
  g.textBaseline = 'alphabetic'
  const from = Math.max(0, tickAt(frame, -80))
  for (const { tick, bar, beat, kind, numbered } of gridLines(
    frame.project.signatures,
    frame.pixelsPerTick,
    from,
    tickAt(frame, width),
  )) {
    const x = Math.round(xOf(frame, tick))
    g.fillStyle = look.ruler.line
    if (numbered) g.fillRect(x, 11, 1, 13)
    else if (kind !== 'part') g.fillRect(x, 20, 1, 4)
    if (!numbered) continue
    g.fillStyle = kind === 'bar' ? look.text.plain : look.text.faint
    g.fillText(kind === 'bar' ? String(bar) : `${bar}.${beat}`, x + 4, 18)
  }
}

function paintTempo(frame: Frame, top: number, height: number, figures: boolean) {
  const { g, look, project, width } = frame
  const { tempoMap } = project
  const speeds = tempoMap.map(({ bpm }) => bpm)
  const slowest = Math.min(...speeds)
  const span = Math.max(...speeds) - slowest
  const yOf = (bpm: number): number => {
    const share = span > 0 ? (bpm - slowest) / span : 0.5
    return top + height - TEMPO_INSET - share * (height - 2 * TEMPO_INSET - (figures ? 12 : 0))
  }
  g.beginPath()
  tempoMap.forEach(({ tick, bpm, ramp }, i) => {
    const next = tempoMap[i + 1]
    const x = xOf(frame, tick)
    const end = next ? xOf(frame, next.tick) : width
    g.lineTo(x, yOf(bpm))
    g.lineTo(end, yOf(ramp && next ? next.bpm : bpm))
  })
  g.strokeStyle = look.ruler.tempo
  g.lineWidth = 1
  g.stroke()
  g.font = `10px ${look.font}`
  for (const { tick, bpm } of tempoMap) {
    const x = xOf(frame, tick)
    if (x < -60 || x > width) continue
    g.beginPath()
    g.arc(Math.max(x, 2), yOf(bpm), 2, 0, Math.PI * 2)
    g.fillStyle = look.text.faint
    g.fill()
    if (figures) g.fillText(bpm.toFixed(2), Math.max(x, 2) + 4, yOf(bpm) - 4)
  }
}
