// A view of the audition strip that stands still when another sound comes, until its face has been drawn (main thread).
import type { StoreApi } from 'zustand/vanilla'
import type { AuditionView } from '../../ports.ts'

/**
 * Follows `audition` while it holds the sound `presetId` and keeps its last state after that. A press must not wait for sixty knobs of
 * the old sound to read values of the new one: React draws the new face when it has time.
 */
export function heldAudition(audition: StoreApi<AuditionView>, presetId: string): StoreApi<AuditionView> {
  let last = audition.getState()
  const getState = () => {
    const now = audition.getState()
    if (now.original?.id === presetId) last = now
    return last
  }
  return { ...audition, getState, getInitialState: getState }
}
