// A titled group of parameters: title and menu, picture, rows of knobs (main thread).
import { memo, useId, type CSSProperties, type ReactNode } from 'react'
import { isKnob, type FaceParam } from './layout.ts'
import { ParamChoice } from './ParamChoice.tsx'
import { ParamKnob } from './ParamKnob.tsx'

interface ParamGroupProps {
  /** Without one the group has no title row; its card names it. */
  readonly title?: string | undefined
  /** What help has words on: the units of the group. */
  readonly about?: string | undefined
  readonly params: readonly FaceParam[]
  readonly picture?: ReactNode
  /** Takes the place of the title. */
  readonly head?: ReactNode
  /** What `head` chooses among: the knobs are one of its panels. */
  readonly panel?: { readonly id: string; readonly label: string }
  readonly rows?: number
}

/** Rows of knobs under a picture; beside one there is room for one more. */
const ROWS = 2
/** Columns that a menu takes. */
const CHOICE_COLUMNS = 2

/** The fewest columns in which all knobs, then all menus, fit into so many rows. */
function columnsFor(knobs: number, choices: number, rows: number): number {
  for (let columns = 1; ; columns++) {
    if (choices > 0 && columns < CHOICE_COLUMNS) continue
    const choicesInRest = Math.floor((columns - (knobs % columns)) / CHOICE_COLUMNS)
    const perRow = Math.floor(columns / CHOICE_COLUMNS)
    const begun = Math.ceil(knobs / columns)
    const inBegun = knobs % columns === 0 ? 0 : choicesInRest
    const more = choices > inBegun ? Math.ceil((choices - inBegun) / perRow) : 0
    if (begun + more <= rows) return columns
  }
}

export const ParamGroup = memo(function ParamGroup({
  title,
  about,
  params,
  picture,
  head,
  panel,
  rows = ROWS,
}: ParamGroupProps) {
  const id = useId()
  const knobs = params.filter(isKnob)
  const others = params.filter((param) => !isKnob(param))
  const inTitle = title === undefined ? undefined : others[0]
  const choices = inTitle ? others.slice(1) : others
  const columns = Math.max(picture ? 3 : rows > ROWS ? 1 : 2, columnsFor(knobs.length, choices.length, rows))
  const named = panel ? { 'aria-label': panel.label } : { 'aria-labelledby': title === undefined ? undefined : id }
  return (
    <div role="group" className="grp" {...named} style={{ '--columns': columns, '--rows': rows } as CSSProperties}>
      {head !== undefined && <div className="gt">{head}</div>}
      {title !== undefined && (
        <div className="gt">
          <h4 id={id} {...(about !== undefined && { 'data-tip': title, 'data-about': about })}>
            {title}
          </h4>
          {inTitle && <ParamChoice param={inTitle} bare={inTitle.spec.curve !== 'toggle'} />}
        </div>
      )}
      {picture && <div className="picture">{picture}</div>}
      <div className="kn" {...(panel && { role: 'tabpanel', id: panel.id, 'aria-label': panel.label })}>
        {knobs.map((param) => (
          <ParamKnob key={param.key} param={param} />
        ))}
        {choices.map((param) => (
          <ParamChoice key={param.key} param={param} />
        ))}
      </div>
    </div>
  )
})
