// The scope: 20 ms of the waveform from a rising crossing of zero, enlarged as far as it fits (main thread).
import { useCallback, useMemo, useRef } from 'react'
import type { Watched } from '../../../engine/live/streams.ts'
import type { Surface } from '../../drawing/Plot.tsx'
import { Dock } from './Dock.tsx'
import { LiveCanvas } from './LiveCanvas.tsx'
import { paintScope, paintScopeGrid } from './paintScope.ts'
import { nextZoom, peakOf } from './scopeZoom.ts'
import type { SourceChoice } from './sources.ts'

const SPAN_SECONDS = 0.02
const SCREEN_HZ = 60
/** A thousandth of a pixel at the largest zoom. */
const SILENT = 1e-7

export function ScopeDock({ source }: { readonly source: SourceChoice }) {
  const zoom = useRef(1)
  const request = useMemo(
    () => ({ type: 'scope', source: source.id, options: { span: SPAN_SECONDS }, rateHz: SCREEN_HZ }),
    [source.id],
  )
  const draw = useCallback((surface: Surface, watched: Watched) => {
    const low = watched.reading('low')
    const high = watched.reading('high')
    zoom.current = nextZoom(zoom.current, peakOf(low, high))
    paintScope(surface, low, high, zoom.current)
  }, [])
  const silent = (watched: Watched): boolean => peakOf(watched.reading('low'), watched.reading('high')) < SILENT
  const describe = (watched: Watched | null): string =>
    watched ? `${SPAN_SECONDS * 1000} ms, ×${zoom.current}` : 'no signal'
  return (
    <Dock title="Scope" className="d-scope">
      {(reading, readingId) => (
        <LiveCanvas
          request={request}
          label={`Waveform of ${source.label}`}
          reading={reading}
          readingId={readingId}
          grid={paintScopeGrid}
          draw={draw}
          silent={silent}
          describe={describe}
        />
      )}
    </Dock>
  )
}
