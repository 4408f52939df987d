// Results of the search for what is typed (main thread): the newest question only; until it is answered, the answer before.
import { startTransition, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { SoundResults } from '../../../presets/library/search.ts'
import type { Role } from '../../../presets/model.ts'
import { usePorts } from '../../context.ts'

export interface SoundSearch {
  /** Null: nothing is asked, or nothing has been answered yet. */
  readonly results: SoundResults | null
  /** What the results answer. */
  readonly text: string
  /** The search cannot be reached. */
  readonly failed: boolean
}

/** The best matches say why; a few more, should some of these be filtered out. */
const EXPLAINED = 12

const NOTHING: SoundSearch = { results: null, text: '', failed: false }

export function useSoundSearch(text: string, roles: ReadonlySet<Role>): SoundSearch {
  const { search } = usePorts()
  // Sounds that arrive or go while the question stands change its answer.
  const version = useStore(search.store, (state) => state.version)
  const [answer, setAnswer] = useState(NOTHING)
  const asked = text.trim() !== ''
  useEffect(() => {
    if (!asked) return setAnswer(NOTHING)
    const stale = new AbortController()
    search.search({ text, roles: [...roles], limit: EXPLAINED }, stale.signal).then(
      // Thousands of results are listed when there is time; the field stays at hand.
      (results) => startTransition(() => setAnswer({ results, text, failed: false })),
      () => {
        if (!stale.signal.aborted) setAnswer({ results: null, text, failed: true })
      },
    )
    return () => stale.abort()
  }, [asked, text, roles, version, search])
  return asked ? answer : NOTHING
}
