// The end of a track's chain: adds an effect from those that the engine has, by what they are for or by a word (main thread).
import {
  Autocomplete,
  Button,
  Dialog,
  DialogTrigger,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  SearchField,
} from 'react-aria-components'
import { Icon } from '../../icons/Icon.tsx'
import { CATEGORIES, fits, OFFERED, RACK } from './effectMenu.ts'
import type { RackEdit } from './rack.ts'

export function AddEffect({ edit }: { readonly edit: RackEdit }) {
  return (
    <DialogTrigger>
      <Button className="addfx" aria-label="Add effect" data-tip="Add effect">
        <Icon name="plus" />
      </Button>
      <Popover className="menu effectmenu" placement="top end" offset={4}>
        <Dialog aria-label="Add effect">{({ close }) => <EffectMenu edit={edit} close={close} />}</Dialog>
      </Popover>
    </DialogTrigger>
  )
}

/** The field keeps the focus: arrows walk in the list, Enter adds, Escape closes. */
function EffectMenu({ edit, close }: { readonly edit: RackEdit; readonly close: () => void }) {
  const { addRack } = edit
  const add = (id: string) => {
    close()
    if (id === RACK.id) addRack?.()
    else edit.add(id)
  }
  return (
    <Autocomplete filter={(_text, typed, { key }) => fits(String(key), typed)}>
      <SearchField aria-label="Find an effect" autoFocus className="effectsearch">
        <Icon name="search" />
        <Input placeholder="Find an effect" maxLength={60} spellCheck={false} />
      </SearchField>
      <Menu
        className="menu-list"
        aria-label="Effects"
        renderEmptyState={() => <p className="cap">No effect of that name</p>}
        onAction={(key) => add(String(key))}
      >
        {CATEGORIES.map(({ id: category, title }) => (
          <MenuSection key={category} className="menu-part" aria-label={title}>
            <Header className="menu-title">{title}</Header>
            {OFFERED.filter((spec) => spec.category === category).map(({ id, label }) => (
              <MenuItem key={id} id={id} textValue={label} className="menu-item plain">
                {label}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
        {addRack && (
          <MenuSection className="menu-part" aria-label="Racks">
            <Header className="menu-title">Racks</Header>
            <MenuItem id={RACK.id} textValue={RACK.label} className="menu-item plain">
              {RACK.label}
            </MenuItem>
          </MenuSection>
        )}
      </Menu>
    </Autocomplete>
  )
}
