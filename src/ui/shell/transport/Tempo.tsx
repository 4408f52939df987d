// The tempo under the playhead: dragged, stepped or typed (main thread).
import { useStore } from 'zustand'
import { constants } from '../../../generated/wire.ts'
import { toPlain, toUnit } from '../../../params/map.ts'
import { segmentAt } from '../../../project/song/tempo.ts'
import { usePorts } from '../../context.ts'
import { NumberField } from '../../controls/NumberField.tsx'

const BPM = { unit: 'none', curve: 'linear', min: constants.minBpm, max: constants.maxBpm } as const
const USUAL = 120
const FINE = 0.1

export function Tempo() {
  const { project, transport, run } = usePorts()
  const map = useStore(project, (state) => state.tempoMap)
  const at = useStore(transport, ({ beatPos }) => segmentAt(map, beatPos * constants.ticksPerBeat))
  const point = map[at] ?? map[0]!
  const ramps = point.ramp && at < map.length - 1
  const moving = useStore(transport, (state) => (ramps ? state.bpm : null))
  const bpm = moving ?? point.bpm
  const set = (next: number, gesture?: string) =>
    void run('transport.setTempo', { bpm: Math.min(BPM.max, Math.max(BPM.min, next)) }, { gesture })
  const text = bpm.toFixed(2)
  return (
    <NumberField
      name="Tempo"
      text={text}
      caption="bpm"
      spoken={`${Number(text)} beats per minute`}
      tip={`Tempo ${text} bpm${ramps ? ', moving to the next tempo' : ''}. Drag, or type a number`}
      now={bpm}
      min={BPM.min}
      max={BPM.max}
      position={toUnit(BPM, bpm)}
      onMove={(position, gesture) => set(Math.round(Number(toPlain(BPM, position))), gesture)}
      onStep={(count, size, gesture) =>
        set(Math.round((point.bpm + count * (size === 'fine' ? FINE : 1)) * 100) / 100, gesture)
      }
      onGestureEnd={() => void run('history.endGesture', {})}
      onReset={() => set(USUAL)}
      onType={(typed) => {
        const next = Number(typed.replace(/bpm/i, '').replace(',', '.').trim())
        if (!(next >= BPM.min && next <= BPM.max)) return false
        set(next)
        return true
      }}
    />
  )
}
