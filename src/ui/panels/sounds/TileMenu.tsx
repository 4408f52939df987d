// The menu of a tile, by right click or Menu key: onto a track, favourite (main thread).
import type { RefObject } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import type { Preset } from '../../../presets/model.ts'
import { displayName } from './describe.ts'
import { useTrackDeeds } from './useTrackDeeds.ts'

interface TileMenuProps {
  readonly anchor: RefObject<Element | null>
  readonly preset: Preset
  readonly favourite: boolean
  readonly onFavourite: (presetId: string, favourite: boolean) => void
  readonly onClose: () => void
}

export function TileMenu({ anchor, preset, favourite, onFavourite, onClose }: TileMenuProps) {
  const { menuFor } = useTrackDeeds()
  const deeds = [
    ...menuFor(preset.id),
    {
      id: 'favourite',
      label: favourite ? 'Remove from favourites' : 'Add to favourites',
      keys: '*',
      disabled: false,
      run: () => onFavourite(preset.id, !favourite),
    },
  ]
  return (
    <Popover
      className="menu"
      triggerRef={anchor}
      isOpen
      placement="bottom start"
      offset={4}
      onOpenChange={(open) => !open && onClose()}
    >
      <Menu
        className="menu-list"
        aria-label={displayName(preset.name)}
        autoFocus="first"
        disabledKeys={deeds.filter(({ disabled }) => disabled).map(({ id }) => id)}
        onClose={onClose}
        onAction={(key) => deeds.find(({ id }) => id === key)?.run()}
      >
        {deeds.map(({ id, label, keys }) => (
          <MenuItem key={id} id={id} textValue={String(label)} className="menu-item plain">
            <span className="grow">{label}</span>
            {keys && <kbd aria-hidden="true">{keys}</kbd>}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
