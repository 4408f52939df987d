// The transport in the top bar: start, play, stop, loop, position, tempo, signature, key, metronome (main thread).
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import { KeyChoice } from './KeyChoice.tsx'
import { Metronome } from './Metronome.tsx'
import { Position } from './Position.tsx'
import { Signature } from './Signature.tsx'
import { Tempo } from './Tempo.tsx'

export function TransportBar() {
  const { transport, project, run } = usePorts()
  const status = useStore(transport, (state) => state.status)
  const loop = useStore(project, (state) => state.loop.enabled)
  const going = status === 'playing' || status === 'counting-in'
  return (
    <div className="transport" role="group" aria-label="Transport">
      <IconButton
        icon="start"
        name="To the start"
        tip="To the start (Home)"
        large
        onClick={() => void run('transport.toStart', {})}
      />
      <IconButton
        icon={going ? 'pause' : 'play'}
        name={going ? 'Pause' : 'Play'}
        tip={status === 'counting-in' ? 'Counting in; pause (Space)' : going ? 'Pause (Space)' : 'Play (Space)'}
        filled
        large
        className="playbutton"
        onClick={() => void run('transport.toggle', {})}
      />
      <IconButton
        icon="stop"
        name="Stop"
        tip="Stop: back to where playing began; twice: to the start"
        filled
        large
        onClick={() => void run('transport.stop', {})}
      />
      <IconButton
        icon="loop"
        name="Loop"
        tip={loop ? 'Loop on (L)' : 'Loop off (L)'}
        on={loop}
        large
        onClick={() => void run('transport.toggleLoop', {})}
      />
      <div className="readout">
        <Position />
        <Tempo />
        <Signature />
        <KeyChoice />
        <Metronome />
      </div>
    </div>
  )
}
