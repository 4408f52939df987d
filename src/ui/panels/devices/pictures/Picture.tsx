// A picture of a unit or an effect, redrawn when one of its values changes (main thread).
import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { ParamSpec } from '../../../../generated/specs.ts'
import type { PatchUnit, PlainValue } from '../../../../presets/model.ts'
import { colour } from '../../../drawing/colours.ts'
import { Plot, type Surface } from '../../../drawing/Plot.tsx'
import { useRack } from '../rack.ts'
import { valueOf } from '../values.ts'
import type { Paint } from './painter.ts'

interface PictureProps {
  /** `filter`, or `fx1`. */
  readonly owner: string
  readonly params: readonly ParamSpec[]
  readonly paint: Paint
  readonly tint: string
  readonly caption?: string
  readonly unit?: PatchUnit
}

const NO_UNIT: PatchUnit = { type: '' }

export function Picture({ owner, params, paint, tint, caption, unit = NO_UNIT }: PictureProps) {
  const { store } = useRack()
  const values = useStore(
    store,
    useShallow((state) => params.map((spec): PlainValue => valueOf(state, `${owner}.${spec.id}`, spec) ?? spec.init)),
  )
  const byId = useMemo(() => new Map(params.map((spec, i) => [spec.id, values[i]!])), [params, values])
  const draw = useCallback(
    (surface: Surface) => paint(surface, (id) => byId.get(id) ?? 0, colour(tint), unit),
    [paint, byId, tint, unit],
  )
  return (
    <div className="well">
      {caption && <span className="wellcap">{caption}</span>}
      <Plot draw={draw} />
    </div>
  )
}
