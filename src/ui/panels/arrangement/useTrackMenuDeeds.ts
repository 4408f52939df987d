// What can be done with a whole track: the deeds that its menu and the keys on its name share (main thread).
import type { KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import type { MenuDeed } from '../../controls/MenuButton.tsx'
import type { Track } from './model.ts'

export type TrackDeed = MenuDeed & { readonly label: string; readonly matches?: (event: KeyboardEvent) => boolean }

export function useTrackMenuDeeds(track: Track, rename: () => void): readonly TrackDeed[] {
  const { project, run } = usePorts()
  const { id: trackId } = track
  const index = useStore(project, ({ tracks }) => tracks.findIndex(({ id }) => id === trackId))
  const last = useStore(project, ({ tracks }) => tracks.length - 1)
  const plainAlt = (event: KeyboardEvent) => event.altKey && !event.ctrlKey && !event.metaKey
  const automate = (target: string) => {
    void run('automation.add', { trackId, target })
    void run('view.setLane', { lane: trackId, open: true })
  }
  return [
    { id: 'rename', label: 'Rename', keys: 'F2', run: rename, matches: ({ key }) => key === 'F2' },
    {
      id: 'duplicate',
      label: 'Duplicate',
      keys: 'Ctrl D',
      run: () => void run('track.duplicate', { trackId }),
      matches: (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd',
    },
    {
      id: 'up',
      label: 'Move up',
      keys: 'Alt ↑',
      disabled: index <= 0,
      run: () => void run('track.move', { trackId, index: index - 1 }),
      matches: (event) => plainAlt(event) && event.key === 'ArrowUp',
    },
    {
      id: 'down',
      label: 'Move down',
      keys: 'Alt ↓',
      disabled: index >= last,
      run: () => void run('track.move', { trackId, index: index + 1 }),
      matches: (event) => plainAlt(event) && event.key === 'ArrowDown',
    },
    { id: 'volume', label: 'Automate volume', run: () => automate('gain') },
    { id: 'pan', label: 'Automate pan', run: () => automate('pan') },
    {
      id: 'remove',
      label: 'Remove',
      keys: 'Del',
      run: () => void run('track.remove', { trackId }),
      matches: ({ key }) => key === 'Delete',
    },
  ]
}
