// One sound in the browser: fingerprint, role glyph and name, tags (main thread). Press to hear it, release to end it.
import { memo, useRef, type CSSProperties } from 'react'
import { Icon } from '../../icons/Icon.tsx'
import { RoleGlyph } from '../../icons/RoleGlyph.tsx'
import type { Preset } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import { roleColour } from '../../roles.ts'
import { useThumbnail } from '../../thumbnails.ts'
import { startPresetDrag } from '../drop/presetDrag.ts'
import { displayName, tileTags } from './describe.ts'
import { Fingerprint } from './Fingerprint.tsx'
import { PreviewRing, type RingHandle } from './PreviewRing.tsx'

interface TileProps {
  readonly preset: Preset
  readonly index: number
  readonly column: number
  /** Why it is among the best matches; null: an ordinary tile, a wide one otherwise. */
  readonly match: string | null
  readonly focusable: boolean
  readonly loaded: boolean
  readonly favourite: boolean
  /** performance.now() when it began to sound; null: silent. */
  readonly startedMs: number | null
  readonly onPress: (presetId: string, index: number) => void
  readonly onRelease: () => void
  readonly onFavourite: (presetId: string, favourite: boolean) => void
  readonly onMenu: (index: number) => void
}

export const Tile = memo(function Tile(props: TileProps) {
  const {
    preset,
    index,
    column,
    match,
    focusable,
    loaded,
    favourite,
    startedMs,
    onPress,
    onRelease,
    onFavourite,
    onMenu,
  } = props
  const { run } = usePorts()
  const thumbnail = useThumbnail(preset.id)
  const ring = useRef<RingHandle>(null)
  const reasons = preset.approximated ?? []
  const playing = startedMs !== null
  const tags = tileTags(preset)
  const about = [
    displayName(preset.name),
    preset.role.toLowerCase(),
    tags,
    match,
    favourite && 'favourite',
    reasons.length > 0 && `approximated: ${reasons.join('; ')}`,
  ]

  return (
    <div
      role="gridcell"
      className={`tile ${match === null ? '' : 'wide'} ${playing ? 'playing' : ''} ${loaded ? 'loaded' : ''}`}
      style={{ '--c': roleColour(preset.role) } as CSSProperties}
      aria-colindex={column + 1}
      aria-selected={loaded}
      aria-label={about.filter(Boolean).join(', ')}
      tabIndex={focusable ? 0 : -1}
      data-index={index}
      data-preset={preset.id}
      draggable
      onDragStart={(event) => {
        startPresetDrag(event, preset)
        // The press has shown this sound's devices; what takes a dragged one is the selected track's.
        void run('input.playTo', { target: 'track' })
      }}
      onDragEnd={({ dataTransfer }) =>
        dataTransfer.dropEffect === 'none' && void run('input.playTo', { target: 'sound' })
      }
      onPointerDown={(event) => {
        if (event.button !== 0 || (event.target as Element).closest('button')) return
        event.currentTarget.setPointerCapture(event.pointerId)
        onPress(preset.id, index)
      }}
      onLostPointerCapture={onRelease}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(index)
      }}
    >
      <div className="fp">
        <Fingerprint
          thumbnail={thumbnail}
          startedMs={startedMs}
          onProgress={(progress) => ring.current?.set(progress)}
        />
        {playing && <PreviewRing ref={ring} />}
      </div>
      <div className="about">
        <div className="nm">
          <RoleGlyph role={preset.role} />
          <span className="ell grow" data-tip={displayName(preset.name)}>
            {displayName(preset.name)}
          </span>
          {reasons.length > 0 && (
            <span className="approx" data-tip={`Approximated: ${reasons.join('; ')}`}>
              <Icon name="approx" small />
            </span>
          )}
        </div>
        <div className="tags ell">{tags || preset.role.toLowerCase()}</div>
        {match && (
          <div className="match ell" data-tip={match}>
            {match}
          </div>
        )}
      </div>
      <button
        type="button"
        className={`star ${favourite ? 'on' : ''}`}
        tabIndex={-1}
        aria-label={favourite ? 'Remove from favourites' : 'Add to favourites'}
        aria-pressed={favourite}
        data-tip={favourite ? 'Favourite (*)' : 'Add to favourites (*)'}
        onClick={() => onFavourite(preset.id, !favourite)}
      >
        <Icon name="star" filled={favourite} />
      </button>
      <button
        type="button"
        className="tomenu"
        tabIndex={-1}
        aria-label="Put on a track"
        aria-haspopup="menu"
        data-tip="Put on a track (Ctrl Enter: new track)"
        onClick={() => onMenu(index)}
      >
        <Icon name="plus" />
      </button>
    </div>
  )
})
