// What an effect with a side chain listens to: its own input, or a track or return before or after its fader (main thread).
import { useStore } from 'zustand'
import { everyDevice } from '../../../project/song/racks.ts'
import { usePorts } from '../../context.ts'
import { OptionMenu } from '../../controls/OptionMenu.tsx'
import { findStrip } from './rack.ts'

const OWN = 'own'
const PLACES = [
  { id: 'post', label: 'After its fader' },
  { id: 'pre', label: 'Before its fader' },
] as const

interface SideChainProps {
  readonly stripId: string
  readonly deviceId: string
  /** Of the effect. */
  readonly name: string
}

export function SideChain({ stripId, deviceId, name }: SideChainProps) {
  const { project, run } = usePorts()
  const tracks = useStore(project, (state) => state.tracks)
  const returns = useStore(project, (state) => state.returns)
  const held = useStore(
    project,
    (state) => everyDevice(findStrip(state, stripId)?.devices ?? []).find(({ id }) => id === deviceId)?.sidechain,
  )
  const sources = [...tracks, ...returns].filter(({ id }) => id !== stripId)
  const listen = (source: string | null, pre: boolean) =>
    void run('device.setSidechain', { trackId: stripId, deviceId, source, pre })
  return (
    <div className="sidechain">
      <span className="cap">Side chain</span>
      <OptionMenu
        name={`Side chain of ${name}`}
        tip="What it listens to"
        value={held?.source ?? OWN}
        options={[{ id: OWN, label: 'Its own input' }, ...sources.map((one) => ({ id: one.id, label: one.name }))]}
        onChange={(source) => listen(source === OWN ? null : source, held?.pre ?? false)}
      />
      {held && (
        <OptionMenu
          name={`Where ${name} listens`}
          tip="Before the fader it hears the other also when that is muted"
          value={held.pre ? 'pre' : 'post'}
          options={PLACES}
          onChange={(place) => listen(held.source, place === 'pre')}
        />
      )}
    </div>
  )
}
