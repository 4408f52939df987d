// What the head of a frozen track says, and of one that is being frozen how far it is; a press takes it back (main thread).
import { useStore } from 'zustand'
import { playsFrozen } from '../../../project/song/frozen.ts'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import type { Track } from './model.ts'

interface FrozenMarkProps {
  readonly track: Track
  readonly tabIndex: number
}

export function FrozenMark({ track, tabIndex }: FrozenMarkProps) {
  const { freezes, project, assets, run } = usePorts()
  const { id: trackId, name, frozen } = track
  const share = useStore(freezes, ({ running }) => running.get(trackId))
  const plays = useStore(project, (state) => playsFrozen(state, track))
  const here = useStore(assets.store, ({ known }) => frozen !== undefined && known.has(frozen.asset))
  if (share !== undefined) {
    const percent = `${String(Math.floor(share * 100))} %`
    return (
      <button
        type="button"
        className="freezing"
        aria-label={`Cancel freezing ${name}`}
        data-tip={`Freezing, ${percent} done: press to cancel`}
        tabIndex={tabIndex}
        onClick={() => void run('track.cancelFreeze', { trackId })}
      >
        {percent}
      </button>
    )
  }
  if (!frozen) return null
  const why = !here
    ? 'Its recording is not on this device'
    : plays
      ? null
      : 'The tempo or the sample rate changed since it was frozen'
  return (
    <IconButton
      icon="frozen"
      name={`Unfreeze ${name}`}
      tip={why === null ? 'Frozen: press to unfreeze' : `${why}: it plays live. Press to unfreeze`}
      tabIndex={tabIndex}
      className={why === null ? 'frozen' : 'frozen stale'}
      onClick={() => void run('track.unfreeze', { trackId })}
    />
  )
}
