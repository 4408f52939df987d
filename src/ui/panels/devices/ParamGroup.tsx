// A titled group of parameters: title and menu, picture, rows of knobs (main thread).
import { memo, useId, type CSSProperties, type ReactNode } from 'react'
import { isKnob, type FaceParam } from './layout.ts'
import { ParamChoice } from './ParamChoice.tsx'
import { ParamKnob } from './ParamKnob.tsx'

interface ParamGroupProps {
  /** Without one the group has no title row; its card names it. */
  readonly title?: string
  readonly params: readonly FaceParam[]
  readonly picture?: ReactNode
  readonly rows?: 1 | 2
}

const MOST_COLUMNS = 8

export const ParamGroup = memo(function ParamGroup({ title, params, picture, rows = 2 }: ParamGroupProps) {
  const id = useId()
  const knobs = params.filter(isKnob)
  const others = params.filter((param) => !isKnob(param))
  const inTitle = title === undefined ? undefined : others[0]
  const choices = inTitle ? others.slice(1) : others
  const columns = Math.max(
    picture ? 3 : 1,
    Math.min(MOST_COLUMNS, Math.ceil((knobs.length + choices.length * 2) / rows)),
  )
  return (
    <section
      className="grp"
      aria-labelledby={title === undefined ? undefined : id}
      style={{ '--columns': columns } as CSSProperties}
    >
      {title !== undefined && (
        <div className="gt">
          <h4 id={id} className="ell">
            {title}
          </h4>
          {inTitle && <ParamChoice param={inTitle} bare={inTitle.spec.curve !== 'toggle'} />}
        </div>
      )}
      {picture && <div className="picture">{picture}</div>}
      <div className="kn">
        {knobs.map((param) => (
          <ParamKnob key={param.key} param={param} />
        ))}
        {choices.map((param) => (
          <ParamChoice key={param.key} param={param} />
        ))}
      </div>
    </section>
  )
})
