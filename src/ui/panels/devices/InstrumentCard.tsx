// The instrument of the sound: its groups of parameters, their pictures and its modulations (main thread).
import { lazy, memo, Suspense, useMemo, useRef, useState } from 'react'
import type { Patch } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import { MenuButton } from '../../controls/MenuButton.tsx'
import { AssetSlot } from './AssetSlot.tsx'
import { instrumentGroups, type FaceGroup } from './layout.ts'
import { ParamGroup } from './ParamGroup.tsx'
import { usePatchDrop } from './patchFiles.ts'
import { Picture } from './pictures/Picture.tsx'
import { UNIT_PAINT } from './pictures/paint.ts'
import { useRack } from './rack.ts'
import { ENGINE_SPECS, type Specs } from './values.ts'

const Matrix = lazy(async () => ({ default: (await import('./matrix/Matrix.tsx')).Matrix }))
const EditPatchSheet = lazy(() => import('./EditPatchSheet.tsx'))

interface InstrumentCardProps {
  readonly patch: Patch
  readonly tint: string
  readonly specs?: Specs
}

/** More pictures than this in one group are too small to read. */
const PICTURES = 4

export const InstrumentCard = memo(function InstrumentCard({ patch, tint, specs = ENGINE_SPECS }: InstrumentCardProps) {
  const groups = useMemo(() => instrumentGroups(patch, specs), [patch, specs])
  const { run, importFiles } = usePorts()
  const { edit } = useRack()
  const place = edit ? { trackId: edit.stripId } : {}
  const card = useRef<HTMLElement>(null)
  const [editing, setEditing] = useState(false)
  const over = usePatchDrop(card, {
    load: (text) => void run('patch.load', { ...place, patch: text }),
    importFile: (file) => void importFiles([file]),
  })
  const { max, mode, glideSeconds } = patch.voices
  const voices = mode === 'poly' ? `${max} voices` : mode === 'legato' ? 'Legato, one voice' : 'One voice'
  const glide = glideSeconds > 0 ? `, glide ${Math.round(glideSeconds * 1000)} ms` : ''
  return (
    <article ref={card} className={`dev instrument ${over ? 'takes' : ''}`} aria-label="Instrument">
      <header>
        <h3>Instrument</h3>
        <span className="grow" />
        <span className="cap">
          {voices}
          {glide}
        </span>
        <MenuButton
          icon="more"
          name="Instrument menu"
          placement="bottom end"
          parts={[
            {
              deeds: [
                { id: 'edit', label: 'Edit patch…', run: () => setEditing(true) },
                { id: 'export', label: 'Export patch', run: () => void run('patch.export', place) },
              ],
            },
          ]}
        />
      </header>
      {editing && (
        <Suspense>
          <EditPatchSheet onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {readers(patch, specs).map(([name, kind, asset]) => (
        <AssetSlot key={name} deviceId={null} unit={name} kind={kind} asset={asset} />
      ))}
      <div className="dbody">
        {groups.map((group) => (
          <ParamGroup
            key={group.id}
            title={group.label}
            params={group.params}
            picture={
              hasPicture(group, patch) && <GroupPictures group={group} patch={patch} tint={tint} specs={specs} />
            }
          />
        ))}
        <Suspense fallback={<section className="grp mods" aria-hidden="true" />}>
          <Matrix patch={patch} specs={specs} />
        </Suspense>
      </div>
    </article>
  )
})

/** Units that read a recording. */
const readers = (patch: Patch, specs: Specs) =>
  Object.entries(patch.units).flatMap(([name, { type, asset = null }]) => {
    const kind = specs.units.get(type)?.asset ?? 'none'
    return kind === 'none' ? [] : [[name, kind, asset] as const]
  })

interface GroupPicturesProps {
  readonly group: FaceGroup
  readonly patch: Patch
  readonly tint: string
  readonly specs: Specs
}

const hasPicture = ({ units }: FaceGroup, patch: Patch): boolean =>
  units.some((name) => UNIT_PAINT[patch.units[name]?.type ?? ''])

function GroupPictures({ group, patch, tint, specs }: GroupPicturesProps) {
  const drawn = group.units.filter((name) => UNIT_PAINT[patch.units[name]?.type ?? '']).slice(0, PICTURES)
  return drawn.map((name) => {
    const unit = patch.units[name]!
    return (
      <Picture
        key={name}
        owner={name}
        params={specs.units.get(unit.type)?.params ?? []}
        paint={UNIT_PAINT[unit.type]!}
        tint={tint}
        unit={unit}
        caption={drawn.length > 1 ? specs.units.get(unit.type)?.label : undefined}
      />
    )
  })
}
