// An option or an on-off parameter of the sound, as a menu or a switch (main thread).
import { memo } from 'react'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { Switch } from '../../controls/Switch.tsx'
import type { FaceParam } from './layout.ts'
import { useParam } from './useParam.ts'

interface ParamChoiceProps {
  readonly param: FaceParam
  /** In a title row the menu stands alone; in the body its label stands above. */
  readonly bare?: boolean
}

export const ParamChoice = memo(function ParamChoice({ param, bare }: ParamChoiceProps) {
  const { value, tip, set } = useParam(param)
  const { spec, name, label, about } = param
  const words = { name, tip, about }
  if (spec.curve === 'toggle') {
    return <Switch {...words} label={label} on={Number(value) >= 0.5} onChange={(on) => set(on ? 1 : 0)} />
  }
  const menu = <OptionMenu {...words} value={String(value)} options={spec.options ?? []} onChange={set} />
  return bare ? (
    menu
  ) : (
    <div className="choice">
      <span className="kl" aria-hidden="true">
        {label}
      </span>
      {menu}
    </div>
  )
})
