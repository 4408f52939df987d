// A list that is narrowed by typing: the field keeps the focus, arrows walk in the list, Enter chooses (main thread).
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { AboutLines, useHelp } from '../help/AboutLines.tsx'
import { Icon } from '../icons/Icon.tsx'

export interface Offer {
  readonly id: string
  readonly label: string
}

export interface OfferGroup {
  readonly title: string
  readonly offers: readonly Offer[]
}

interface FinderProps {
  /** "Find an effect" */
  readonly ask: string
  /** Of the list: "Effects". */
  readonly list: string
  readonly nothing: string
  readonly found: (typed: string) => readonly OfferGroup[]
  readonly onChoose: (id: string) => void
  /** What help has words on, below the list. */
  readonly about?: (id: string) => string
}

const PAGE = 8

export function Finder({ ask, list, nothing, found, onChoose, about }: FinderProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const groups = found(typed)
  const offers = groups.flatMap((group) => group.offers)
  const chosen = Math.min(at, offers.length - 1)
  const chosenId = offers[chosen]?.id
  const help = useHelp(about && chosenId !== undefined ? about(chosenId) : null)
  const idOf = (offer: string) => `${id}-${offer}`
  useEffect(() => field.current?.focus(), [])
  const choose = (next: number) => {
    setAt(next)
    const offer = offers[next]
    if (offer) document.getElementById(idOf(offer.id))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = offers.length - 1
    const to = {
      ArrowDown: chosen < last ? chosen + 1 : 0,
      ArrowUp: chosen > 0 ? chosen - 1 : last,
      PageDown: Math.min(last, chosen + PAGE),
      PageUp: Math.max(0, chosen - PAGE),
    }[event.key]
    if (to !== undefined) choose(to)
    else if (event.key === 'Enter' && chosenId !== undefined) onChoose(chosenId)
    else return
    event.preventDefault()
  }
  return (
    <div className="finder">
      <label className="findersearch">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label={ask}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosenId !== undefined ? idOf(chosenId) : undefined}
          placeholder={ask}
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
      <div className="menu-list" role="listbox" id={`${id}-list`} aria-label={list}>
        {groups.map((group) => (
          <div key={group.title} className="menu-part" role="group" aria-label={group.title}>
            <div className="menu-title" aria-hidden="true">
              {group.title}
            </div>
            {group.offers.map((offer) => (
              <div
                key={offer.id}
                id={idOf(offer.id)}
                role="option"
                aria-selected={chosenId === offer.id}
                className="menu-item plain"
                data-focused={chosenId === offer.id ? 'true' : undefined}
                onPointerMove={() => setAt(offers.indexOf(offer))}
                onClick={() => onChoose(offer.id)}
              >
                {offer.label}
              </div>
            ))}
          </div>
        ))}
      </div>
      {about && (
        <div className="finderabout">
          <AboutLines help={help} />
        </div>
      )}
      {offers.length === 0 && (
        <p className="cap" role="status">
          {nothing}
        </p>
      )}
    </div>
  )
}
