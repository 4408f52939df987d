// A small menu of named options: filter mode, wave, curve (main thread).
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import { Icon } from '../icons/Icon.tsx'

interface OptionMenuProps {
  readonly name: string
  readonly value: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly onChange: (id: string) => void
  readonly tip?: string
  /** What help has words on. */
  readonly about?: string | undefined
}

export function OptionMenu({ name, value, options, onChange, tip, about }: OptionMenuProps) {
  return (
    <Select aria-label={name} value={value} onChange={(id) => id !== null && onChange(String(id))} className="option">
      <Button className="field" data-tip={tip} data-about={about}>
        <SelectValue className="ell">{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="down" small />
      </Button>
      <Popover className="menu" placement="bottom start" offset={4}>
        <ListBox className="menu-list">
          {options.map((option) => (
            <ListBoxItem key={option.id} id={option.id} textValue={option.label} className="menu-item">
              <Icon name="check" small />
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}
