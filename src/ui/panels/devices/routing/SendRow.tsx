// How much of a strip goes to one return: level, before or after the fader, and whether it feeds back (main thread).
import { SEND_GAIN_DB } from '../../../../project/song/target.ts'
import { formatValue, speakValue } from '../../../../params/format.ts'
import { stepPlain } from '../../../../params/map.ts'
import { parseValue } from '../../../../params/parse.ts'
import type { Project } from '../../../../project/document.ts'
import { usePorts } from '../../../context.ts'
import { NameField } from '../../../controls/NameField.tsx'
import { Segments } from '../../../controls/Segments.tsx'
import { Slider } from '../../../controls/Slider.tsx'
import { faderDb, faderPosition } from '../../../shell/faderScale.ts'

const { off, min, max } = SEND_GAIN_DB
const LEVEL = { unit: 'decibels', curve: 'linear', min, max } as const
const PLACES = [
  { id: 'pre', label: 'Pre' },
  { id: 'post', label: 'Post' },
] as const

interface SendRowProps {
  readonly strip: Project['tracks'][number] | Project['returns'][number]
  readonly to: Project['returns'][number]
}

export function SendRow({ strip, to }: SendRowProps) {
  const { run } = usePorts()
  const send = strip.sends?.find(({ returnId }) => returnId === to.id)
  const { gainDb = off, pre = false, feedback = false } = send ?? {}
  const on = gainDb > min
  const set = (change: { gainDb?: number; pre?: boolean; feedback?: boolean }, gesture?: string) =>
    void run('track.setSend', { trackId: strip.id, returnId: to.id, gainDb, ...change }, { gesture })
  /** At the lowest nothing is sent. */
  const level = (next: number, gesture?: string) => set({ gainDb: next <= min ? off : next }, gesture)
  const name = `Send of ${strip.name} to ${to.name}`
  const written = on ? formatValue(LEVEL, gainDb) : '−∞ dB'
  return (
    <div className="send" role="group" aria-label={name}>
      <NameField
        name={to.name}
        of={`Return ${to.name}`}
        tip={`${to.name}: press for its effects, F2 renames`}
        onPress={() => void run('track.select', { trackId: to.id })}
        onRename={(next) => void run('track.rename', { trackId: to.id, name: next })}
      />
      <Slider
        name={name}
        position={on ? faderPosition(gainDb) : 0}
        spoken={on ? speakValue(LEVEL, gainDb) : 'off'}
        tip={`${name}: ${written}`}
        now={on ? gainDb : min}
        min={min}
        max={max}
        onMove={(position, gesture) => level(Math.round(faderDb(position) * 10) / 10, gesture)}
        onStep={(count, size, gesture) => level(Number(stepPlain(LEVEL, on ? gainDb : min, count, size)), gesture)}
        onGestureEnd={() => void run('history.endGesture', {})}
        onReset={() => level(min)}
        onType={(typed) => {
          const plain = parseValue(LEVEL, typed, on ? gainDb : min)
          if (plain === null) return false
          level(Number(plain))
          return true
        }}
      />
      <span className="db" aria-hidden="true">
        {written.replace(' dB', '')}
      </span>
      <Segments
        name={`Where the send to ${to.name} is taken`}
        value={pre ? 'pre' : 'post'}
        options={PLACES}
        onChange={(place) => set({ pre: place === 'pre' })}
      />
      <button
        type="button"
        className="feedback"
        aria-pressed={feedback}
        aria-label={`Feedback send to ${to.name}`}
        data-tip={
          feedback
            ? 'Feedback: arrives one block of 32 samples late, and may close a circle'
            : 'Make it a feedback send: one block late, the only kind that may close a circle'
        }
        onClick={() => set({ feedback: !feedback })}
      >
        FB
      </button>
    </div>
  )
}
