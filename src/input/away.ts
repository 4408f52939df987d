// No note is left behind when the page loses the user: blur, hidden tab, focus in a text field, end of the page (main thread).
import type { Run } from '../commands/registry.ts'
import { takesText } from './typing.ts'

/** Clicked keys and tiles, by the start of their source names. Typing looks after its own; MIDI keeps playing in the background. */
const AT_THE_PAGE = ['pointer', 'tile'] as const

/** Listens on the page; returns what ends it, after letting go of everything. */
export function releaseWhenAway(run: Run, page: Window = window): () => void {
  const { document } = page
  const quiet = (running: Promise<unknown>): void => void running.catch(() => undefined)
  const letGo = (): void => {
    quiet(run('audition.release', {}))
    for (const source of AT_THE_PAGE) quiet(run('note.releaseSource', { source }))
  }
  const everything = (): void => quiet(run('note.releaseAll', {}))
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') everything()
  }
  const focus = (event: FocusEvent): void => {
    if (takesText(event.target)) letGo()
  }
  page.addEventListener('blur', letGo)
  page.addEventListener('pagehide', everything)
  document.addEventListener('visibilitychange', hidden)
  document.addEventListener('focusin', focus)
  return () => {
    everything()
    page.removeEventListener('blur', letGo)
    page.removeEventListener('pagehide', everything)
    document.removeEventListener('visibilitychange', hidden)
    document.removeEventListener('focusin', focus)
  }
}
