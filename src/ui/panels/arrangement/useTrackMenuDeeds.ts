// What can be done with a whole track: the deeds that its menu and the keys on its name share (main thread).
import type { KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import type { MenuDeed } from '../../controls/MenuButton.tsx'
import { groupsOf, type Track } from './model.ts'

export type TrackDeed = MenuDeed & { readonly label: string; readonly matches?: (event: KeyboardEvent) => boolean }

export function useTrackMenuDeeds(track: Track, rename: () => void): readonly TrackDeed[] {
  const { project, freezes, run } = usePorts()
  const { id: trackId } = track
  const freezing = useStore(freezes, ({ running }) => running.has(trackId))
  const index = useStore(project, ({ tracks }) => tracks.findIndex(({ id }) => id === trackId))
  const last = useStore(project, ({ tracks }) => tracks.length - 1)
  const tracks = useStore(project, (state) => state.tracks)
  const plainAlt = (event: KeyboardEvent) => event.altKey && !event.ctrlKey && !event.metaKey
  const plainCtrl = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey) && !event.altKey
  const automate = (target: string) => {
    void run('automation.add', { trackId, target })
    void run('view.setLane', { lane: trackId, open: true })
  }
  const freezeDeed = (): TrackDeed[] => {
    if (track.kind === 'group') return []
    const [label, id] = freezing
      ? (['Cancel freezing', 'track.cancelFreeze'] as const)
      : track.frozen
        ? (['Unfreeze', 'track.unfreeze'] as const)
        : (['Freeze', 'track.freeze'] as const)
    const empty = track.clips.length === 0 || track.devices[0]?.kind !== 'instrument'
    return [
      {
        id: 'freeze',
        label,
        keys: 'Ctrl Shift F',
        disabled: empty && label === 'Freeze',
        run: () => void run(id, { trackId }),
        matches: (event) => plainCtrl(event) && event.shiftKey && event.key.toLowerCase() === 'f',
      },
    ]
  }
  /** A group cannot play into itself, or into what is in it. */
  const groupDeeds = (): TrackDeed[] => {
    const inside = groupsOf(tracks)
    const open = tracks.filter((other) => {
      if (other.kind !== 'group' || other.id === trackId) return false
      return !inside(other.id).some(({ id }) => id === trackId)
    })
    const output = (to: string, label: string, on: boolean): TrackDeed => ({
      id: `output ${to}`,
      label,
      disabled: on,
      run: () => void run('track.setOutput', { trackId, output: to }),
    })
    return [
      {
        id: 'group',
        label: 'Group',
        keys: 'Ctrl G',
        run: () => void run('track.group', { trackIds: [trackId] }),
        matches: (event) => plainCtrl(event) && !event.shiftKey && event.key.toLowerCase() === 'g',
      },
      ...(track.kind === 'group'
        ? [
            {
              id: 'ungroup',
              label: 'Ungroup',
              keys: 'Ctrl Shift G',
              run: () => void run('track.ungroup', { groupId: trackId }),
              matches: (event: KeyboardEvent) => plainCtrl(event) && event.shiftKey && event.key.toLowerCase() === 'g',
            },
          ]
        : []),
      ...(open.length > 0 ? [output('master', 'Play to the master', track.output === undefined)] : []),
      ...open.map(({ id, name }) => output(id, `Play to ${name}`, track.output === id)),
    ]
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
    ...freezeDeed(),
    ...groupDeeds(),
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
