// The arrangement without React (main thread): zoom, scroll, and when its pictures are drawn. Nothing is drawn while it is out of sight.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { TEMPO_LANE } from '../../../project/arrangement.ts'
import { fit } from '../../drawing/Plot.tsx'
import { onThemeChange } from '../../theme/theme.ts'
import type { UiPorts } from '../../ports.ts'
import { HEAD_WIDTH, TEMPO_HEIGHT, topHeight } from './heads.ts'
import { soundingTracks, type DraggedClip } from './model.ts'
import { currentLook } from './paint/look.ts'
import { paintRuler } from './paint/ruler.ts'
import { paintSong } from './paint/song.ts'
import { movePlayhead } from './playhead.ts'
import { layoutRows, trackHeight, type Rows } from './rows.ts'
import { snapTick } from './snap.ts'
import { TICKS_PER_BEAT } from './ticks.ts'
import { clampZoom, scrollAfterZoom, songBeats } from './timeScale.ts'

export interface StageElements {
  readonly scroller: HTMLElement
  /** Holds everything that scrolls; carries the sizes as variables. */
  readonly song: HTMLElement
  readonly rulerCanvas: HTMLCanvasElement
  readonly songCanvas: HTMLCanvasElement
  readonly playhead: HTMLElement
}

export interface Scale {
  readonly pixelsPerBeat: number
}

export interface Stage {
  readonly scale: StoreApi<Scale>
  mount(elements: StageElements): () => void
  /** Zooms by a factor around a place on the screen; without one, around the playhead, or the middle where it is out of sight. */
  zoomBy(factor: number, clientX?: number): void
  zoomTo(pixelsPerBeat: number, clientX?: number): void
  fit(): void
  /** Song time under a place of the screen; not below 0. */
  tickAt(clientX: number): number
  snap(tick: number): number
  /** From the top of the first row. */
  rowY(clientY: number): number
  rows(): Rows
  /** Shows a clip where it would land; null: all clips are where they are. */
  showDragged(dragged: DraggedClip | null): void
  /** Scrolls so that a tick is in sight, if it is not. */
  reveal(tick: number): void
}

type StagePorts = Pick<UiPorts, 'project' | 'session' | 'transport' | 'run'>

