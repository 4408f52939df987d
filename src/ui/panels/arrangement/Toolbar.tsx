// Above the song: snap, follow, zoom, a new track (main thread).
import { useStore } from 'zustand'
import { SNAPS, ZOOM, type Snap } from '../../../project/arrangement.ts'
import { usePorts } from '../../context.ts'
import { Button, IconButton } from '../../controls/Button.tsx'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { Slider } from '../../controls/Slider.tsx'
import { useStage } from './StageContext.ts'
import { ZOOM_STEP } from './stage.ts'
import { zoomAt, zoomPosition } from './timeScale.ts'

const SNAP_LABELS: Readonly<Partial<Record<Snap, string>>> = { off: 'Off', grid: 'Grid', bar: 'Bar' }
const SNAP_OPTIONS = SNAPS.map((id) => ({ id, label: SNAP_LABELS[id] ?? id }))

export function Toolbar() {
  const { session, run } = usePorts()
  const snap = useStore(session, ({ arrangement }) => arrangement.snap)
  const follow = useStore(session, ({ arrangement }) => arrangement.follow)
  return (
    <div className="atools" role="group" aria-label="Arrangement">
      <span className="cap" aria-hidden="true">
        Snap
      </span>
      <OptionMenu
        name="Snap"
        tip="Snap: what clicks and drags keep to"
        value={snap}
        options={SNAP_OPTIONS}
        onChange={(id) => void run('view.setSnap', { snap: id as Snap })}
      />
      <Button
        className={follow ? 'on' : ''}
        aria-pressed={follow}
        data-tip="Follow: turns the page with the playhead"
        onClick={() => void run('view.setFollow', { on: !follow })}
      >
        Follow
      </Button>
      <span className="grow" />
      <ZoomControl />
      <Button look="solid" icon="plus" data-tip="Add a track" onClick={() => void run('track.add', {})}>
        Track
      </Button>
    </div>
  )
}

function ZoomControl() {
  const { session } = usePorts()
  const stage = useStage()
  const pixelsPerBeat = useStore(stage.scale, (state) => state.pixelsPerBeat)
  const fits = useStore(session, ({ arrangement }) => arrangement.pixelsPerBeat === null)
  const text = `${pixelsPerBeat < 10 ? pixelsPerBeat.toFixed(1) : Math.round(pixelsPerBeat)} px a beat`
  return (
    <>
      <span className="cap" aria-hidden="true">
        Zoom
      </span>
      <div className="azoom">
        <Slider
          name="Zoom"
          position={zoomPosition(pixelsPerBeat)}
          spoken={text.replace('px', 'pixels')}
          tip={`Zoom ${text}. Ctrl wheel, + and − keys`}
          now={pixelsPerBeat}
          min={ZOOM.min}
          max={ZOOM.max}
          onMove={(position) => stage.zoomTo(zoomAt(position))}
          onStep={(count) => stage.zoomBy(ZOOM_STEP ** count)}
          onGestureEnd={() => undefined}
          onReset={() => stage.fit()}
          onType={(typed) => {
            const wanted = Number.parseFloat(typed)
            if (!Number.isFinite(wanted)) return false
            stage.zoomTo(wanted)
            return true
          }}
        />
      </div>
      <IconButton icon="fit" name="Zoom to the whole song" on={fits} onClick={() => stage.fit()} />
    </>
  )
}
