// The time signature under the playhead (main thread).
import { useStore } from 'zustand'
import { constants } from '../../../generated/wire.ts'
import { SIGNATURE } from '../../../project/fields.ts'
import { segmentAt } from '../../../project/song/tempo.ts'
import { usePorts } from '../../context.ts'
import { PopButton } from '../../controls/PopButton.tsx'
import { Segments } from '../../controls/Segments.tsx'
import { Stepper } from '../../panels/keyboard/Stepper.tsx'

const DENOMINATORS = SIGNATURE.denominators.map((value) => ({ id: String(value), label: String(value), value }))

export function Signature() {
  const { project, transport, run } = usePorts()
  const signatures = useStore(project, (state) => state.signatures)
  const at = useStore(transport, ({ beatPos }) => segmentAt(signatures, beatPos * constants.ticksPerBeat))
  const { numerator, denominator } = signatures[at] ?? signatures[0]!
  const text = `${numerator}/${denominator}`
  const set = (top: number, bottom: number) => {
    const found = DENOMINATORS.find(({ value }) => value === bottom)
    if (found) void run('transport.setTimeSignature', { numerator: top, denominator: found.value })
  }
  return (
    <PopButton
      title="Time signature"
      name={`Time signature ${text}`}
      className="tfield"
      face={
        <>
          <b>{text}</b>
          <span>time</span>
        </>
      }
    >
      <div className="setting across">
        <Stepper
          label="Beats in a bar"
          text={String(numerator)}
          value={numerator}
          min={SIGNATURE.minNumerator}
          max={SIGNATURE.maxNumerator}
          step={1}
          onChange={(next) => set(next, denominator)}
        />
      </div>
      <div className="setting across">
        <span aria-hidden="true">Beat</span>
        <Segments
          name="Beat"
          value={String(denominator)}
          options={DENOMINATORS}
          onChange={(id) => set(numerator, Number(id))}
        />
      </div>
    </PopButton>
  )
}
