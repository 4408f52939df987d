// Which track or return the devices are of (main thread).
import type { CSSProperties } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { RoleGlyph } from '../../icons/RoleGlyph.tsx'
import { displayName } from '../sounds/describe.ts'
import { findStrip, instrumentOf } from './rack.ts'

export function StripHead({ stripId }: { readonly stripId: string }) {
  const { project, sounds, run } = usePorts()
  const strip = useStore(project, (state) => findStrip(state, stripId))
  const instrument = strip && instrumentOf(strip)
  const role = useStore(sounds, ({ presets }) => presets.find(({ id }) => id === instrument?.presetId)?.role)
  if (!strip) return <span className="grow" />
  const sound = instrument?.name === undefined ? null : displayName(instrument.name)
  return (
    <>
      <div className="ctx" style={{ '--c': stripTint(strip) } as CSSProperties}>
        {role ? <RoleGlyph role={role} /> : <Icon name="sliders" small />}
        <h2 className="ell">{strip.name}</h2>
        {sound !== null && sound !== strip.name && <span className="cap ell">{sound}</span>}
      </div>
      <span className="grow" />
      {'frozen' in strip && strip.frozen && (
        <>
          <span className="cap ell">Frozen: notes and devices stay as they are</span>
          <Button icon="frozen" onClick={() => void run('track.unfreeze', { trackId: stripId })}>
            Unfreeze
          </Button>
        </>
      )}
    </>
  )
}

/** The CSS colour of a track; returns have none of their own. */
export const stripTint = (strip: object | undefined): string =>
  strip && 'colour' in strip ? `var(--t${String(strip.colour)})` : 'var(--text-2)'
