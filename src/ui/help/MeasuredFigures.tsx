// What the engine measures: every acceptance figure with its bar, how it was measured, and its plot (main thread).
import { useState } from 'react'
import { Segments } from '../controls/Segments.tsx'
import { meets, type Figure } from './figures.ts'
import data from './figures.json'
import { FigurePlotView } from './FigurePlotView.tsx'
import './measured.css'

const FIGURES = data as unknown as readonly Figure[]
const PARTS = ['All', ...new Set(FIGURES.map(({ part }) => part))].map((id) => ({ id, label: id }))

const number = (value: number): string => {
  const text = value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(0) : String(Number(value.toPrecision(3)))
  return text.replace('-', '−')
}
const withUnit = (value: number, unit: string): string => (unit ? `${number(value)} ${unit}` : number(value))
const barText = ({ bar, unit }: Figure): string =>
  'most' in bar ? `at most ${withUnit(bar.most, unit)}` : `at least ${withUnit(bar.least, unit)}`

export function MeasuredFigures() {
  const [part, setPart] = useState('All')
  const shown = FIGURES.filter((figure) => part === 'All' || figure.part === part)
  const met = shown.filter(meets).length
  return (
    <div className="measured">
      <div className="measuredhead">
        <Segments name="Part" value={part} options={PARTS} onChange={setPart} />
        <p>
          {met} of {shown.length} figures meet their bar. Measured on the engine that plays here, at 48 kHz, by the
          tests that guard it.
        </p>
      </div>
      <ul className="sheet-scroll scroll" tabIndex={0} aria-label="Measured figures">
        {shown.map((figure) => (
          <li key={figure.id}>
            <FigureLine figure={figure} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function FigureLine({ figure }: { readonly figure: Figure }) {
  const { what, value, unit, source, plot } = figure
  const good = meets(figure)
  const line = (
    <>
      <span className="what">{what}</span>
      <span className="value">{withUnit(value, unit)}</span>
      <span className="bar">{barText(figure)}</span>
      <span className={good ? 'verdict good' : 'verdict bad'}>{good ? 'met' : 'missed'}</span>
    </>
  )
  if (!plot)
    return (
      <div className="figureline">
        {line}
        <span className="source">{source}</span>
      </div>
    )
  return (
    <details>
      <summary className="figureline">
        {line}
        <span className="source">{source}</span>
      </summary>
      <FigurePlotView plot={plot} label={what} />
    </details>
  )
}
