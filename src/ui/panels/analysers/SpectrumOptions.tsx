// What the spectrum is made with: size, window, overlap of its transforms (main thread).
import type { StreamValues } from '../../../engine/live/streams.ts'
import { formatValue } from '../../../params/format.ts'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { PopButton } from '../../controls/PopButton.tsx'
import { Icon } from '../../icons/Icon.tsx'
import { streamParam } from './options.ts'

interface SpectrumOptionsProps {
  readonly values: StreamValues
  readonly onChange: (values: StreamValues) => void
}

const OVERLAP = streamParam('spectrum', 'overlap')
/** The share that stays new is halved from step to step. */
const OVERLAPS = [0, 0.5, 0.75, 0.875].map((share) => ({ id: String(share), label: formatValue(OVERLAP, share) }))

export function SpectrumOptions({ values, onChange }: SpectrumOptionsProps) {
  const choice = (id: 'size' | 'window') => {
    const { label, doc, options = [] } = streamParam('spectrum', id)
    return (
      <div className="setting across">
        <span aria-hidden="true">{label}</span>
        <OptionMenu
          name={label}
          tip={doc}
          value={String(values[id])}
          options={options}
          onChange={(to) => onChange({ ...values, [id]: to })}
        />
      </div>
    )
  }
  return (
    <PopButton
      title="Spectrum"
      name="Spectrum options"
      className="ib"
      placement="bottom start"
      face={<Icon name="sliders" small />}
    >
      {choice('size')}
      {choice('window')}
      <div className="setting across">
        <span aria-hidden="true">{OVERLAP.label}</span>
        <OptionMenu
          name={OVERLAP.label}
          tip={OVERLAP.doc}
          value={String(values.overlap)}
          options={OVERLAPS}
          onChange={(to) => onChange({ ...values, overlap: Number(to) })}
        />
      </div>
    </PopButton>
  )
}
