// The end of a track's chain: adds an effect from those that the engine has, by what they are for or by a word (main thread).
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { Finder } from '../../controls/Finder.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { found, RACK } from './effectMenu.ts'
import type { RackEdit } from './rack.ts'

export function AddEffect({ edit }: { readonly edit: RackEdit }) {
  const add = (type: string) => {
    if (type === RACK.id) edit.addRack?.()
    else edit.add(type)
  }
  return (
    <DialogTrigger>
      <Button className="addfx" aria-label="Add effect" data-tip="Add effect">
        <Icon name="plus" />
      </Button>
      <Popover className="menu finderpop" placement="top end" offset={4}>
        <Dialog aria-label="Add effect">
          {({ close }) => (
            <Finder
              ask="Find an effect"
              list="Effects"
              nothing="No effect of that name"
              found={(typed) => found(typed, edit.addRack !== null)}
              about={(type) => `effects/${type}`}
              onChoose={(type) => {
                close()
                add(type)
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
