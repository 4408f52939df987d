// Moves the playhead once per animation frame, and the page under it (main thread). Only a transform is set: nothing is redrawn.
import type { Playhead } from '../../../transport/state.ts'
import type { TransportStore } from '../../../transport/store.ts'
import { eachFrame } from '../../drawing/frame.ts'

export interface PlayheadView {
  pixelsPerBeat(): number
  scrollX(): number
  /** Of the time area. */
  width(): number
  shown(): boolean
  follows(): boolean
  turnTo(scrollX: number): void
}

/** A page is turned so that the playhead stands at this share of it, for what came before. */
const PAGE_MARGIN = 0.05
const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
/** With reduced motion it steps. */
const STEPS_PER_BEAT = 4

export function movePlayhead(
  element: HTMLElement,
  transport: Pick<TransportStore, 'readPlayhead'>,
  view: PlayheadView,
): () => void {
  const playhead: Playhead = { playing: false, beatPos: 0, samplePos: 0, bpm: 0 }
  let drawnX = NaN
  let lastBeat = NaN
  return eachFrame(() => {
    if (!view.shown()) return false
    transport.readPlayhead(playhead)
    const { playing, beatPos } = playhead
    const beat = playing && calm.matches ? Math.floor(beatPos * STEPS_PER_BEAT) / STEPS_PER_BEAT : beatPos
    const songX = beat * view.pixelsPerBeat()
    const x = songX - view.scrollX()
    // At rest it is followed when it goes somewhere, not when the user looks elsewhere.
    const goes = playing || beatPos !== lastBeat
    lastBeat = beatPos
    if (goes && view.follows() && (x < 0 || x > view.width()))
      view.turnTo(Math.max(0, songX - view.width() * PAGE_MARGIN))
    // On whole device pixels, so that the line stays sharp.
    const at = Math.round((songX - view.scrollX()) * devicePixelRatio) / devicePixelRatio
    if (at === drawnX) return playing
    drawnX = at
    element.style.transform = `translateX(${at}px)`
    return true
  })
}
