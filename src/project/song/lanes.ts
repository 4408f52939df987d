// Which automation of a track still moves something after its devices have changed (any thread).
import type { Lane, Return, Track } from '../../compile/song.ts'
import { laneTarget, takes, type Target } from './target.ts'

const measure = (target: Target): string => ('param' in target ? `${target.param.unit} ${target.param.curve}` : '')

/** Lanes whose target is there and measures as before, and whose points it takes. */
export function lanesThatFit(
  track: Pick<Track, 'devices' | 'sends' | 'automation'>,
  devices: Track['devices'],
  returns: readonly Return[],
): readonly Lane[] {
  return track.automation.filter(({ target, points }) => {
    const before = laneTarget(track, returns, target)
    const after = laneTarget({ ...track, devices }, returns, target)
    return before && after && measure(before) === measure(after) && points.every(({ value }) => takes(after, value))
  })
}
