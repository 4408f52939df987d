// The end of a track's chain: adds an effect from those that the engine has, by what they are for or by a word (main thread).
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { AboutLines, useHelp } from '../../help/AboutLines.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { found, RACK } from './effectMenu.ts'
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
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const groups = found(typed, edit.addRack !== null)
  const offers = groups.flatMap((group) => group.offers)
  const chosen = Math.min(at, offers.length - 1)
  const help = useHelp(offers[chosen] ? `effects/${offers[chosen].id}` : null)
  const idOf = (type: string) => `${id}-${type}`
  useEffect(() => field.current?.focus(), [])
  const choose = (next: number) => {
    setAt(next)
    const offer = offers[next]
    if (offer) document.getElementById(idOf(offer.id))?.scrollIntoView({ block: 'nearest' })
  }
  const add = (type: string) => {
    close()
    if (type === RACK.id) edit.addRack?.()
    else edit.add(type)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = offers.length - 1
    const to = {
      ArrowDown: chosen < last ? chosen + 1 : 0,
      ArrowUp: chosen > 0 ? chosen - 1 : last,
      PageDown: Math.min(last, chosen + 8),
      PageUp: Math.max(0, chosen - 8),
    }[event.key]
    if (to !== undefined) choose(to)
    else if (event.key === 'Enter' && offers[chosen]) add(offers[chosen].id)
    else return
    event.preventDefault()
  }
  return (
    <div className="effectfinder">
      <label className="effectsearch">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Find an effect"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={offers[chosen] && idOf(offers[chosen].id)}
          placeholder="Find an effect"
          value={typed}
          maxLength={60}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className="menu-list" role="listbox" id={`${id}-list`} aria-label="Effects">
        {groups.map((group) => (
          <div key={group.title} className="menu-part" role="group" aria-label={group.title}>
            <div className="menu-title" aria-hidden="true">
              {group.title}
            </div>
            {group.offers.map(({ id: type, label }) => (
              <div
                key={type}
                id={idOf(type)}
                role="option"
                aria-selected={offers[chosen]?.id === type}
                className="menu-item plain"
                data-focused={offers[chosen]?.id === type ? 'true' : undefined}
                onPointerMove={() => setAt(offers.findIndex((offer) => offer.id === type))}
                onClick={() => add(type)}
              >
                {label}
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className="effectabout">
        <AboutLines help={help} />
      </div>
      {offers.length === 0 && (
        <p className="cap" role="status">
          No effect of that name
        </p>
      )}
    </div>
  )
}
