// The live spectrum of the devices' strip behind an equaliser's curve (main thread). Computed only while it is seen.
import { useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { Watched } from '../../../../../engine/live/streams.ts'
import { usePorts } from '../../../../context.ts'
import { css, token } from '../../../../drawing/colours.ts'
import { fit } from '../../../../drawing/Plot.tsx'
import { columnsOf, DB, levelAt, yOf, type Columns } from '../../../analysers/spectrumScale.ts'
import { useWatched } from '../../../analysers/useWatched.ts'
import { useRack } from '../../rack.ts'

const RATE_HZ = 30

/** Returns are no sources of streams: nothing stands behind their curves. */
export function SpectrumBehind() {
  const { project } = usePorts()
  const { edit } = useRack()
  const heard = useStore(project, ({ tracks }) => edit === null || tracks.some(({ id }) => id === edit.stripId))
  return heard && <Spectrum source={edit === null ? 'audition' : `track:${edit.stripId}`} />
}

function Spectrum({ source }: { readonly source: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const request = useMemo(
    () => ({ type: 'spectrum', source, options: { size: '4096', average: 0.15 }, rateHz: RATE_HZ }),
    [source],
  )
  const columns = useRef<Columns | null>(null)
  const drawn = useRef(false)
  const silent = useRef(false)
  useWatched(canvas, request, (watched, fresh) => {
    if (!watched) {
      if (drawn.current) fit(canvas.current!)
      drawn.current = false
      return false
    }
    if (!fresh) return false
    const quiet = (watched.reading('peakDb')[0] ?? -Infinity) < DB.floor
    const moves = !(quiet && silent.current)
    silent.current = quiet
    if (moves) paint(watched)
    drawn.current = true
    return moves
  })

  function paint(watched: Watched) {
    const surface = fit(canvas.current!)
    if (!surface) return
    const { g, width, height } = surface
    const levels = watched.reading('level')
    const sampleRate = watched.sampleRate()
    const wide = Math.ceil(width)
    if (
      columns.current?.width !== wide ||
      columns.current.bins !== levels.length ||
      columns.current.sampleRate !== sampleRate
    )
      columns.current = columnsOf(wide, levels.length, sampleRate)
    g.beginPath()
    g.moveTo(0, height)
    for (let x = 0; x < wide; x++) g.lineTo(x, yOf(levelAt(columns.current, x, levels), height))
    g.lineTo(width, height)
    g.closePath()
    g.fillStyle = css(token('text-3'), 0.28)
    g.fill()
  }

  // What sounds is told elsewhere: the analysers have a spectrum in words.
  return <canvas ref={canvas} aria-hidden="true" />
}
