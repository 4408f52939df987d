// Head of an automation lane: what it moves, its value at the playhead, on or off (main thread).
import type { CSSProperties } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { laneScale, laneValue } from './laneShape.ts'
import type { Lane, Track } from './model.ts'
import { TICKS_PER_BEAT } from './ticks.ts'

interface LaneHeadProps {
  readonly track: Track
  readonly lane: Lane
  readonly tabIndex: number
}

export function LaneHead({ track, lane, tabIndex }: LaneHeadProps) {
  const { project, transport, run } = usePorts()
  const returns = useStore(project, (state) => state.returns)
  const found = laneScale(track, returns, lane.target)
  const text = useStore(transport, ({ beatPos }) => {
    const value = found && laneValue(lane, found.scale, beatPos * TICKS_PER_BEAT)
    return found && value !== null ? found.write(value) : ''
  })
  const label = found?.label ?? 'Gone'
  return (
    <div className="hd lanehd" style={{ '--c': `var(--t${track.colour})` } as CSSProperties}>
      <div className="row">
        <span className="ell" data-tip={label}>
          {label}
        </span>
        <b>{text}</b>
      </div>
      <div className="row cap">
        <span className="ell">{found ? (found.owner ?? track.name) : 'Its device was removed'}</span>
        <button
          type="button"
          className="lanemode"
          aria-pressed={lane.enabled}
          aria-label={`Automation ${label} of ${track.name}`}
          data-tip={lane.enabled ? 'On: the lane moves the value' : 'Off: the value stays where you set it'}
          tabIndex={tabIndex}
          onClick={() => void run('automation.setEnabled', { laneId: lane.id, enabled: !lane.enabled })}
        >
          {lane.enabled ? 'On' : 'Off'}
        </button>
      </div>
    </div>
  )
}
