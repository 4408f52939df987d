// The click: on or off, how loud, and how many bars it counts before the song plays (main thread).
import { useStore } from 'zustand'
import { formatValue, speakValue } from '../../../params/format.ts'
import { stepPlain, toPlain, toUnit } from '../../../params/map.ts'
import { parseValue } from '../../../params/parse.ts'
import { COUNT_IN_BARS, METRONOME_GAIN_DB } from '../../../project/fields.ts'
import { DEFAULT_SESSION } from '../../../project/session.ts'
import { usePorts } from '../../context.ts'
import { IconButton } from '../../controls/Button.tsx'
import { PopButton } from '../../controls/PopButton.tsx'
import { Segments } from '../../controls/Segments.tsx'
import { Slider } from '../../controls/Slider.tsx'
import { Icon } from '../../icons/Icon.tsx'

const GAIN = { unit: 'decibels', curve: 'linear', ...METRONOME_GAIN_DB } as const
const BARS = Array.from({ length: COUNT_IN_BARS.max - COUNT_IN_BARS.min + 1 }, (_, i) => ({
  id: String(COUNT_IN_BARS.min + i),
  label: i === 0 ? 'Off' : String(COUNT_IN_BARS.min + i),
}))

export function Metronome() {
  const { session, run } = usePorts()
  const { on, gainDb } = useStore(session, (state) => state.metronome)
  const bars = useStore(session, (state) => state.countInBars)
  const set = (next: number) => void run('transport.setMetronome', { enabled: on, gainDb: Math.round(next * 10) / 10 })
  const text = formatValue(GAIN, gainDb)
  return (
    <div className="metronome">
      <IconButton
        icon="metronome"
        name="Metronome"
        tip={on ? `Metronome on, ${text}` : 'Metronome off'}
        on={on}
        onClick={() => void run('transport.setMetronome', { enabled: !on })}
      />
      <PopButton
        title="Metronome"
        name="Metronome options"
        className="ib narrow"
        placement="bottom end"
        face={<Icon name="down" small />}
      >
        <div className="setting">
          <span aria-hidden="true">Level {text}</span>
          <Slider
            name="Metronome level"
            position={toUnit(GAIN, gainDb)}
            spoken={speakValue(GAIN, gainDb)}
            tip={`Metronome ${text}`}
            now={gainDb}
            min={GAIN.min}
            max={GAIN.max}
            onMove={(position) => set(Number(toPlain(GAIN, position)))}
            onStep={(count, size) => set(Number(stepPlain(GAIN, gainDb, count, size)))}
            onGestureEnd={() => undefined}
            onReset={() => set(DEFAULT_SESSION.metronome.gainDb)}
            onType={(typed) => {
              const plain = parseValue(GAIN, typed, gainDb)
              if (plain === null) return false
              set(Number(plain))
              return true
            }}
          />
        </div>
        <div className="setting across">
          <span aria-hidden="true">Count-in, bars</span>
          <Segments
            name="Count-in, bars"
            value={String(bars)}
            options={BARS}
            onChange={(id) => void run('transport.setCountIn', { bars: Number(id) })}
          />
        </div>
      </PopButton>
    </div>
  )
}
