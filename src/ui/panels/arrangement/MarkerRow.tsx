// The named places of the song; a press goes there (main thread).
import { useMemo, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { beatsOf } from '../../../project/fields.ts'
import { usePorts } from '../../context.ts'
import { placeInWords } from './describe.ts'
import { songBeats } from './timeScale.ts'

export function MarkerRow() {
  const { project, transport, run } = usePorts()
  const markers = useStore(project, (state) => state.markers)
  const signatures = useStore(project, (state) => state.signatures)
  const endBeat = useStore(project, (state) => songBeats(state).fit)
  const sorted = useMemo(() => [...markers].sort((a, b) => a.tick - b.tick), [markers])
  const current = useStore(
    transport,
    ({ beatPos }) => sorted.findLast(({ tick }) => beatsOf(tick) <= beatPos + 1e-6)?.id ?? null,
  )
  if (sorted.length === 0) return null
  return (
    <div className="markers" role="group" aria-label="Markers">
      {sorted.map(({ id, tick, name }, i) => {
        const start = beatsOf(tick)
        const next = sorted[i + 1]
        const length = Math.max(0, (next ? beatsOf(next.tick) : Math.max(endBeat, start + 1)) - start)
        return (
          <button
            key={id}
            type="button"
            className={`mk ${id === current ? 'now' : ''}`}
            style={{ '--b': start, '--n': length } as CSSProperties}
            aria-label={`Go to ${name}, ${placeInWords(signatures, tick)}`}
            aria-current={id === current}
            data-tip={`${name}, ${placeInWords(signatures, tick)}`}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => void run('transport.seek', { beats: start })}
          >
            <span>{name}</span>
          </button>
        )
      })}
    </div>
  )
}
