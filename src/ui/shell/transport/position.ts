// The song position as text: bar.beat.tick, and back from what is typed (any thread).
import { constants } from '../../../generated/wire.ts'
import type { Project } from '../../../project/document.ts'
import { barPosition, countedBeatTicks, tickOfBar } from '../../../project/song/bars.ts'

/** Ticks of a beat as musicians read them; the document's are finer. */
const SHOWN_TICKS = 960
const TICKS_PER_SHOWN = constants.ticksPerBeat / SHOWN_TICKS

type Signatures = Project['signatures']

/** `19.3.480`, ticks of 960 to the quarter note. */
export function positionText(signatures: Signatures, beats: number): string {
  // The thousandth keeps whole ticks, which beats can only hold nearly, from losing one.
  const ticks = Math.max(0, Math.floor(beats * constants.ticksPerBeat + 1e-3))
  const { bar, beat, tick } = barPosition(signatures, ticks)
  return `${bar}.${beat}.${String(Math.floor(tick / TICKS_PER_SHOWN)).padStart(3, '0')}`
}

/** A place to seek to: `19`, `19.3`, `19.3.480` in bars, `1:30` or `1:30.5` in time; null: not understood. */
export function parsePosition(
  signatures: Signatures,
  text: string,
): { readonly beats: number } | { readonly seconds: number } | null {
  const time = /^(\d{1,4}):(\d{1,2}(?:\.\d{1,3})?)$/.exec(text.trim())
  if (time) {
    const seconds = Number(time[2])
    return seconds < 60 ? { seconds: Number(time[1]) * 60 + seconds } : null
  }
  const place = /^(\d{1,6})(?:\.(\d{1,2}))?(?:\.(\d{1,4}))?$/.exec(text.trim())
  if (!place) return null
  const [bar, beat, tick] = [Number(place[1]), Number(place[2] ?? 1), Number(place[3] ?? 0)]
  if (bar < 1 || beat < 1) return null
  const start = tickOfBar(signatures, bar)
  const signature = signatures.findLast((each) => each.tick <= start)
  if (!signature || beat > signature.numerator) return null
  const ticks = start + (beat - 1) * countedBeatTicks(signature) + tick * TICKS_PER_SHOWN
  return { beats: ticks / constants.ticksPerBeat }
}
