// One plot of the report as SVG: axes with units, a line for each series, named beside it (main thread).
import type { Axis, FigurePlot } from './figures.ts'
import { rangeOf, scaleOf, ticksOf, type Range } from './plotScale.ts'

const [WIDTH, HEIGHT] = [720, 220]
const MARGIN = { left: 48, right: 120, top: 10, bottom: 34 }
const STYLES = ['plot1', 'plot2', 'plot3', 'plot4', 'plot5']

const named = ({ label, unit }: Axis): string => (unit ? `${label}, ${unit}` : label)
const tickText = (value: number, { log }: Axis): string => {
  const text = log && Math.abs(value) >= 1000 ? `${value / 1000}k` : String(Number(value.toPrecision(3)))
  return text.replace('-', '−')
}

export function FigurePlotView({ plot, label }: { readonly plot: FigurePlot; readonly label: string }) {
  const { x, y, lines } = plot
  const all = lines.flatMap(({ points }) => points)
  const [rangeX, rangeY]: [Range, Range] = [
    rangeOf(
      all.map(([at]) => at),
      x,
    ),
    rangeOf(
      all.map(([, value]) => value),
      y,
    ),
  ]
  const toX = scaleOf(rangeX, x, MARGIN.left, WIDTH - MARGIN.right)
  const toY = scaleOf(rangeY, y, HEIGHT - MARGIN.bottom, MARGIN.top)
  return (
    <svg className="figureplot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Plot: ${label}`}>
      {ticksOf(rangeX, x).map((value) => (
        <g key={value}>
          <line className="grid" x1={toX(value)} x2={toX(value)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
          <text x={toX(value)} y={HEIGHT - MARGIN.bottom + 13} textAnchor="middle">
            {tickText(value, x)}
          </text>
        </g>
      ))}
      {ticksOf(rangeY, y).map((value) => (
        <g key={value}>
          <line className="grid" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={toY(value)} y2={toY(value)} />
          <text x={MARGIN.left - 6} y={toY(value) + 3} textAnchor="end">
            {tickText(value, y)}
          </text>
        </g>
      ))}
      <text className="axis" x={(MARGIN.left + WIDTH - MARGIN.right) / 2} y={HEIGHT - 4} textAnchor="middle">
        {named(x)}
      </text>
      <text
        className="axis"
        transform={`translate(10 ${(MARGIN.top + HEIGHT - MARGIN.bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {named(y)}
      </text>
      {lines.map(({ label: name, points }, i) => (
        <g key={name} className={STYLES[i % STYLES.length]}>
          <polyline points={points.map(([at, value]) => `${toX(at).toFixed(1)},${toY(value).toFixed(1)}`).join(' ')} />
          <line
            x1={WIDTH - MARGIN.right + 10}
            x2={WIDTH - MARGIN.right + 28}
            y1={MARGIN.top + 10 + 16 * i}
            y2={MARGIN.top + 10 + 16 * i}
          />
          <text x={WIDTH - MARGIN.right + 33} y={MARGIN.top + 13 + 16 * i}>
            {name}
          </text>
        </g>
      ))}
    </svg>
  )
}
