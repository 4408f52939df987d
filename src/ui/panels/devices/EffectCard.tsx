// One effect of the sound's chain: power, picture, knobs (main thread).
import { memo, useMemo } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { Icon } from '../../icons/Icon.tsx'
import { effectGroups, type EffectFace } from './layout.ts'
import { ParamGroup } from './ParamGroup.tsx'
import { Picture } from './pictures/Picture.tsx'
import { EFFECT_PAINT } from './pictures/paintEffects.ts'

interface EffectCardProps {
  readonly face: EffectFace
  readonly tint: string
}

export const EffectCard = memo(function EffectCard({ face, tint }: EffectCardProps) {
  const { audition, run } = usePorts()
  const { spec, params, index, deviceId } = face
  const groups = useMemo(() => effectGroups(params), [params])
  const bypass = useStore(audition, (state) => state.preset?.effects[index]?.bypass ?? false)
  const paint = EFFECT_PAINT[spec.id]
  return (
    <article className={`dev fx ${bypass ? 'off' : ''}`} aria-label={`${spec.label}, effect ${index + 1}`}>
      <header>
        <button
          type="button"
          className="pw"
          role="switch"
          aria-checked={!bypass}
          aria-label={`${spec.label} on`}
          data-tip={bypass ? `${spec.label} is bypassed` : `Bypass ${spec.label.toLowerCase()}`}
          onClick={() => void run('audition.setBypass', { device: deviceId, bypass: !bypass })}
        >
          <span>
            <Icon name="power" />
          </span>
        </button>
        <h3 className="ell">{spec.label}</h3>
        <span className="grow" />
        <span className="cap">{bypass ? 'Bypassed' : index + 1}</span>
      </header>
      {paint && (
        <div className="picture fxpicture">
          <Picture owner={`fx${index + 1}`} params={spec.params} paint={paint} tint={tint} />
        </div>
      )}
      <div className="dbody">
        {groups.map((group) => (
          <ParamGroup key={group.label ?? ''} title={group.label} params={group.params} />
        ))}
      </div>
    </article>
  )
})
