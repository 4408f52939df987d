// The instrument of the sound: its groups of parameters, their pictures and its modulations (main thread).
import { lazy, memo, Suspense, useMemo, useRef, useState } from 'react'
import type { Patch } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import { MenuButton } from '../../controls/MenuButton.tsx'
import { AssetSlot } from './AssetSlot.tsx'
import { InstrumentCost } from './CostReading.tsx'
import { instrumentGroups, unitParts, type FaceGroup } from './layout.ts'
import { unitTitle } from './modulation.ts'
import { ParamGroup } from './ParamGroup.tsx'
import { usePatchDrop } from './patchFiles.ts'
import { hasFace } from './pictures/faces.ts'
import { Picture } from './pictures/Picture.tsx'
import { useRack } from './rack.ts'
import { SeriesGroup } from './SeriesGroup.tsx'
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
        {readers(patch, specs).map(([name, kind, asset]) => (
          <AssetSlot key={name} deviceId={null} unit={name} kind={kind} asset={asset} />
        ))}
        <span className="grow" />
        <InstrumentCost patch={patch} />
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
      <div className="dbody">
        {groups.map((group) => (
          <InstrumentGroup key={group.id} {...{ group, patch, tint, specs }} />
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

interface InstrumentGroupProps {
  readonly group: FaceGroup
  readonly patch: Patch
  readonly tint: string
  readonly specs: Specs
}

/** A group with its pictures; a large unit's own groups beside it. */
export function InstrumentGroup({ group, ...rest }: InstrumentGroupProps) {
  const parts = useMemo(() => unitParts(group), [group])
  const [part, setPart] = useState(parts.some((each) => 'series' in each) ? 1 : 0)
  const drawn = picturesOf(group, rest.patch)
  const picture = drawn.length > 0 && <GroupPictures {...rest} {...{ drawn, part }} onPart={setPart} />
  return parts.map((each, i) =>
    'series' in each ? (
      <SeriesGroup key={each.series.label} series={each.series} part={part} onPart={setPart} />
    ) : (
      <ParamGroup
        key={each.group.label}
        title={each.group.label}
        about={aboutUnits(group, rest.patch)}
        params={each.group.params}
        picture={i === 0 && picture}
      />
    ),
  )
}

const aboutUnits = ({ units }: FaceGroup, patch: Patch): string =>
  [...new Set(units.flatMap((name) => (patch.units[name] ? [`units/${patch.units[name].type}`] : [])))].join(' ')

const picturesOf = ({ drawn }: FaceGroup, patch: Patch): readonly string[] =>
  drawn.filter((name) => hasFace('units', patch.units[name]?.type ?? '')).slice(0, PICTURES)

interface GroupPicturesProps extends Omit<InstrumentGroupProps, 'group'> {
  readonly drawn: readonly string[]
  readonly part: number
  readonly onPart: (part: number) => void
}

function GroupPictures({ drawn, patch, tint, specs, part, onPart }: GroupPicturesProps) {
  return drawn.map((name) => {
    const unit = patch.units[name]!
    const spec = specs.units.get(unit.type)
    return (
      <Picture
        key={name}
        owner={name}
        name={unitTitle(name)}
        kind="units"
        type={unit.type}
        params={spec?.params ?? []}
        tint={tint}
        unit={unit}
        caption={drawn.length > 1 ? spec?.label : undefined}
        part={part}
        onPart={onPart}
      />
    )
  })
}
