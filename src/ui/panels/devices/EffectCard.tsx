// One effect of a chain: power, its place, picture, knobs (main thread).
import { memo, useMemo, useRef, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { MenuButton } from '../../controls/MenuButton.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { AssetSlot } from './AssetSlot.tsx'
import { effectGroups, type EffectFace } from './layout.ts'
import { ParamGroup } from './ParamGroup.tsx'
import { Picture } from './pictures/Picture.tsx'
import { EFFECT_PAINT } from './pictures/paintEffects.ts'
import { useRack, type RackEdit } from './rack.ts'
import { SideChain } from './SideChain.tsx'

interface EffectCardProps {
  readonly face: EffectFace
  readonly tint: string
}

export const EffectCard = memo(function EffectCard({ face, tint }: EffectCardProps) {
  const { store, setBypass, edit } = useRack()
  const { spec, params, index, deviceId } = face
  const groups = useMemo(() => effectGroups(params), [params])
  const bypass = useStore(store, (state) => state.preset?.effects[index]?.bypass ?? false)
  const asset = useStore(store, (state) => state.preset?.effects[index]?.asset ?? null)
  const paint = EFFECT_PAINT[spec.id]
  return (
    <article className={`dev fx ${bypass ? 'off' : ''}`} aria-label={`${spec.label}, effect ${index + 1}`}>
      <EffectHead edit={edit} face={face}>
        <button
          type="button"
          className="pw"
          role="switch"
          aria-checked={!bypass}
          aria-label={`${spec.label} on`}
          data-tip={bypass ? `${spec.label} is bypassed` : `Bypass ${spec.label.toLowerCase()}`}
          onClick={() => setBypass(deviceId, !bypass)}
        >
          <span>
            <Icon name="power" />
          </span>
        </button>
        <h3 className="ell">{spec.label}</h3>
        <span className="grow" />
        <span className="cap">{bypass ? 'Bypassed' : index + 1}</span>
      </EffectHead>
      {paint && (
        <div className="picture fxpicture">
          <Picture owner={`fx${index + 1}`} params={spec.params} paint={paint} tint={tint} />
        </div>
      )}
      {spec.asset !== 'none' && <AssetSlot deviceId={deviceId} unit={null} kind={spec.asset} asset={asset} />}
      {edit && spec.sidechain && <SideChain stripId={edit.stripId} deviceId={deviceId} name={spec.label} />}
      <div className="dbody">
        {groups.map((group) => (
          <ParamGroup key={group.label ?? ''} title={group.label} params={group.params} />
        ))}
      </div>
    </article>
  )
})

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
