// A picture of a unit or an effect, redrawn when one of its values changes, with what of it can be dragged (main thread).
import { useCallback, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { ParamSpec } from '../../../../generated/specs.ts'
import { formatValue } from '../../../../params/format.ts'
import type { PatchUnit, PlainValue } from '../../../../presets/model.ts'
import { usePorts } from '../../../context.ts'
import { newGesture } from '../../../controls/gesture.ts'
import { colour } from '../../../drawing/colours.ts'
import { Plot, type Surface } from '../../../drawing/Plot.tsx'
import { drawHandles } from '../../../drawing/strokes.ts'
import { useRack } from '../rack.ts'
import { valueOf } from '../values.ts'
import { clamp, type Change, type Face, type Handles, type Scene } from './face.ts'
import { useFace } from './faces.ts'
import { HandleLayer } from './HandleLayer.tsx'
import { useSize } from './useSize.ts'

export interface PictureProps {
  /** `filter`, or `fx1`. */
  readonly owner: string
  /** Of the device, in words. */
  readonly name: string
  readonly kind: 'units' | 'effects'
  readonly type: string
  readonly params: readonly ParamSpec[]
  readonly tint: string
  readonly caption?: string | undefined
  readonly unit?: PatchUnit
  readonly part: number
  readonly onPart: (part: number) => void
}

const NO_UNIT: PatchUnit = { type: '' }

export function Picture(props: PictureProps) {
  const face = useFace(props.kind, props.type)
  if (!face) return <div className="well" />
  return face.Editor ? <face.Editor {...props} /> : <FacePicture {...props} face={face} />
}

/** What a device's picture is made of: its values, the song's tempo and rate. */
export function useScene({
  owner,
  params,
  tint,
  unit = NO_UNIT,
  part,
}: PictureProps): Omit<Scene, 'colour'> & { readonly tint: string } {
  const { project, transport } = usePorts()
  const { store } = useRack()
  const bpm = useStore(transport, (state) => state.bpm)
  const sampleRateHz = useStore(project, (state) => state.sampleRate)
  const values = useStore(
    store,
    useShallow((state) => params.map((spec): PlainValue => valueOf(state, `${owner}.${spec.id}`, spec) ?? spec.init)),
  )
  return useMemo(() => {
    const byId = new Map(params.map((spec, i) => [spec.id, values[i]!]))
    return { read: (id) => byId.get(id) ?? 0, unit, bpm, sampleRateHz, part, scale: 0, tint }
  }, [params, values, unit, bpm, sampleRateHz, part, tint])
}

/** Sets parameters of a device in their ranges; returns them in words. */
export function useChange({ owner, params }: Pick<PictureProps, 'owner' | 'params'>) {
  const { setValue } = useRack()
  return useCallback(
    (change: Change, gesture: string): string =>
      change
        .flatMap(([id, wanted]) => {
          const spec = params.find((param) => param.id === id)
          if (!spec) return []
          const value = typeof wanted === 'number' ? clamp(wanted, spec.min, spec.max) : wanted
          setValue(`${owner}.${id}`, value, gesture)
          return [`${spec.label} ${formatValue(spec, value)}`]
        })
        .join(', '),
    [owner, params, setValue],
  )
}

function FacePicture({ face, ...props }: PictureProps & { readonly face: Face }) {
  const well = useRef<HTMLDivElement>(null)
  const area = useSize(well)
  const scene = useScene(props)
  // While something is dragged, the ground stays where it was.
  const [held, setHeld] = useState<number | null>(null)
  const whole = useMemo((): Scene | null => {
    if (!area) return null
    const painted: Scene = { ...scene, colour: [0, 0, 0] }
    return { ...painted, scale: held ?? face.scale?.(area, painted) ?? 0 }
  }, [area, scene, held, face])
  const handles = useMemo(
    () => (area && whole && face.handles ? face.handles.at(area, whole) : []),
    [area, whole, face],
  )
  const draw = useCallback(
    (surface: Surface) => {
      if (!whole) return
      // Colours follow the theme, and are asked for when it is painted.
      face.paint(surface, { ...whole, colour: colour(scene.tint) })
      drawHandles(surface, handles, props.part)
    },
    [face, whole, handles, scene.tint, props.part],
  )
  const { Back, Front } = face
  return (
    <div ref={well} className="well">
      {whole && Back && <Back owner={props.owner} type={props.type} scene={whole} tint={props.tint} />}
      {props.caption && <span className="wellcap">{props.caption}</span>}
      <Plot draw={draw} />
      {whole && Front && <Front owner={props.owner} type={props.type} scene={whole} />}
      {area && whole && face.handles && (
        <FaceHandles
          {...props}
          of={face.handles}
          {...{ area, scene: whole, handles }}
          onHold={(holds) => setHeld(holds ? whole.scale : null)}
        />
      )}
    </div>
  )
}

interface FaceHandlesProps extends PictureProps {
  readonly of: Handles
  readonly area: NonNullable<ReturnType<typeof useSize>>
  readonly scene: Scene
  readonly handles: ReturnType<Handles['at']>
  readonly onHold: (holds: boolean) => void
}

/** For a pointer only: every value that is moved here has a knob too. */
function FaceHandles({ of, area, scene, handles, onHold, name, onPart, ...device }: FaceHandlesProps) {
  const { run } = usePorts()
  const change = useChange(device)
  const end = () => void run('history.endGesture', {})
  const { turned, doubled } = of
  return (
    <HandleLayer
      aria-hidden="true"
      name={name}
      handles={handles}
      hint={of.hint}
      onTake={({ part }) => {
        onHold(true)
        if (part !== undefined) onPart(part)
      }}
      onMove={(id, place, gesture) => change(of.moved(area, scene, id, place), gesture)}
      onRelease={(changed) => {
        onHold(false)
        if (changed) end()
      }}
      onTurn={turned && ((id, steps, gesture) => change(turned(scene, id, steps), gesture))}
      onDouble={
        doubled &&
        ((id, place) => {
          change(doubled(area, scene, id, place), newGesture(name))
          end()
        })
      }
    />
  )
}
