// Left of the ruler: what its rows are, the place, the tempo (main thread).
import { useStore } from 'zustand'
import { TEMPO_LANE } from '../../../project/arrangement.ts'
import { usePorts } from '../../context.ts'
import { Icon } from '../../icons/Icon.tsx'
import { TimeRuler } from './TimeRuler.tsx'

export function TopHeads() {
  const { session, transport, run } = usePorts()
  const place = useStore(transport, ({ bar, beat }) => `${bar}.${beat}`)
  const bpm = useStore(transport, (state) => state.bpm.toFixed(2))
  const open = useStore(session, ({ arrangement }) => arrangement.openLanes.includes(TEMPO_LANE))
  return (
    <div className="topheads">
      <div>
        <TimeRuler />
        Bars
        <span className="grow" />
        <b aria-hidden="true">{place}</b>
      </div>
      <div>Markers</div>
      <div className={open ? 'open' : ''}>
        <button
          type="button"
          aria-expanded={open}
          data-tip={open ? 'Fold the tempo' : 'Show the tempo'}
          onClick={() => void run('view.setLane', { lane: TEMPO_LANE, open: !open })}
        >
          <Icon name={open ? 'down' : 'right'} small />
          Tempo
        </button>
        <span className="grow" />
        <span>{bpm}</span>
      </div>
    </div>
  )
}
