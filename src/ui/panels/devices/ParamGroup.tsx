// A titled group of parameters: title and menu, picture, rows of knobs (main thread).
import { memo, useId, type CSSProperties, type ReactNode } from 'react'
import { isKnob, type FaceParam } from './layout.ts'
import { ParamChoice } from './ParamChoice.tsx'
import { ParamKnob } from './ParamKnob.tsx'

interface ParamGroupProps {
  readonly title: string
  readonly params: readonly FaceParam[]
  readonly picture?: ReactNode
  readonly note?: string | undefined
}

const ROWS = 2

export const ParamGroup = memo(function ParamGroup({ title, params, picture, note }: ParamGroupProps) {
  const id = useId()
  const knobs = params.filter(isKnob)
  const [inTitle, ...choices] = params.filter((param) => !isKnob(param))
  const columns = Math.max(2, Math.min(8, Math.ceil(knobs.length / ROWS)))
  return (
    <section className="grp" aria-labelledby={id} style={{ '--columns': columns } as CSSProperties}>
      <div className="gt">
        <h4 id={id} className="ell">
          {title}
        </h4>
        {inTitle ? <ParamChoice param={inTitle} bare={inTitle.spec.curve !== 'toggle'} /> : note && <span className="cap">{note}</span>}
      </div>
      {picture && <div className="picture">{picture}</div>}
      {choices.length > 0 && (
        <div className="choices">
          {choices.map((param) => (
            <ParamChoice key={param.key} param={param} />
          ))}
        </div>
      )}
      <div className="kn">
        {knobs.map((param) => (
          <ParamKnob key={param.key} param={param} />
        ))}
      </div>
    </section>
  )
})
