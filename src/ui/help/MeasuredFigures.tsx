// What the engine measures: every acceptance figure with its bar, how it was measured, and its plot (main thread).
import { useMemo, useState } from 'react'
import { Segments } from '../controls/Segments.tsx'
import { Icon } from '../icons/Icon.tsx'
import { FigureLine } from './FigureLine.tsx'
import { meets, missedAt, type Figure } from './figures.ts'
import data from './figures.json'
import './measured.css'

const FIGURES = data as unknown as readonly Figure[]
const BARRED = FIGURES.filter(({ bar }) => bar !== null)
const missed = (figure: Figure): boolean => !meets(figure) || missedAt(figure).length > 0

const SHOWN = [
  { id: 'all', label: 'All' },
  { id: 'missed', label: `Missed ${BARRED.filter(missed).length}` },
] as const
type Shown = (typeof SHOWN)[number]['id']

/** What the words of the search are looked for in. */
const textOf = ({ part, what, source, note = '' }: Figure): string => `${part} ${what} ${source} ${note}`.toLowerCase()
const TEXTS = new Map(FIGURES.map((figure) => [figure, textOf(figure)]))

function found(text: string, shown: Shown): Figure[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return FIGURES.filter(
    (figure) => (shown === 'all' || missed(figure)) && words.every((word) => TEXTS.get(figure)!.includes(word)),
  )
}

export function MeasuredFigures() {
  const [text, setText] = useState('')
  const [shown, setShown] = useState<Shown>('all')
  const figures = useMemo(() => found(text, shown), [text, shown])
  const parts = [...new Set(figures.map(({ part }) => part))]
  const met = BARRED.filter(meets).length
  return (
    <div className="measured">
      <div className="measuredhead">
        <div className="input">
          <Icon name="search" />
          <input
            type="text"
            aria-label="Search figures"
            placeholder="Alias, limiter, tuning"
            value={text}
            maxLength={100}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              // Escape empties the field first; a second one closes the sheet.
              if (event.key !== 'Escape' || text === '') return
              event.stopPropagation()
              setText('')
            }}
          />
        </div>
        <Segments name="Figures" value={shown} options={SHOWN} onChange={setShown} />
        <p>
          {met} of {BARRED.length} bars are met at 48 kHz, for which they are stated. Tests hold the engine to each
          figure.
        </p>
      </div>
      <div className="sheet-scroll scroll" tabIndex={0} role="group" aria-label="Measured figures">
        {figures.length === 0 && <p className="nofigures">No figure is found by “{text}”.</p>}
        {parts.map((part) => (
          <section key={part} aria-label={part}>
            <h3>{part}</h3>
            <ul>
              {figures
                .filter((figure) => figure.part === part)
                .map((figure) => (
                  <li key={figure.id}>
                    <FigureLine figure={figure} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}
