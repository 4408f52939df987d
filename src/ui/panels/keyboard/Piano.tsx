// Two octaves of keys, lit by any input, with the letters that play them (main thread).
import { useEffect, useMemo, useRef, type CSSProperties, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import { usePorts } from '../../context.ts'
import { noteName, pianoKeys, spokenNote } from './keys.ts'

const OCTAVES = 2

export function Piano() {
  const { input, run } = usePorts()
  const octave = useStore(input, (state) => state.octave)
  const velocity = useStore(input, (state) => state.velocity)
  const held = useStore(input, (state) => state.held)
  const typing = useStore(input, (state) => state.typing)
  const letters = useStore(input, (state) => state.letters)
  const keys = useMemo(() => pianoKeys(octave, OCTAVES), [octave])
  /** Pointer id -> the note it sounds: dragging over the keys glides from one to the next. */
  const pointers = useRef(new Map<number, number>())

  const release = (pointerId: number) => {
    const note = pointers.current.get(pointerId)
    if (note === undefined) return
    pointers.current.delete(pointerId)
    void run('note.off', { note, source: `pointer ${pointerId}` })
  }
  const strike = (event: PointerEvent) => {
    const under = document.elementFromPoint(event.clientX, event.clientY)
    const note = Number(under?.closest<HTMLElement>('[data-note]')?.dataset.note ?? NaN)
    if (pointers.current.get(event.pointerId) === note) return
    release(event.pointerId)
    if (Number.isNaN(note)) return
    pointers.current.set(event.pointerId, note)
    void run('note.on', { note, velocity, source: `pointer ${event.pointerId}` })
  }
  const end = (event: PointerEvent) => release(event.pointerId)

  // A keyboard that goes away must not leave its notes sounding.
  useEffect(() => {
    const sounding = pointers.current
    return () => {
      for (const [pointerId, note] of sounding) void run('note.off', { note, source: `pointer ${pointerId}` })
      sounding.clear()
    }
  }, [run])

  return (
    <div
      className="piano"
      role="group"
      aria-label={`Keyboard, ${spokenNote(keys[0]!.note)} to ${spokenNote(keys.at(-1)!.note)}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        strike(event)
      }}
      onPointerMove={(event) => pointers.current.has(event.pointerId) && strike(event)}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
    >
      {keys.map(({ note, black, left, width }) => (
        <div
          key={note}
          data-note={note}
          className={`key ${black ? 'black' : ''} ${held.has(note) ? 'lit' : ''}`}
          style={{ '--left': left, '--width': width } as CSSProperties}
          aria-hidden="true"
        >
          {typing && letters.has(note) && <kbd>{letters.get(note)}</kbd>}
          {note % 12 === 0 && <span>{noteName(note)}</span>}
        </div>
      ))}
    </div>
  )
}