export function createStage({ project, session, transport, run }: StagePorts): Stage {
  const scale = createStore<Scale>(() => ({ pixelsPerBeat: session.getState().arrangement.pixelsPerBeat ?? 20 }))
  let at: StageElements | null = null
  let width = 0
  let height = 0
  const written = new Map<string, string>()
  let scrollX = 0
  let scrollY = 0
  /** Where we scrolled to ourselves; any other place is the user's doing. */
  let ownX = 0
  let dragged: DraggedClip | null = null
  let visible = true
  let request = 0
  let known: { tracks: unknown; lanes: unknown; folded: unknown; tall: number; rows: Rows } | null = null

  const tempoOpen = (): boolean => session.getState().arrangement.openLanes.includes(TEMPO_LANE)
  const pixelsPerTick = (): number => scale.getState().pixelsPerBeat / TICKS_PER_BEAT
  const rows = (): Rows => {
    const { tracks } = project.getState()
    const { openLanes, folded } = session.getState().arrangement
    const tall = trackHeight(window.innerHeight)
    const same = known?.tracks === tracks && known.lanes === openLanes && known.folded === folded && known.tall === tall
    if (!known || !same)
      known = { tracks, lanes: openLanes, folded, tall, rows: layoutRows(tracks, openLanes, tall, folded) }
    return known.rows
  }

  const paint = (): void => {
    request = 0
    if (!at || !visible) return
    const state = project.getState()
    const { selectedTrackId, selectedClipId } = session.getState()
    const common = { look: currentLook(), project: state, pixelsPerTick: pixelsPerTick(), scrollX, scrollY }
    const ruler = fit(at.rulerCanvas)
    const open = tempoOpen()
    if (ruler) paintRuler({ ...common, ...ruler }, open ? TEMPO_HEIGHT.open : TEMPO_HEIGHT.shut, open)
    const song = fit(at.songCanvas)
    if (!song) return
    const sounding = soundingTracks(state.tracks)
    paintSong({ ...common, ...song, rows: rows(), sounding, selectedTrackId, selectedClipId, dragged })
  }
  const ask = (): void => {
    if (at && visible && request === 0) request = requestAnimationFrame(paint)
  }

  const scrollTo = (x: number): void => {
    if (!at) return
    at.scroller.scrollLeft = x
    scrollX = ownX = at.scroller.scrollLeft
    ask()
  }
  /** Sizes that the style sheet and the pictures share; written only where they changed, since each write costs a layout. */
  const resize = (): void => {
    if (!at) return
    const { pixelsPerBeat: chosen } = session.getState().arrangement
    const { fit: fitting, whole } = songBeats(project.getState())
    const pixelsPerBeat = clampZoom(chosen ?? width / fitting)
    const wanted = {
      '--ppb': `${pixelsPerBeat}px`,
      // When all of it is shown there is nothing to scroll to.
      '--beats': String(chosen === null ? fitting : whole),
      '--view-w': `${width}px`,
      '--view-h': `${height}px`,
      '--h-track': `${trackHeight(window.innerHeight)}px`,
      '--h-arr-top': `${topHeight(tempoOpen())}px`,
    }
    for (const [name, value] of Object.entries(wanted)) {
      if (written.get(name) === value) continue
      written.set(name, value)
      at.song.style.setProperty(name, value)
    }
    if (scale.getState().pixelsPerBeat !== pixelsPerBeat) scale.setState({ pixelsPerBeat })
    ask()
  }
  const measure = (): void => {
    if (!at) return
    width = Math.max(1, at.scroller.clientWidth - HEAD_WIDTH)
    height = at.scroller.clientHeight
    resize()
  }

  const onScroll = (): void => {
    if (!at) return
    const { scrollLeft, scrollTop } = at.scroller
    const byUser = Math.abs(scrollLeft - ownX) > 1 && scrollLeft !== scrollX
    scrollX = scrollLeft
    scrollY = scrollTop
    const { follow } = session.getState().arrangement
    if (byUser && follow && transport.getState().playing) void run('view.setFollow', { on: false })
    ask()
  }

  const leftEdge = (): number => (at ? at.scroller.getBoundingClientRect().left + HEAD_WIDTH : 0)
  const playheadX = (): number => transport.getState().beatPos * scale.getState().pixelsPerBeat - scrollX

  const stage: Stage = {
    scale,
    rows,
    mount(elements) {
      at = elements
      const { scroller, playhead, rulerCanvas, songCanvas } = elements
      const size = new ResizeObserver(measure)
      // The canvases follow by style sheet, a frame later.
      for (const element of [scroller, rulerCanvas, songCanvas]) size.observe(element)
      const sight = new IntersectionObserver((entries) => {
        visible = entries.at(-1)!.isIntersecting
        ask()
      })
      sight.observe(scroller)
      const onWheel = (event: WheelEvent): void => {
        if (!event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        // One notch of a wheel is 100 or 120; a pinch on a touchpad sends small steps.
        stage.zoomBy(2 ** (-event.deltaY / 240), event.clientX)
      }
      scroller.addEventListener('wheel', onWheel, { passive: false })
      scroller.addEventListener('scroll', onScroll, { passive: true })
      const stops = [
        project.subscribe(resize),
        session.subscribe((now, before) => {
          if (now.arrangement !== before.arrangement) resize()
          if (now.selectedTrackId !== before.selectedTrackId || now.selectedClipId !== before.selectedClipId) ask()
        }),
        onThemeChange(ask),
        movePlayhead(playhead, transport, {
          pixelsPerBeat: () => scale.getState().pixelsPerBeat,
          scrollX: () => scrollX,
          width: () => width,
          shown: () => visible,
          follows: () => session.getState().arrangement.follow,
          turnTo: scrollTo,
        }),
      ]
      written.clear()
      measure()
      return () => {
        stops.forEach((stop) => stop())
        size.disconnect()
        sight.disconnect()
        scroller.removeEventListener('wheel', onWheel)
        scroller.removeEventListener('scroll', onScroll)
        cancelAnimationFrame(request)
        request = 0
        at = null
      }
    },
    zoomBy(factor, clientX) {
      stage.zoomTo(scale.getState().pixelsPerBeat * factor, clientX)
    },
    zoomTo(wanted, clientX) {
      const before = scale.getState().pixelsPerBeat
      const pixelsPerBeat = clampZoom(wanted)
      if (pixelsPerBeat === before) return
      const seen = playheadX()
      const x = clientX === undefined ? (seen >= 0 && seen <= width ? seen : width / 2) : clientX - leftEdge()
      const scroll = scrollAfterZoom(scrollX, x, before, pixelsPerBeat)
      void run('view.setZoom', { pixelsPerBeat })
      scrollTo(scroll)
    },
    fit() {
      void run('view.setZoom', { pixelsPerBeat: null })
      scrollTo(0)
    },
    tickAt: (clientX) => Math.max(0, (clientX - leftEdge() + scrollX) / pixelsPerTick()),
    snap: (tick) => snapTick(session.getState().arrangement.snap, project.getState().signatures, tick, pixelsPerTick()),
    rowY: (clientY) => (at ? clientY - at.scroller.getBoundingClientRect().top - topHeight(tempoOpen()) + scrollY : 0),
    showDragged(next) {
      dragged = next
      ask()
    },
    reveal(tick) {
      const x = tick * pixelsPerTick() - scrollX
      if (x < 0 || x > width) scrollTo(Math.max(0, tick * pixelsPerTick() - width / 4))
    },
  }
  return stage
}

/** Factor of one press of a zoom key. */
export const ZOOM_STEP = 1.25
