// Types another value for what a report line names; the parameter decides what is understood (main thread).
import { useState } from 'react'
import { useStore } from 'zustand'
import { formatValue } from '../../../params/format.ts'
import { parseValue } from '../../../params/parse.ts'
import type { ParamSpec } from '../../../generated/specs.ts'
import type { PlainValue, Preset } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'
import { Button } from '../../controls/Button.tsx'
import { effectIndex, ENGINE_SPECS, valueOf } from '../devices/values.ts'

interface SetValueProps {
  readonly target: { readonly presetId: string; readonly key: string }
  readonly onSet: (value: PlainValue) => void
  readonly onClose: () => void
}

export function SetValue({ target: { presetId, key }, onSet, onClose }: SetValueProps) {
  const { sounds } = usePorts()
  const preset = useStore(sounds, (state) => state.presets.find(({ id }) => id === presetId))
  const [wrong, setWrong] = useState(false)
  const spec = preset && specOf(preset, key)
  if (!preset || !spec) return <p className="cap">This sound is no longer in the library.</p>
  const patch = typeof preset.patch === 'string' ? null : preset.patch
  const now = valueOf({ preset, patch }, key, spec) ?? spec.init
  return (
    <form
      className="setvalue"
      onSubmit={(event) => {
        event.preventDefault()
        const plain = parseValue(spec, String(new FormData(event.currentTarget).get('value')), now)
        if (plain === null) return setWrong(true)
        onSet(plain)
        onClose()
      }}
    >
      <label>
        {spec.label}
        <input
          name="value"
          className="textfield"
          defaultValue={formatValue(spec, now)}
          aria-invalid={wrong}
          autoFocus
          onChange={() => setWrong(false)}
        />
      </label>
      <Button look="solid" type="submit">
        Set
      </Button>
      {wrong && <span role="alert">Not understood. Try “{formatValue(spec, spec.init)}”.</span>}
    </form>
  )
}

function specOf(preset: Preset, key: string): ParamSpec | undefined {
  const [owner = '', param = ''] = key.split('.')
  const effect = effectIndex(owner)
  const spec =
    effect !== null
      ? ENGINE_SPECS.effects.get(preset.effects[effect]?.type ?? '')
      : ENGINE_SPECS.units.get(typeof preset.patch === 'string' ? '' : (preset.patch.units[owner]?.type ?? ''))
  return spec?.params.find(({ id }) => id === param)
}
