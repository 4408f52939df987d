// The sound browser: search, roles, favourites, tiles, import (main thread).
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import { Segments } from '../../controls/Segments.tsx'
import type { Role } from '../../../presets/model.ts'
import { usePanel } from '../usePanel.ts'
import { Heard } from './Heard.tsx'
import { ImportButton } from './ImportButton.tsx'
import { NoSounds } from './NoSounds.tsx'
import { ReportButton } from './ReportButton.tsx'
import { filterSounds, ownFirst, rolesOf, type Origin } from './filter.ts'
import { RoleChips } from './RoleChips.tsx'
import { SearchField } from './SearchField.tsx'
import { SongSections } from './SongSections.tsx'
import { TileGrid } from './TileGrid.tsx'
import { useSoundSearch } from './useSoundSearch.ts'

const ORIGINS = [
  { id: 'all', label: 'All' },
  { id: 'own', label: 'Yours' },
  { id: 'factory', label: 'Factory' },
] as const
const NO_ROLES: ReadonlySet<Role> = new Set()

export function SoundsPanel() {
  const { sounds, finder, run } = usePorts()
  const { open, setOpen } = usePanel('sounds')
  const { presets: all, favourites, ready, songs } = useStore(sounds)
  // A large import brings thousands in many steps; the page stays free to play meanwhile.
  const presets = useDeferredValue(all)
  const text = useStore(finder, (state) => state.text)
  const setText = useCallback((next: string) => finder.setState({ text: next }), [finder])
  const [roles, setRoles] = useState(NO_ROLES)
  const [favouritesOnly, setFavouritesOnly] = useState(false)
  const [origin, setOrigin] = useState<Origin>('all')
  const results = useRef<HTMLDivElement>(null)
  const { results: answer, text: answered, failed } = useSoundSearch(text, roles)
  const present = useMemo(() => rolesOf(presets), [presets])
  const base = useMemo(() => answer?.presets ?? ownFirst(presets), [answer, presets])
  const found = useMemo(
    () => (failed ? [] : filterSounds(base, favourites, { roles, favouritesOnly, origin })),
    [base, favourites, roles, favouritesOnly, origin, failed],
  )
  const reasons = useMemo(
    () => answer && new Map(answer.hits.map(({ preset, matches }) => [preset.id, matches] as const)),
    [answer],
  )
  const filtered = roles.size > 0 || favouritesOnly || origin !== 'all'
  const count = `${found.length.toLocaleString('en')} ${found.length === 1 ? 'sound' : 'sounds'}`
  const unfilter = () => {
    setRoles(NO_ROLES)
    setFavouritesOnly(false)
    setOrigin('all')
  }
  const focusResults = () => results.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus()
  const playBest = () => {
    if (answer && answered === text && found[0]) void run('audition.once', { presetId: found[0].id })
  }

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
        <SearchField text={text} onText={setText} onDown={focusResults} onEnter={playBest} />
        {answer && <Heard text={answered} tokens={answer.heard} onChange={setText} />}
        {present.length > 1 && (
          <RoleChips roles={present} counts={answer?.roles ?? null} chosen={roles} onChange={setRoles} />
        )}
      </div>
      <div className="lhead">
        <span role="status" className="ell">
          <b>{ready ? count : 'Reading sounds'}</b>{' '}
          {ready && (answer ? 'by best match' : filtered && `of ${presets.length.toLocaleString('en')}`)}
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
      <div className="resultbox" ref={results}>
        <TileGrid presets={found} reasons={reasons} question={answer ? answered : ''} />
        {ready && found.length === 0 && (
          <NoSounds
            empty={presets.length === 0}
            failed={failed}
            text={text}
            results={answer}
            filtered={filtered}
            onText={setText}
            onUnfilter={unfilter}
            onAll={() => {
              setText('')
              unfilter()
            }}
          />
        )}
      </div>
      <ImportButton look="line" />
    </aside>
  )
}
