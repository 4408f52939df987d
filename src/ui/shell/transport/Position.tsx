// Where the song stands, in bars and in time, written at screen rate without React; a press types another place (main thread).
import { useEffect, useRef, useState } from 'react'
import type { Playhead } from '../../../transport/state.ts'
import { formatTime } from '../../../transport/time.ts'
import { usePorts } from '../../context.ts'
import { ValueField } from '../../controls/ValueField.tsx'
import { eachFrame } from '../../drawing/frame.ts'
import { parsePosition, positionText } from './position.ts'

const write = (element: HTMLElement | null, text: string): void => {
  if (element && element.textContent !== text) element.textContent = text
}

export function Position() {
  const { transport, project, run } = usePorts()
  const button = useRef<HTMLButtonElement>(null)
  const bars = useRef<HTMLElement>(null)
  const time = useRef<HTMLElement>(null)
  const [typing, setTyping] = useState(false)
  useEffect(() => {
    const playhead: Playhead = { playing: false, beatPos: 0, samplePos: 0, bpm: 0 }
    return eachFrame(() => {
      transport.readPlayhead(playhead)
      const { signatures, sampleRate } = project.getState()
      write(bars.current, positionText(signatures, playhead.beatPos))
      write(time.current, formatTime(playhead.samplePos / sampleRate))
      return playhead.playing
    })
  }, [transport, project])

  return (
    <div className="numberfield">
      <button
        ref={button}
        type="button"
        className="position"
        data-tip="Position: bar.beat.tick, minutes:seconds. Press to go to another place"
        onClick={() => setTyping(true)}
      >
        <span className="sr">Position</span>
        <b ref={bars} className="bars" />
        <span ref={time} className="clock" />
      </button>
      {typing && (
        <ValueField
          name="Go to bar.beat or minutes:seconds"
          initial={bars.current?.textContent ?? ''}
          select
          onEnter={(text) => {
            const place = parsePosition(project.getState().signatures, text)
            if (place) void run('transport.seek', place)
            return place !== null
          }}
          onClose={() => {
            setTyping(false)
            button.current?.focus()
          }}
        />
      )}
    </div>
  )
}
