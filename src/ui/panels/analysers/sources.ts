// What the analysers can look at: master, audition and every track (main thread).
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'

export interface SourceChoice {
  /** As streams name it. */
  readonly id: string
  readonly label: string
}

export const MASTER: SourceChoice = { id: 'master', label: 'Master' }
const FIXED: readonly SourceChoice[] = [MASTER, { id: 'audition', label: 'Audition' }]

export function useSources(): readonly SourceChoice[] {
  const { project } = usePorts()
  const tracks = useStore(project, (state) => state.tracks)
  return useMemo(() => [...FIXED, ...tracks.map(({ id, name }) => ({ id: `track:${id}`, label: name }))], [tracks])
}
