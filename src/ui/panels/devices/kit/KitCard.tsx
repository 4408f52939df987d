// The instrument card of a drum kit: its pads, and the knobs of the one that is selected (main thread).
import { useMemo, useState } from 'react'
import { padUnits, type Kit } from '../../../../presets/pads.ts'
import { usePorts } from '../../../context.ts'
import { AssetSlot } from '../AssetSlot.tsx'
import { InstrumentGroup } from '../InstrumentCard.tsx'
import { useRack } from '../rack.ts'
import { ENGINE_SPECS } from '../values.ts'
import { PadGrid } from './PadGrid.tsx'
import { PadSettings } from './PadSettings.tsx'
import { inKeyOrder, padGroups } from './padFace.ts'

interface KitCardProps {
  readonly patch: Kit
  readonly tint: string
}

/** The kick, where there is one. */
const FIRST_KEY = 36

export function KitCard({ patch, tint }: KitCardProps) {
  const { run } = usePorts()
  const onTrack = useRack().edit !== null
  const pads = useMemo(() => inKeyOrder(patch.pads), [patch])
  const [chosen, choose] = useState('')
  const pad = pads.find(({ id }) => id === chosen) ?? pads.find(({ low }) => low === FIRST_KEY) ?? pads[0]!
  const groups = useMemo(() => padGroups(patch, pad, ENGINE_SPECS), [patch, pad])
  const readers = padUnits(patch, pad).flatMap((name) => {
    const { type, asset = null } = patch.units[name]!
    const kind = ENGINE_SPECS.units.get(type)?.asset ?? 'none'
    return kind === 'none' ? [] : [{ name, kind, asset }]
  })
  return (
    <article className="dev kit" aria-label="Drum kit">
      <header>
        <h3>Drum kit</h3>
        <span className="cap">
          {pads.length} pads, {patch.voices.max} voices
        </span>
      </header>
      {readers.map(({ name, kind, asset }) => (
        <AssetSlot key={name} deviceId={null} unit={name} kind={kind} asset={asset} />
      ))}
      <div className="dbody">
        <PadGrid
          pads={pads}
          selected={pad.id}
          onSelect={choose}
          takeKeys={() => void run('input.playTo', { target: onTrack ? 'track' : 'sound' })}
        />
        <PadSettings key={pad.id} pad={pad} only={pads.length === 1} />
        {groups.map((group) => (
          <InstrumentGroup key={group.id} group={group} patch={patch} tint={tint} specs={ENGINE_SPECS} />
        ))}
      </div>
    </article>
  )
}
