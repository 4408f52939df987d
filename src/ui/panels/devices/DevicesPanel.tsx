// Every parameter of the sound on the audition strip: instrument, then effects in the order of the chain (main thread).
import { useMemo, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { formatValue } from '../../../params/format.ts'
import { usePorts } from '../../context.ts'
import { RoleGlyph } from '../../icons/RoleGlyph.tsx'
import { roleColour } from '../../roles.ts'
import { displayName } from '../sounds/describe.ts'
import { EffectCard } from './EffectCard.tsx'
import { InstrumentCard } from './InstrumentCard.tsx'
import { effectFaces } from './layout.ts'
import { SoundActions } from './SoundActions.tsx'
import { SoundHead } from './SoundHead.tsx'
import { ENGINE_SPECS } from './values.ts'

const SECONDS = { unit: 'seconds', curve: 'linear', min: 0, max: 100 } as const

/** Which sound the devices are of, and what can be done with it. */
export function DevicesHead() {
  const { audition } = usePorts()
  const preset = useStore(audition, (state) => state.preset)
  const edited = useStore(audition, (state) => state.edited)
  const latencySeconds = useStore(audition, (state) => state.latencySeconds)
  const tailSeconds = useStore(audition, (state) => state.tailSeconds)
  if (!preset) return <span className="cap grow">Press a sound to see its devices</span>
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

export function DevicesBody() {
  const { audition } = usePorts()
  const preset = useStore(audition, (state) => state.preset)
  const patch = useStore(audition, (state) => state.patch)
  // The chain's shape changes rarely; its values change with every turn of a knob.
  const shape = preset?.effects.map(({ id, type }) => `${id}:${type}`).join(' ') ?? ''
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `shape` stands for the parts of `preset` that are read
  const effects = useMemo(() => (preset ? effectFaces(preset, ENGINE_SPECS) : []), [shape])
  if (!preset) return null
  const tint = roleColour(preset.role)
  return (
    <div className="devices scroll" style={{ '--c': tint } as CSSProperties}>
      <SoundHead preset={preset} />
      {patch && <InstrumentCard patch={patch} tint={tint} />}
      {effects.map((face) => (
        <EffectCard key={face.deviceId} face={face} tint={tint} />
      ))}
    </div>
  )
}
