// M and S belong to the arrangement while it is used by keyboard, and to the typing keyboard otherwise (main thread).
import { useState, type FocusEvent } from 'react'

const CLAIMED = 'KeyM KeyS'

/** Props for the panel. A press of the pointer gives the letters back: who clicks a track wants to play it. */
export function useKeyClaims() {
  const [claimed, setClaimed] = useState(false)
  return {
    'data-claims': claimed ? CLAIMED : undefined,
    onFocus: (event: FocusEvent) =>
      setClaimed(event.target.matches(':focus-visible') && event.target.closest('.hd') !== null),
    onPointerDown: () => setClaimed(false),
  }
}
