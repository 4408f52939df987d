// The instrument card of a drum kit: its pads, and the knobs of the one that is selected (main thread).
import { useEffect, useMemo, useRef, useState } from 'react'
import type { PatchPad } from '../../../../presets/model.ts'
import { KICK, padUnits, type Kit } from '../../../../presets/pads.ts'
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

export function KitCard({ patch, tint }: KitCardProps) {
  const { run, failed } = usePorts()
  const stripId = useRack().edit?.stripId
  const place = stripId === undefined ? {} : { trackId: stripId }
  const card = useRef<HTMLElement>(null)
  /** The pad whose going takes the focus with it. */
  const gone = useRef<string | null>(null)
  const pads = useMemo(() => inKeyOrder(patch.pads), [patch])
  const [chosen, choose] = useState('')
  const pad = pads.find(({ id }) => id === chosen) ?? pads.find(({ low }) => low === KICK) ?? pads[0]!
  const groups = useMemo(() => padGroups(patch, pad, ENGINE_SPECS), [patch, pad])
  const readers = padUnits(patch, pad).flatMap((name) => {
    const { type, asset = null } = patch.units[name]!
    const kind = ENGINE_SPECS.units.get(type)?.asset ?? 'none'
    return kind === 'none' ? [] : [{ name, kind, asset }]
  })
  const setSound = (padId: string, presetId: string) =>
    void run('kit.setSound', { ...place, pad: padId, presetId })
      .then(() => choose(padId))
      .catch(failed)
  const add = (key: number, presetId: string) =>
    void run('kit.addPad', { ...place, key, presetId })
      .then((made) => choose((made as { readonly pad: string }).pad))
      .catch(failed)
  const remove = ({ id }: PatchPad) => {
    const at = pads.findIndex((one) => one.id === id)
    const next = pads[at + 1] ?? pads[at - 1]
    gone.current = id
    if (next) choose(next.id)
    run('kit.removePad', { ...place, pad: id }).catch((error: unknown) => {
      gone.current = null
      choose(id)
      failed?.(error)
    })
  }
  // The focus stays among the pads.
  useEffect(() => {
    if (gone.current === null || pads.some(({ id }) => id === gone.current)) return
    gone.current = null
    card.current?.querySelector<HTMLElement>('.pad[aria-pressed=true]')?.focus()
  }, [pads, pad])
  return (
    <article ref={card} className="dev kit" aria-label="Drum kit">
      <header>
        <h3>Drum kit</h3>
        <span className="cap">
          {pads.length} {pads.length === 1 ? 'pad' : 'pads'}, {patch.voices.max} voices
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
          takeKeys={() => void run('input.playTo', { target: stripId === undefined ? 'sound' : 'track' })}
          onSound={setSound}
          onAdd={add}
          onRemove={remove}
        />
        <PadSettings key={pad.id} pads={pads} pad={pad} onSound={setSound} onRemove={remove} />
        {groups.map((group) => (
          <InstrumentGroup key={group.id} group={group} patch={patch} tint={tint} specs={ENGINE_SPECS} />
        ))}
      </div>
    </article>
  )
}
