// The devices of the selected track, or of the sound on the audition strip: instrument, then effects in order (main thread).
import { lazy, Suspense, useMemo, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { formatValue } from '../../../params/format.ts'
import { usePorts } from '../../context.ts'
import { RoleGlyph } from '../../icons/RoleGlyph.tsx'
import { roleColour } from '../../roles.ts'
import { displayName } from '../sounds/describe.ts'
import { AddEffect } from './AddEffect.tsx'
import { EffectCard } from './EffectCard.tsx'
import { isKit } from '../../../presets/pads.ts'
import { InstrumentCard } from './InstrumentCard.tsx'
import { effectFaces } from './layout.ts'
import { findStrip, useRack } from './rack.ts'
import { RackCard } from './RackCard.tsx'
import { RoutingCard } from './routing/RoutingCard.tsx'
import { SoundActions } from './SoundActions.tsx'
import { SoundHead } from './SoundHead.tsx'
import { StripHead, stripTint } from './StripHead.tsx'
import { ENGINE_SPECS } from './values.ts'

/** Fetched with the first kit that is shown. */
const KitCard = lazy(async () => ({ default: (await import('./kit/KitCard.tsx')).KitCard }))

const SECONDS = { unit: 'seconds', curve: 'linear', min: 0, max: 100 } as const

/** `stripId` null: the sound on the audition strip. */
interface DevicesProps {
  readonly stripId: string | null
}

/** Which sound the devices are of, and what can be done with it. */
export function DevicesHead({ stripId }: DevicesProps) {
  return stripId === null ? <AuditionHead /> : <StripHead stripId={stripId} />
}

function AuditionHead() {
  const { audition } = usePorts()
  const preset = useStore(audition, (state) => state.preset)
  const edited = useStore(audition, (state) => state.edited)
  const latencySeconds = useStore(audition, (state) => state.latencySeconds)
  const tailSeconds = useStore(audition, (state) => state.tailSeconds)
  if (!preset) return <span className="cap ell grow">Select a track or press a sound to see its devices</span>
  const facts = [
    latencySeconds !== null && `Latency ${formatValue(SECONDS, latencySeconds)}`,
    tailSeconds !== null && `tail ${formatValue(SECONDS, tailSeconds)}`,
  ].filter(Boolean)
  return (
    <>
      <div className="ctx" style={{ '--c': roleColour(preset.role) } as CSSProperties}>
        <RoleGlyph role={preset.role} />
        <h2 className="ell">{displayName(preset.name)}</h2>
        {edited && <span className="edited">edited</span>}
      </div>
      <span className="grow" />
      <span className="cap facts">{facts.join(', ')}</span>
      <SoundActions />
    </>
  )
}

export function DevicesBody({ stripId }: DevicesProps) {
  const { audition, project } = usePorts()
  const sound = useStore(audition, (state) => state.preset)
  const strip = useStore(project, (state) => findStrip(state, stripId))
  const tint = stripId === null ? roleColour(sound?.role ?? 'FX') : stripTint(strip)
  return (
    <div className="devices scroll" style={{ '--c': tint } as CSSProperties}>
      {stripId === null && sound && <SoundHead preset={sound} />}
      <Chain tint={tint} />
    </div>
  )
}

function Chain({ tint }: { readonly tint: string }) {
  const { project } = usePorts()
  const { store, edit } = useRack()
  const group = useStore(project, ({ tracks }) =>
    tracks.some(({ id, kind }) => id === edit?.stripId && kind === 'group'),
  )
  const patch = useStore(store, (state) => state.patch)
  const devices = useStore(store, (state) => state.preset?.effects)
  // The chain's shape changes rarely; its values change with every turn of a knob.
  const shape = devices?.map(({ id, type }) => `${id}:${type}`).join(' ') ?? ''
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `shape` stands for the parts of `devices` that are read
  const effects = useMemo(() => effectFaces(devices ?? [], ENGINE_SPECS), [shape])
  return (
    <>
      {patch &&
        (isKit(patch) ? (
          <Suspense fallback={<article className="dev kit" aria-label="Drum kit" aria-busy="true" />}>
            <KitCard patch={patch} tint={tint} />
          </Suspense>
        ) : (
          <InstrumentCard patch={patch} tint={tint} />
        ))}
      {edit && !patch && !group && <p className="noinstrument cap">No instrument. Drag a sound onto this track.</p>}
      {effects.map((face) =>
        edit && face.spec.id === 'rack' ? (
          <RackCard key={face.deviceId} face={face} tint={tint} edit={edit} />
        ) : (
          <EffectCard key={face.deviceId} face={face} tint={tint} />
        ),
      )}
      {edit && <AddEffect edit={edit} />}
      {edit && <RoutingCard stripId={edit.stripId} />}
    </>
  )
}
