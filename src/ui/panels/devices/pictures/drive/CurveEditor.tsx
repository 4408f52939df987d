// Draws the waveshaper's curve: points dragged, added and removed by hand or keyboard, a pencil, ready-made curves (main thread).
import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { usePorts } from '../../../../context.ts'
import { newGesture, SteppedGesture } from '../../../../controls/gesture.ts'
import { OptionMenu } from '../../../../controls/OptionMenu.tsx'
import { colour, token } from '../../../../drawing/colours.ts'
import { Plot, type Surface } from '../../../../drawing/Plot.tsx'
import { drawHandles, fillArea, horizontal, strokeLine, vertical, type Point } from '../../../../drawing/strokes.ts'
import type { Area, Change, Handle, Place } from '../face.ts'
import { HandleLayer } from '../HandleLayer.tsx'
import { useChange, useScene, type PictureProps } from '../Picture.tsx'
import { useSize } from '../useSize.ts'
import {
  anchorsAfter,
  CURVE_PRESETS,
  drawnOver,
  nearestPoint,
  pointsOfPreset,
  removed,
  set,
  type Drawing,
} from './anchors.ts'
import { drawnCurve } from './cubic.ts'
import { CURVE_POINTS, isStraight, pointsOf } from './curves.ts'

const MARGIN = 8
const COUNT = CURVE_POINTS.length
const OWN = 'own'

const toX = (x: number, { width }: Area): number => width / 2 + x * (width / 2 - MARGIN)
const toY = (y: number, { height }: Area): number => height / 2 - y * (height / 2 - MARGIN)
const fromX = (x: number, { width }: Area): number => (x - width / 2) / (width / 2 - MARGIN)
const fromY = (y: number, { height }: Area): number => (height / 2 - y) / (height / 2 - MARGIN)
const inputAt = (point: number): number => (2 * point) / (COUNT - 1) - 1
const percent = (share: number): string => `${Math.round(share * 100)} %`.replace('-', '−')

