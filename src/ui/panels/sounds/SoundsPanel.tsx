// The sound browser: words, roles, favourites, tiles, import (main thread).
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import { Segments } from '../../controls/Segments.tsx'
import { Icon } from '../../icons/Icon.tsx'
import type { Role } from '../../../presets/model.ts'
import { usePanel } from '../usePanel.ts'
import { ImportButton } from './ImportButton.tsx'
import { ReportButton } from './ReportButton.tsx'
import { filterSounds, rolesOf, type Origin } from './filter.ts'
import { askForSounds, soundQuery } from './query.ts'
import { RoleChips } from './RoleChips.tsx'
import { SongSections } from './SongSections.tsx'
import { TileGrid } from './TileGrid.tsx'

const ORIGINS = [
  { id: 'all', label: 'All' },
  { id: 'own', label: 'Yours' },
  { id: 'factory', label: 'Factory' },
] as const

export function SoundsPanel() {
  const { sounds } = usePorts()
  const { open, setOpen } = usePanel('sounds')
  const { presets: all, favourites, ready, songs } = useStore(sounds)
  // A large import brings thousands in many steps; the page stays free to play meanwhile.
  const presets = useDeferredValue(all)
  const text = useStore(soundQuery, (state) => state.text)
  const setText = askForSounds
  const [roles, setRoles] = useState<ReadonlySet<Role>>(new Set())
  const [favouritesOnly, setFavouritesOnly] = useState(false)
  const [origin, setOrigin] = useState<Origin>('all')
  const field = useRef<HTMLInputElement>(null)
  const words = useDeferredValue(text)
  const present = useMemo(() => rolesOf(presets), [presets])
  const found = useMemo(
    () => filterSounds(presets, favourites, { text: words, roles, favouritesOnly, origin }),
    [presets, favourites, words, roles, favouritesOnly, origin],
  )
  const narrowed = words !== '' || roles.size > 0 || favouritesOnly || origin !== 'all'
  const count = `${found.length.toLocaleString('en')} ${found.length === 1 ? 'sound' : 'sounds'}`

  return (
    <aside className={`panel left ${open ? '' : 'shut'}`} aria-label="Sounds">
      <div className="phead">
        <h2 className="tab">Sounds</h2>
        <span className="grow" />
        <ImportButton look="plain" />
        <IconButton
          icon="panel"
          name={open ? 'Fold the sounds' : 'Unfold the sounds'}
          mirrored
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      </div>
      <div className="pad">
        <div className="input">
          <Icon name="search" />
          <input
            ref={field}
            type="text"
            aria-label="Filter sounds"
            placeholder="Name, tag or file"
            value={text}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setText('')}
          />
          {text !== '' && (
            <IconButton
              icon="close"
              name="Clear filter"
              onClick={() => {
                setText('')
                field.current?.focus()
              }}
            />
          )}
        </div>
        {present.length > 1 && <RoleChips roles={present} chosen={roles} onChange={setRoles} />}
      </div>
      <div className="lhead">
        <span role="status">
          <b>{ready ? count : 'Reading sounds'}</b> {narrowed && ready && `of ${presets.length.toLocaleString('en')}`}
        </span>
        <span className="grow" />
        <Segments name="Origin" value={origin} options={ORIGINS} onChange={setOrigin} />
        <ReportButton />
        <IconButton
          icon="star"
          name="Favourites only"
          on={favouritesOnly}
          filled={favouritesOnly}
          onClick={() => setFavouritesOnly(!favouritesOnly)}
        />
      </div>
      {songs.length > 0 && <SongSections songs={songs} />}
      <div className="resultbox">
        <TileGrid presets={found} />
        {ready && found.length === 0 && (
          <div className="none">
            <p>{presets.length === 0 ? 'No sounds yet.' : 'No sound matches.'}</p>
            {narrowed && (
              <button
                type="button"
                className="btn solid"
                onClick={() => {
                  setText('')
                  setRoles(new Set())
                  setFavouritesOnly(false)
                  setOrigin('all')
                }}
              >
                Show all
              </button>
            )}
          </div>
        )}
      </div>
      <ImportButton look="line" />
    </aside>
  )
}
