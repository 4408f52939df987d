// The virtualised grid of tiles: one tab stop, arrows move and audition, Enter holds, with Ctrl or Shift it goes onto a track (main thread).
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import type { SoundMatch } from '../../../presets/library/search.ts'
import type { Preset } from '../../../presets/model.ts'
import { gridMove } from './gridMotion.ts'
import { COLUMNS, endOf, firstOf, rowCount, rowOf } from './gridRows.ts'
import { matchLine } from './matchLine.ts'
import { Tile } from './Tile.tsx'
import { TileMenu } from './TileMenu.tsx'
import { useTrackDeeds } from './useTrackDeeds.ts'

const ROW_PIXELS = 94
const WIDE_PIXELS = 72
/** So many of the best matches take a whole row, with the reason. */
const WIDE = 3

interface TileGridProps {
  readonly presets: readonly Preset[]
  /** Preset id -> why it matches; null: nothing is asked. */
  readonly reasons: ReadonlyMap<string, readonly SoundMatch[]> | null
  /** What the list answers: another question starts at its top. */
  readonly question: string
}

export function TileGrid({ presets, reasons, question }: TileGridProps) {
  const { run, audition, sounds, input } = usePorts()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const keyHeld = useRef(false)
  const focusWanted = useRef<number | null>(null)
  const { addTrack, replace } = useTrackDeeds()
  /** Index of the tile whose menu is open. */
  const [menu, setMenu] = useState<number | null>(null)
  const menuAnchor = useRef<HTMLElement>(null)
  const openMenu = useCallback((index: number) => {
    setCurrent(index)
    menuAnchor.current = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null
    setMenu(index)
  }, [])
  const menuPreset = menu === null ? undefined : presets[menu]
  const favourites = useStore(sounds, (state) => state.favourites)
  const shortcuts = useStore(input, (state) => state.shortcuts)
  const loadedId = useStore(audition, (state) => state.original?.id ?? null)
  const preview = useStore(audition, (state) => state.preview)
  const wide = reasons ? Math.min(WIDE, presets.length) : 0
  const rows = rowCount(presets.length, wide)
  const tabStop = Math.min(current, Math.max(0, presets.length - 1))
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => (row < wide ? WIDE_PIXELS : ROW_PIXELS),
    overscan: 2,
  })

  const press = useCallback(
    (presetId: string, index: number) => {
      setCurrent(index)
      void run('audition.press', { presetId })
    },
    [run],
  )
  const release = useCallback(() => void run('audition.release', {}), [run])
  const mark = useCallback(
    (presetId: string, favourite: boolean) => void run('library.setFavourite', { presetId, favourite }),
    [run],
  )

  // Rows changed their heights.
  useEffect(() => virtual.measure(), [wide, virtual])

  const before = useRef(question)
  /** A focused tile that leaves the list does not say that it lost the focus. */
  const focused = useRef(false)
  useEffect(() => {
    if (before.current === question) return
    before.current = question
    setCurrent(0)
    if (focused.current) focusWanted.current = 0
    // Only where it moved: asking the page itself would lay it out for every letter.
    if (virtual.scrollOffset) virtual.scrollToOffset(0)
  }, [question, virtual])

  // After a reload the sound on the strip is in view, and Tab leads to it.
  const shown = useRef(false)
  useEffect(() => {
    if (shown.current || loadedId === null) return
    const index = presets.findIndex(({ id }) => id === loadedId)
    if (index < 0) return
    shown.current = true
    setCurrent(index)
    virtual.scrollToIndex(rowOf(index, wide), { align: 'auto' })
  }, [presets, loadedId, virtual, wide])

  // The tile may not be in the page yet when an arrow leads to it.
  useEffect(() => {
    if (focusWanted.current === null) return
    const tile = scroller.current?.querySelector<HTMLElement>(`[data-index="${focusWanted.current}"]`)
    if (!tile) return
    focusWanted.current = null
    tile.focus({ preventScroll: true })
  })

  /** Ends what Enter began, also when focus leaves before the key comes up. */
  const letGo = () => {
    if (keyHeld.current) release()
    keyHeld.current = false
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const preset = presets[tabStop]
    if (!preset || event.altKey) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault()
      if (event.repeat) return
      if (event.shiftKey && replace) replace(preset.id)
      else addTrack(preset.id)
      return
    }
    if (event.ctrlKey || event.metaKey) return
    if (event.key === '*' && shortcuts) return mark(preset.id, !favourites.has(preset.id))
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (event.repeat) return
      keyHeld.current = true
      press(preset.id, tabStop)
      return
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PIXELS) / ROW_PIXELS) - 1)
    const next = gridMove(event.key, tabStop, presets.length, wide, page)
    if (next === null) return
    event.preventDefault()
    if (next === tabStop) return
    setCurrent(next)
    focusWanted.current = next
    virtual.scrollToIndex(rowOf(next, wide))
    const target = presets[next]
    if (target && !event.repeat) void run('audition.once', { presetId: target.id })
  }

  return (
    <div
      ref={scroller}
      className="results scroll"
      role="grid"
      aria-label="Sounds"
      aria-rowcount={rows}
      aria-colcount={COLUMNS}
      aria-keyshortcuts="Enter Control+Enter Shift+Enter *"
      onKeyDown={onKeyDown}
      onKeyUp={(event) => (event.key === 'Enter' || event.key === ' ') && letGo()}
      onFocus={() => (focused.current = true)}
      onBlur={() => {
        focused.current = false
        letGo()
      }}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((row) => (
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            className="tilerow"
            style={{ height: row.index < wide ? WIDE_PIXELS : ROW_PIXELS, transform: `translateY(${row.start}px)` }}
          >
            {presets.slice(firstOf(row.index, wide), endOf(row.index, wide, presets.length)).map((preset, column) => {
              const index = firstOf(row.index, wide) + column
              return (
                <Tile
                  key={preset.id}
                  preset={preset}
                  index={index}
                  column={column}
                  match={index < wide ? matchLine(reasons?.get(preset.id) ?? []) : null}
                  focusable={index === tabStop}
                  loaded={preset.id === loadedId}
                  favourite={favourites.has(preset.id)}
                  startedMs={preview?.presetId === preset.id ? preview.startedMs : null}
                  onPress={press}
                  onRelease={release}
                  onFavourite={mark}
                  onMenu={openMenu}
                />
              )
            })}
          </div>
        ))}
      </div>
      {menuPreset && (
        <TileMenu
          anchor={menuAnchor}
          preset={menuPreset}
          favourite={favourites.has(menuPreset.id)}
          onFavourite={mark}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
}
