// The menu of a track, by right click or Menu key (main thread).
import type { RefObject } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import type { TrackDeed } from './useTrackMenuDeeds.ts'

interface TrackMenuProps {
  readonly anchor: RefObject<Element | null>
  readonly name: string
  readonly deeds: readonly TrackDeed[]
  readonly onClose: () => void
}

export function TrackMenu({ anchor, name, deeds, onClose }: TrackMenuProps) {
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
        aria-label={`Track ${name}`}
        autoFocus="first"
        disabledKeys={deeds.filter(({ disabled }) => disabled).map(({ id }) => id)}
        onClose={onClose}
        onAction={(key) => deeds.find(({ id }) => id === key)?.run()}
      >
        {deeds.map(({ id, label, keys }) => (
          <MenuItem key={id} id={id} textValue={label} className="menu-item plain">
            <span className="grow">{label}</span>
            {keys && <kbd aria-hidden="true">{keys}</kbd>}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
