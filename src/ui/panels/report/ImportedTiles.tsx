// The first sounds of an import as small tiles that can be heard from the report (main thread).
import { useMemo, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import type { Preset } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import { RoleGlyph } from '../../icons/RoleGlyph.tsx'
import { roleColour } from '../../roles.ts'
import { useThumbnail } from '../../thumbnails.ts'
import { displayName } from '../sounds/describe.ts'
import { Fingerprint } from '../sounds/Fingerprint.tsx'

const SHOWN = 8

export function ImportedTiles({ presetIds }: { readonly presetIds: readonly string[] }) {
  const { sounds } = usePorts()
  const presets = useStore(sounds, (state) => state.presets)
  const imported = useMemo(() => {
    const byId = new Map(presets.map((preset) => [preset.id, preset]))
    return presetIds.flatMap((id) => byId.get(id) ?? [])
  }, [presetIds, presets])
  if (imported.length === 0) return null
  const shown = imported.slice(0, SHOWN)
  return (
    <div className="got">
      <h3>{shown.length < imported.length ? `In Sounds, ${shown.length} of ${imported.length} shown` : 'In Sounds'}</h3>
      {shown.map((preset) => (
        <SmallTile key={preset.id} preset={preset} />
      ))}
    </div>
  )
}

function SmallTile({ preset }: { readonly preset: Preset }) {
  const { audition, run } = usePorts()
  const startedMs = useStore(audition, (state) =>
    state.preview?.presetId === preset.id ? state.preview.startedMs : null,
  )
  const thumbnail = useThumbnail(preset.id)
  return (
    <button
      type="button"
      className={`tile small ${startedMs === null ? '' : 'playing'}`}
      style={{ '--c': roleColour(preset.role) } as CSSProperties}
      aria-label={`Play ${displayName(preset.name)}`}
      onClick={() => void run('audition.once', { presetId: preset.id })}
    >
      <span className="fp">
        <Fingerprint thumbnail={thumbnail} startedMs={startedMs} />
      </span>
      <span className="nm">
        <RoleGlyph role={preset.role} />
        <span className="ell">{displayName(preset.name)}</span>
      </span>
    </button>
  )
}
