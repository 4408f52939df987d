// Like groups of parameters, bands or operators, one at a time behind their numbers (main thread).
import { useId, useRef, type KeyboardEvent } from 'react'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import type { Series } from './layout.ts'
import { ParamGroup } from './ParamGroup.tsx'

interface SeriesGroupProps {
  readonly series: Series
  /** From 1. */
  readonly part: number
  readonly onPart: (part: number) => void
  readonly rows?: number | undefined
}

/** More numbers than this are a menu. */
const TABS = 8

export function SeriesGroup({ series, part, onPart, rows }: SeriesGroupProps) {
  const { label, parts } = series
  const id = useId()
  const chosen = Math.min(Math.max(part, 1), parts.length)
  const numbers = parts.map((_, i) => i + 1)
  return (
    <ParamGroup
      params={parts[chosen - 1]!.params}
      {...(rows !== undefined && { rows })}
      panel={{ id: `${id}-panel`, label: `${label} ${chosen}` }}
      head={
        parts.length > TABS ? (
          <OptionMenu
            name={label}
            tip={`Which ${label.toLowerCase()} is shown`}
            value={String(chosen)}
            options={numbers.map((n) => ({ id: String(n), label: `${label} ${n}` }))}
            onChange={(n) => onPart(Number(n))}
          />
        ) : (
          <Numbers {...{ label, numbers, chosen, onPart }} panel={`${id}-panel`} />
        )
      }
    />
  )
}

interface NumbersProps {
  readonly label: string
  readonly numbers: readonly number[]
  readonly chosen: number
  readonly onPart: (part: number) => void
  readonly panel: string
}

/** One tab stop; arrows choose. */
function Numbers({ label, numbers, chosen, onPart, panel }: NumbersProps) {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const last = numbers.length
    const to = { ArrowRight: chosen + 1, ArrowLeft: chosen - 1, Home: 1, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = Math.min(last, Math.max(1, to))
    onPart(next)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next - 1]?.focus()
  }
  return (
    <>
      <h4>{label}</h4>
      <div ref={list} className="numbers" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {numbers.map((n) => (
          <button
            key={n}
            type="button"
            role="tab"
            aria-label={`${label} ${n}`}
            aria-selected={n === chosen}
            aria-controls={n === chosen ? panel : undefined}
            tabIndex={n === chosen ? 0 : -1}
            data-tip={`${label} ${n}`}
            onClick={() => onPart(n)}
          >
            {n}
          </button>
        ))}
      </div>
    </>
  )
}
