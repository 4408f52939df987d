// The menu of a knob, by right click, Menu key or a long press: what it does, type, copy, paste, reset (main thread).
import type { RefObject } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { AboutLines, useHelp } from '../help/AboutLines.tsx'
import type { KnobActions } from './useKnobInput.ts'

interface KnobMenuProps extends Pick<KnobActions, 'onReset' | 'onType'> {
  readonly anchor: RefObject<HTMLElement | null>
  readonly name: string
  readonly text: string
  readonly about?: string | undefined
  readonly onOpenField: () => void
  readonly onClose: () => void
}

/** After this a closed menu has given the focus back. */
export const FOCUS_BACK_MS = 50

/** What was copied from any knob; pasted where it is understood. */
let copied: string | null = null

export function KnobMenu({ anchor, name, text, about, onReset, onType, onOpenField, onClose }: KnobMenuProps) {
  const help = useHelp(about ?? null)
  const items = [
    // The closing menu gives the focus back to the knob a frame later; the field must come after that.
    { id: 'type', label: 'Set a value', run: () => setTimeout(onOpenField, FOCUS_BACK_MS) },
    { id: 'copy', label: `Copy ${text}`, run: () => (copied = text) },
    { id: 'paste', label: copied === null ? 'Paste' : `Paste ${copied}`, run: () => copied !== null && onType(copied) },
    { id: 'own', label: 'Reset to the sound’s own', run: () => onReset('own') },
    { id: 'default', label: 'Reset to the default', run: () => onReset('default') },
  ]
  return (
    <Popover
      className="menu"
      triggerRef={anchor}
      isOpen
      placement="bottom"
      offset={4}
      onOpenChange={(open) => !open && onClose()}
    >
      <AboutLines help={help} />
      <Menu
        className="menu-list"
        aria-label={name}
        autoFocus="first"
        disabledKeys={copied === null ? ['paste'] : []}
        onClose={onClose}
        onAction={(key) => items.find(({ id }) => id === key)?.run()}
      >
        {items.map(({ id, label }) => (
          <MenuItem key={id} id={id} className="menu-item plain">
            {label}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