export function CurveEditor(props: PictureProps) {
  const { run } = usePorts()
  const change = useChange(props)
  const well = useRef<HTMLDivElement>(null)
  const area = useSize(well)
  const scene = useScene(props)
  const straight = isStraight(scene.read)
  const y = useMemo(() => pointsOf(scene.read), [scene])
  const [known, setKnown] = useState<readonly number[]>([0, COUNT - 1])
  const anchors = useMemo(() => anchorsAfter(known, y, straight), [known, y, straight])
  const [picked, setPicked] = useState(COUNT - 1)
  const chosen = anchors.includes(picked) ? picked : anchors.at(-1)!
  const [stepped] = useState(() => new SteppedGesture('Curve'))

  const drawing: Drawing = { y, anchors }
  const apply = (next: Drawing, gesture: string) => {
    setKnown(next.anchors)
    const changes = CURVE_POINTS.flatMap((id, k): Change => (next.y[k] === y[k] ? [] : [[id, next.y[k]!]]))
    change(changes, gesture)
  }
  const end = () => void run('history.endGesture', {})
  const say = (point: number, height: number): string =>
    `Point ${anchors.indexOf(point) + 1} of ${anchors.length}: in ${percent(inputAt(point))}, out ${percent(height)}`

  const preset = CURVE_PRESETS.find(
    (each) =>
      each.straight === straight && pointsOfPreset(each, COUNT).every((value, k) => Math.abs(value - y[k]!) < 1e-4),
  )
  const usePreset = (id: string) => {
    const found = CURVE_PRESETS.find((each) => each.id === id)
    if (!found) return
    const points = pointsOfPreset(found, COUNT)
    setKnown([0, COUNT - 1])
    change(
      [
        ['curve', found.straight ? 'straight' : 'smooth'],
        ...CURVE_POINTS.map((each, k) => [each, points[k]!] as const),
      ],
      newGesture('Curve'),
    )
    end()
  }

  const handles: readonly Handle[] = area
    ? anchors.map((k) => ({ id: String(k), x: toX(inputAt(k), area), y: toY(y[k]!, area), part: k + 1 }))
    : []
  const draw = useCallback(
    (surface: Surface) => {
      const tint = colour(props.tint)
      horizontal(surface, surface.height / 2)
      vertical(surface, surface.width / 2)
      const at = (x: number, height: number): Point => [toX(x, surface), toY(height, surface)]
      strokeLine(surface, [at(-1, -1), at(1, 1)], token('text-3'), 0.5, 1)
      const curve = drawnCurve(y, straight)
      const points: Point[] = []
      for (let x = 0; x <= surface.width; x += 0.5) points.push([x, toY(curve(fromX(x, surface)), surface)])
      fillArea(surface, points, surface.height / 2, tint, 0.12)
      strokeLine(surface, points, tint)
      drawHandles(
        surface,
        anchors.map((k) => ({ x: toX(inputAt(k), surface), y: toY(y[k]!, surface), part: k + 1 })),
        chosen + 1,
      )
    },
    [y, straight, anchors, chosen, props.tint],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const i = anchors.indexOf(chosen)
    const step = event.shiftKey ? 0.005 : 0.05
    const token = () => stepped.token(event.timeStamp)
    const raise = (by: number) => apply(set(drawing, chosen, y[chosen]! + by, straight), token())
    const deeds: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => setPicked(anchors[Math.max(0, i - 1)]!),
      ArrowRight: () => setPicked(anchors[Math.min(anchors.length - 1, i + 1)]!),
      Home: () => setPicked(0),
      End: () => setPicked(COUNT - 1),
      ArrowUp: () => raise(step),
      ArrowDown: () => raise(-step),
      PageUp: () => raise(0.25),
      PageDown: () => raise(-0.25),
      Delete: () => take(chosen),
      Backspace: () => take(chosen),
      Insert: () => insert(i),
      Enter: () => insert(i),
    }
    const deed = deeds[event.key]
    if (!deed) return
    event.preventDefault()
    event.stopPropagation()
    deed()
  }
  const take = (at: number) => {
    const i = anchors.indexOf(at)
    apply(removed(drawing, at, straight), newGesture('Curve'))
    setPicked(anchors[Math.max(0, i - 1)]!)
    end()
  }
  /** In the middle between the chosen point and its neighbour, where there is room. */
  const insert = (i: number) => {
    const [from, to] = i < anchors.length - 1 ? [anchors[i]!, anchors[i + 1]!] : [anchors[i - 1]!, anchors[i]!]
    const at = Math.round((from + to) / 2)
    if (at === from || at === to) return
    apply(set(drawing, at, y[at]!, straight), newGesture('Curve'))
    setPicked(at)
  }
  const placed = ({ x, y: height }: Place): readonly [number, number] => [fromX(x, area!), fromY(height, area!)]

  return (
    <div className="curveeditor">
      <div className="gt">
        <OptionMenu
          name="Ready-made curve"
          tip="Begin with a ready-made curve"
          value={preset?.id ?? OWN}
          options={[...(preset ? [] : [{ id: OWN, label: 'Own curve' }]), ...CURVE_PRESETS]}
          onChange={usePreset}
        />
        <span className="cap">{anchors.length} points</span>
      </div>
      <div ref={well} className="well">
        <Plot draw={draw} />
        {area && (
          <HandleLayer
            role="slider"
            tabIndex={0}
            aria-label={`Curve of ${props.name}`}
            aria-orientation="vertical"
            aria-valuemin={-100}
            aria-valuemax={100}
            aria-valuenow={Math.round(y[chosen]! * 100)}
            aria-valuetext={say(chosen, y[chosen]!)}
            aria-keyshortcuts="Insert Delete"
            name="Curve"
            hint="Drag points; draw beside them; press twice on a point to remove it. Keys: arrows, Insert, Delete"
            handles={handles}
            onKeyDown={onKeyDown}
            onBlur={() => stepped.end()}
            onTake={({ id }) => setPicked(Number(id))}
            onMove={(id, place, gesture) => {
              const at = Number(id)
              const height = Math.min(1, Math.max(-1, fromY(place.y, area)))
              apply(set(drawing, at, height, straight), gesture)
              return say(at, height)
            }}
            onDraw={(from, to, gesture) => {
              apply(drawnOver(drawing, placed(from), placed(to), straight), gesture)
              setPicked(nearestPoint(fromX(to.x, area), COUNT))
            }}
            onRelease={(changed) => {
              if (changed) end()
            }}
            onDouble={(id, place) => {
              if (id !== null) return take(Number(id))
              const at = nearestPoint(fromX(place.x, area), COUNT)
              apply(set(drawing, at, fromY(place.y, area), straight), newGesture('Curve'))
              setPicked(at)
              end()
            }}
          />
        )}
      </div>
    </div>
  )
}
