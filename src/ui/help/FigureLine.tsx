// One figure of the report: value, bar, verdict; below it source, other sample rates, a note, and the plot when opened (main thread).
import { meets, missedAt, type Figure } from './figures.ts'
import { FigurePlotView } from './FigurePlotView.tsx'

/** At other rates a digit more shows on which side of its bar a figure lies. */
const number = (value: number, digits = 3): string => {
  const text =
    value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(0) : String(Number(value.toPrecision(digits)))
  return text.replace('-', '−')
}
const withUnit = (value: number, unit: string, digits?: number): string =>
  unit ? `${number(value, digits)} ${unit}` : number(value, digits)
const kilohertz = (sampleRate: number): string => `${sampleRate / 1000} kHz`

function barText({ bar, unit }: Figure): string {
  if (bar === null) return 'reported'
  return 'most' in bar ? `at most ${withUnit(bar.most, unit)}` : `at least ${withUnit(bar.least, unit)}`
}

function verdictOf(figure: Figure): readonly [text: string, style: string] {
  if (figure.bar === null) return ['', '']
  if (!meets(figure)) return ['missed', 'bad']
  return missedAt(figure).length > 0 ? ['partly', 'part'] : ['met', 'good']
}

function elsewhereText(figure: Figure): string {
  const { elsewhere = [], unit } = figure
  const missed = missedAt(figure)
  return elsewhere
    .map(([rate, value]) => {
      const told = `${withUnit(value, unit, missed.includes(rate) ? 4 : 3)} at ${kilohertz(rate)}`
      return missed.includes(rate) ? `${told}: missed` : told
    })
    .join(', ')
}

export function FigureLine({ figure }: { readonly figure: Figure }) {
  const { what, value, unit, source, note, plot } = figure
  const [verdict, style] = verdictOf(figure)
  const elsewhere = elsewhereText(figure)
  const line = (
    <>
      <span className="what">{what}</span>
      <span className="value">{withUnit(value, unit)}</span>
      <span className="bar">{barText(figure)}</span>
      <span className={`verdict ${style}`}>{verdict}</span>
      {elsewhere && <span className="more">{elsewhere}</span>}
      {note && <span className="more">{note}</span>}
      <span className="more">{source}</span>
    </>
  )
  if (!plot) return <div className="figureline">{line}</div>
  return (
    <details>
      <summary className="figureline">{line}</summary>
      <FigurePlotView plot={plot} label={what} />
    </details>
  )
}
