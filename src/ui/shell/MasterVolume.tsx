// Master volume and mute (main thread).
import { useStore } from 'zustand'
import { formatValue, speakValue } from '../../params/format.ts'
import { stepPlain } from '../../params/map.ts'
import { parseValue } from '../../params/parse.ts'
import { MASTER_GAIN_DB } from '../../project/document.ts'
import { usePorts } from '../context.ts'
import { IconButton } from '../controls/Button.tsx'
import { Slider } from '../controls/Slider.tsx'
import { faderDb, faderPosition } from './faderScale.ts'

const GAIN = { unit: 'decibels', curve: 'linear', ...MASTER_GAIN_DB } as const

export function MasterVolume() {
  const { document: project, run } = usePorts()
  const gainDb = useStore(project, (state) => state.masterGainDb)
  const muted = useStore(project, (state) => state.masterMuted)
  const set = (next: number, gesture?: string) => void run('master.setVolume', { gainDb: next }, { gesture })
  const text = formatValue(GAIN, gainDb)
  return (
    <div className="master" role="group" aria-label="Master">
      <IconButton
        icon={muted ? 'muted' : 'speaker'}
        name="Mute"
        tip={muted ? 'Muted' : 'Mute'}
        on={muted}
        className="mute"
        onClick={() => void run('master.setMute', { muted: !muted })}
      />
      <Slider
        name="Master volume"
        position={faderPosition(gainDb)}
        spoken={speakValue(GAIN, gainDb)}
        tip={`Master volume ${text}`}
        now={gainDb}
        min={GAIN.min}
        max={GAIN.max}
        onMove={(position, gesture) => set(Math.round(faderDb(position) * 10) / 10, gesture)}
        onStep={(count, size, gesture) => set(Number(stepPlain(GAIN, gainDb, count, size)), gesture)}
        onGestureEnd={() => void run('history.endGesture', {})}
        onReset={() => set(0)}
        onType={(typed) => {
          const plain = parseValue(GAIN, typed, gainDb)
          if (plain === null) return false
          set(Number(plain))
          return true
        }}
      />
      <b className="masterdb">{text}</b>
    </div>
  )
}
