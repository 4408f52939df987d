// Listens to a stream while its place is on screen, the page visible and the sound running, and not otherwise (main thread).
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { StreamRequest, Watched } from '../../../engine/live/streams.ts'
import { asSoundloomError } from '../../../params/error.ts'
import { usePorts } from '../../context.ts'
import { eachFrame } from '../../drawing/frame.ts'

/** A source may not be there yet: a track that was just added. */
const RETRY_MS = 500
/** Without a new result for so long, nothing sounds through: the engine sleeps. */
const STALE_MS = 400

/**
 * `fresh`: the result was not there the frame before; null: there is none, or only an old one.
 * False: what it paints stands still.
 */
export type Paint = (watched: Watched | null, fresh: boolean, nowMs: number) => boolean

/** Calls `paint` once per animation frame while listening; returns why it cannot listen, or null. */
export function useWatched(place: RefObject<Element | null>, request: StreamRequest, paint: Paint): string | null {
  const { analysis, status } = usePorts()
  // Before the first gesture there is nothing to hear, and the analyzer need not be there.
  const runs = useStore(status, ({ audio }) => audio === 'running')
  const [problem, setProblem] = useState<string | null>(null)
  const painting = useRef(paint)
  useEffect(() => {
    painting.current = paint
  })
  const key = JSON.stringify(request)

  useEffect(() => {
    const asked = JSON.parse(key) as StreamRequest
    let inSight = false
    let stop: (() => void) | null = null
    let retry: ReturnType<typeof setTimeout> | undefined
    const begin = () => {
      try {
        const watched = analysis.watch(asked)
        let freshMs = -Infinity
        const still = eachFrame((nowMs) => {
          const fresh = watched.refresh()
          if (fresh) freshMs = nowMs
          return painting.current(nowMs - freshMs < STALE_MS ? watched : null, fresh, nowMs)
        })
        stop = () => {
          still()
          watched.end()
        }
        setProblem(null)
      } catch (error) {
        setProblem(asSoundloomError(error).message)
        retry = setTimeout(update, RETRY_MS)
      }
    }
    const update = () => {
      clearTimeout(retry)
      const wanted = inSight && runs && !document.hidden
      if (!wanted) painting.current(null, false, performance.now())
      if (wanted && !stop) begin()
      if (wanted || !stop) return
      stop()
      stop = null
    }
    const sight = new IntersectionObserver((entries) => {
      inSight = entries.at(-1)!.isIntersecting
      update()
    })
    sight.observe(place.current!)
    document.addEventListener('visibilitychange', update)
    return () => {
      sight.disconnect()
      document.removeEventListener('visibilitychange', update)
      clearTimeout(retry)
      stop?.()
    }
  }, [analysis, key, place, runs])

  return problem
}
