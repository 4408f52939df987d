// The spectrum: level over frequency with its loudest partial in words (main thread).
import { useCallback, useMemo, useState } from 'react'
import type { StreamValues, Watched } from '../../../engine/live/streams.ts'
import { formatValue } from '../../../params/format.ts'
import { streamDefaults } from './options.ts'
import type { Surface } from '../../drawing/Plot.tsx'
import { Dock } from './Dock.tsx'
import { LiveCanvas } from './LiveCanvas.tsx'
import { createSpectrumPainter, paintGrid } from './paintSpectrum.ts'
import type { SourceChoice } from './sources.ts'
import { SpectrumOptions } from './SpectrumOptions.tsx'
import { DB } from './spectrumScale.ts'

const SCREEN_HZ = 60
const HERTZ = { unit: 'hertz', curve: 'log', min: 20, max: 20_000 } as const
const DECIBELS = { unit: 'decibels', curve: 'linear', min: -200, max: 20 } as const

export function SpectrumDock({ source }: { readonly source: SourceChoice }) {
  const [options, setOptions] = useState<StreamValues>(() => streamDefaults('spectrum', ['size', 'window', 'overlap']))
  const request = useMemo(
    () => ({ type: 'spectrum', source: source.id, options, rateHz: SCREEN_HZ }),
    [source.id, options],
  )
  const paint = useMemo(createSpectrumPainter, [])
  const draw = useCallback(
    (surface: Surface, watched: Watched) =>
      paint(surface, watched.reading('level'), watched.reading('hold'), watched.sampleRate()),
    [paint],
  )
  return (
    <Dock title="Spectrum" className="d-spec" options={<SpectrumOptions values={options} onChange={setOptions} />}>
      {(reading, readingId) => (
        <LiveCanvas
          request={request}
          label={`Spectrum of ${source.label}`}
          reading={reading}
          readingId={readingId}
          grid={paintGrid}
          draw={draw}
          silent={silent}
          describe={describe}
        />
      )}
    </Dock>
  )
}

/** The hold curve sinks for a while after the sound. */
function silent(watched: Watched): boolean {
  if (watched.reading('peakDb')[0]! >= DB.floor) return false
  for (const level of watched.reading('hold')) if (level > DB.floor) return false
  return true
}

function describe(watched: Watched | null): string {
  const db = watched?.reading('peakDb')[0] ?? -Infinity
  if (!watched || db < DB.floor) return 'no signal'
  return `peak ${formatValue(HERTZ, watched.reading('peakHz')[0]!)}, ${formatValue(DECIBELS, db)}`
}
