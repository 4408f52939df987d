// Putting a sound on a track: the deeds that tiles, menus and keys share (main thread).
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { MenuDeed } from '../../controls/MenuButton.tsx'
import { usePorts } from '../../context.ts'

export interface TrackDeeds {
  readonly addTrack: (presetId: string) => void
  /** Null: no track is selected. */
  readonly replace: ((presetId: string) => void) | null
  /** The same as a menu. */
  readonly menuFor: (presetId: string) => readonly MenuDeed[]
}

export function useTrackDeeds(): TrackDeeds {
  const { project, session, run } = usePorts()
  const selectedId = useStore(session, (state) => state.selectedTrackId)
  const name = useStore(project, ({ tracks }) => tracks.find(({ id }) => id === selectedId)?.name ?? null)
  return useMemo(() => {
    const addTrack = (presetId: string) => void run('track.add', { presetId })
    const replace =
      selectedId === null || name === null
        ? null
        : (presetId: string) => void run('track.setSound', { trackId: selectedId, presetId })
    return {
      addTrack,
      replace,
      menuFor: (presetId) => [
        { id: 'new', label: 'New track', keys: 'Ctrl Enter', run: () => addTrack(presetId) },
        {
          id: 'replace',
          label: name === null ? 'Replace sound: select a track first' : `Replace sound of ${name}`,
          keys: 'Shift Enter',
          disabled: replace === null,
          run: () => replace?.(presetId),
        },
      ],
    }
  }, [run, selectedId, name])
}
