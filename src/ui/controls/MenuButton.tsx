// A button that opens a menu of deeds (main thread).
import type { ReactNode } from 'react'
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import { Icon, type IconName } from '../icons/Icon.tsx'

export interface MenuDeed {
  readonly id: string
  readonly label: ReactNode
  /** What find-as-you-type and a screen reader go by, where the label is more than text. */
  readonly text?: string
  readonly disabled?: boolean
  readonly keys?: string
  readonly run: () => void
}

export interface MenuPart {
  readonly title?: string
  /** For screen readers, where several parts have no title. */
  readonly name?: string
  readonly deeds: readonly MenuDeed[]
}

interface MenuButtonProps {
  readonly name: string
  readonly tip?: string
  readonly icon?: IconName
  readonly className?: string
  readonly placement?: 'bottom start' | 'bottom end' | 'top start'
  readonly parts: readonly MenuPart[]
  readonly children?: ReactNode
}

/** An icon alone, or with `children` a button with its own face. */
export function MenuButton({
  name,
  tip,
  icon,
  className,
  placement = 'bottom start',
  parts,
  children,
}: MenuButtonProps) {
  const deeds = parts.flatMap((part) => part.deeds)
  return (
    <MenuTrigger>
      <Button className={className ?? (children ? 'btn' : 'ib')} aria-label={name} data-tip={tip ?? name}>
        {icon && <Icon name={icon} />}
        {children}
      </Button>
      <Popover className="menu" placement={placement} offset={4}>
        <Menu
          className="menu-list"
          aria-label={name}
          disabledKeys={deeds.filter(({ disabled }) => disabled).map(({ id }) => id)}
          onAction={(key) => deeds.find(({ id }) => id === key)?.run()}
        >
          {parts.map((part, i) => (
            <MenuSection key={i} className="menu-part" aria-label={part.title ?? part.name ?? name}>
              {part.title !== undefined && <Header className="menu-title">{part.title}</Header>}
              {part.deeds.map(({ id, label, text, keys }) => (
                <MenuItem
                  key={id}
                  id={id}
                  textValue={text ?? (typeof label === 'string' ? label : id)}
                  className="menu-item plain"
                >
                  <span className="grow">{label}</span>
                  {keys && <kbd aria-hidden="true">{keys}</kbd>}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
