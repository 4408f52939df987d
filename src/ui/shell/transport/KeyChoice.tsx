// The key that the project says it is in (main thread).
import { useStore } from 'zustand'
import { keyName, SCALES, TONICS } from '../../../project/key.ts'
import { usePorts } from '../../context.ts'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { PopButton } from '../../controls/PopButton.tsx'

const TONIC_OPTIONS = TONICS.map((label, tonic) => ({ id: String(tonic), label }))
const SCALE_OPTIONS = SCALES.map((scale) => ({ id: scale, label: scale }))

export function KeyChoice() {
  const { project, run } = usePorts()
  const key = useStore(project, (state) => state.key)
  const scale = SCALES.find((each) => each === key.scale) ?? 'major'
  const name = keyName(key)
  return (
    <PopButton
      title="Key"
      name={`Key ${name}`}
      tip={`Key ${name}: a note to yourself, nothing is transposed`}
      className="tfield key-choice"
      face={
        <>
          <b className="ell">{name}</b>
          <span>key</span>
        </>
      }
    >
      <div className="setting across">
        <span aria-hidden="true">Tonic</span>
        <OptionMenu
          name="Tonic"
          value={String(key.tonic)}
          options={TONIC_OPTIONS}
          onChange={(id) => void run('project.setKey', { tonic: Number(id), scale })}
        />
      </div>
      <div className="setting across">
        <span aria-hidden="true">Scale</span>
        <OptionMenu
          name="Scale"
          value={scale}
          options={SCALE_OPTIONS}
          onChange={(id) => {
            const chosen = SCALES.find((each) => each === id)
            if (chosen) void run('project.setKey', { tonic: key.tonic, scale: chosen })
          }}
        />
      </div>
    </PopButton>
  )
}
