// One effect of a chain: power, its place, picture, knobs (main thread).
import { memo, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { MenuButton } from '../../controls/MenuButton.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { AssetSlot } from './AssetSlot.tsx'
import { EffectCost } from './CostReading.tsx'
import { effectGroups, faceParts, type EffectFace, type FacePart } from './layout.ts'
import { ParamGroup } from './ParamGroup.tsx'
import { hasFace } from './pictures/faces.ts'
import { Picture } from './pictures/Picture.tsx'
import { useRack, type RackEdit } from './rack.ts'
import { ReductionMeter } from './ReductionMeter.tsx'
import { SeriesGroup } from './SeriesGroup.tsx'
import { SideChain } from './SideChain.tsx'
import { valueOf, type Sound } from './values.ts'

/** Pictures that are drawn in, or are as high as they are wide. */
const TALL: ReadonlySet<string> = new Set(['waveshaper', 'binaural', 'rotary'])

interface EffectCardProps {
  readonly face: EffectFace
  readonly tint: string
}

export const EffectCard = memo(function EffectCard({ face, tint }: EffectCardProps) {
  const { store, setBypass, edit } = useRack()
  const { spec, params, index, deviceId } = face
  const parts = useMemo(() => faceParts(effectGroups(params)), [params])
  const inSeries = parts.some((each) => 'series' in each)
  const [part, setPart] = useState(() => (inSeries ? firstInUse(parts, store.getState()) : 0))
  const bypass = useStore(store, (state) => state.preset?.effects[index]?.bypass ?? false)
  const asset = useStore(store, (state) => state.preset?.effects[index]?.asset ?? null)
  const pictured = hasFace('effects', spec.id)
  // Several groups leave no height for a picture above them: it stands beside.
  const beside = pictured && (parts.length > 1 || TALL.has(spec.id))
  const rows = beside ? 3 : 2
  return (
    <article
      className={`dev fx ${bypass ? 'off' : ''} ${beside ? 'beside' : ''} fx-${spec.id}`}
      aria-label={`${spec.label}, effect ${index + 1}`}
    >
      <EffectHead edit={edit} face={face}>
        <button
          type="button"
          className="pw"
          role="switch"
          aria-checked={!bypass}
          aria-label={`${spec.label} on`}
          data-tip={bypass ? `${spec.label} is bypassed` : `Bypass ${spec.label.toLowerCase()}`}
          data-about={`effects/${spec.id}`}
          onClick={() => setBypass(deviceId, !bypass)}
        >
          <span>
            <Icon name="power" />
          </span>
        </button>
        <h3 className="ell" data-tip={spec.label} data-about={`effects/${spec.id}`}>
          {spec.label}
        </h3>
        <span className="grow" />
        {!bypass && <EffectCost index={index} label={spec.label} />}
        <span className="cap">{bypass ? 'Bypassed' : index + 1}</span>
      </EffectHead>
      {spec.reduces && !bypass && <ReductionMeter deviceId={deviceId} label={spec.label} />}
      {pictured && (
        <div className="picture fxpicture">
          <Picture
            owner={`fx${index + 1}`}
            name={spec.label}
            kind="effects"
            type={spec.id}
            params={spec.params}
            tint={tint}
            part={part}
            onPart={setPart}
          />
        </div>
      )}
      <div className="fxinputs">
        {spec.asset !== 'none' && <AssetSlot deviceId={deviceId} unit={null} kind={spec.asset} asset={asset} />}
        {edit && spec.sidechain && <SideChain stripId={edit.stripId} deviceId={deviceId} name={spec.label} />}
      </div>
      <div className="dbody">
        {parts.map((each) =>
          'series' in each ? (
            <SeriesGroup key={each.series.label} series={each.series} {...{ part, rows }} onPart={setPart} />
          ) : (
            <ParamGroup key={each.group.label ?? ''} title={each.group.label} params={each.group.params} rows={rows} />
          ),
        )}
      </div>
    </article>
  )
})

/** Of a series: the first that is switched on, or has no switch. */
function firstInUse(parts: readonly FacePart[], sound: Sound): number {
  const series = parts.flatMap((each) => ('series' in each ? [each.series] : []))[0]
  const on = series?.parts.findIndex(({ params }) => {
    const power = params.find(({ spec }) => spec.curve === 'toggle' && spec.id.endsWith('On'))
    return !power || Number(valueOf(sound, power.key, power.spec)) >= 0.5
  })
  return Math.max(0, on ?? 0) + 1
}

interface EffectHeadProps {
  readonly edit: RackEdit | null
  readonly face: EffectFace
  readonly children: React.ReactNode
}

/** Where the chain can be changed, Delete removes the effect and arrows move it while the focus is in its head. */
function EffectHead({ edit, face, children }: EffectHeadProps) {
  const head = useRef<HTMLElement>(null)
  const last = useStore(useRack().store, (state) => (state.preset?.effects.length ?? 0) - 1)
  if (!edit) return <header>{children}</header>
  const { deviceId, index, spec } = face
  const remove = () => {
    // The focus stays in the chain.
    const cards = [...(head.current?.closest('.devices')?.querySelectorAll<HTMLElement>('.fx .pw, .addfx') ?? [])]
    const own = head.current?.querySelector<HTMLElement>('.pw')
    cards[cards.findIndex((card) => card === own) + 1]?.focus()
    edit.remove(deviceId)
  }
  const move = (by: -1 | 1) => {
    const to = index + by
    if (to >= 0 && to <= last) edit.move(deviceId, to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const deed = { Delete: remove, ArrowLeft: () => move(-1), ArrowRight: () => move(1) }[event.key]
    // A menu that is open belongs to the head in React, not in the page.
    if (!deed || !head.current?.contains(event.target as Node)) return
    event.preventDefault()
    deed()
  }
  return (
    <header ref={head} onKeyDown={onKeyDown}>
      {children}
      <MenuButton
        icon="more"
        name={`${spec.label} menu`}
        placement="bottom end"
        parts={[
          {
            deeds: [
              { id: 'left', label: 'Move left', keys: '←', disabled: index === 0, run: () => move(-1) },
              { id: 'right', label: 'Move right', keys: '→', disabled: index === last, run: () => move(1) },
              { id: 'remove', label: 'Remove', keys: 'Del', run: remove },
            ],
          },
        ]}
      />
    </header>
  )
}
