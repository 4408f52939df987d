// Volume of a track: slider on the fader's scale, and its figure (main thread).
import { formatValue, speakValue } from '../../../params/format.ts'
import { stepPlain } from '../../../params/map.ts'
import { parseValue } from '../../../params/parse.ts'
import { STRIP_TARGETS } from '../../../project/song/target.ts'
import { usePorts } from '../../context.ts'
import { Slider } from '../../controls/Slider.tsx'
import { faderDb, faderPosition } from '../../shell/faderScale.ts'
import type { Track } from './model.ts'

const { min, max } = STRIP_TARGETS.gain
const GAIN = { unit: 'decibels', curve: 'linear', min, max } as const
/** At the lowest the track is silent. */
const written = (gainDb: number): string => (gainDb <= min ? '−∞ dB' : formatValue(GAIN, gainDb))

export function TrackVolume({ track, tabIndex }: { readonly track: Track; readonly tabIndex: number }) {
  const { run } = usePorts()
  const { id, name, gainDb } = track
  const set = (next: number, gesture?: string) => void run('track.setGain', { trackId: id, gainDb: next }, { gesture })
  return (
    <>
      <Slider
        name={`Volume of ${name}`}
        position={faderPosition(gainDb)}
        spoken={gainDb <= min ? 'silent' : speakValue(GAIN, gainDb)}
        tip={`Volume of ${name}: ${written(gainDb)}`}
        now={gainDb}
        min={min}
        max={max}
        tabIndex={tabIndex}
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
      <span className="db" aria-hidden="true">
        {written(gainDb).replace(' dB', '')}
      </span>
    </>
  )
}
