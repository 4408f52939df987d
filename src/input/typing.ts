// Musical typing: letter keys play notes while it is on, never in text fields, and no note is ever left hanging (main thread).
import type { StoreApi } from 'zustand/vanilla'
import { TYPING } from '../commands/families/input.ts'
import type { Run } from '../commands/registry.ts'
import { octaveNote, TYPING_KEYS } from './typingKeys.ts'

interface TypingSession {
  readonly typing: boolean
  readonly octave: number
  readonly velocity: number
}

/** What a key event has that matters here; tests pass plain objects. */
type Key = Pick<
  KeyboardEvent,
  'code' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target' | 'preventDefault' | 'stopPropagation'
>

const TEXT_INPUTS = new Set(['text', 'search', 'email', 'url', 'tel', 'password', 'number', 'date', 'time'])

/** Where letters are text. */
export function takesText(target: unknown): boolean {
  const element = target as Partial<HTMLInputElement> | null
  if (!element?.tagName) return false
  if (element.isContentEditable || element.tagName === 'TEXTAREA') return true
  return element.tagName === 'INPUT' && TEXT_INPUTS.has((element.type ?? 'text').toLowerCase())
}

/** A part of the page that is used by keyboard may keep letters for itself: `data-claims` names them by their codes. */
const claimed = (target: unknown, code: string): boolean =>
  typeof (target as Partial<Element> | null)?.closest === 'function' &&
  (target as Element).closest(`[data-claims~="${code}"]`) !== null

export interface TypingKeyboard {
  keyDown(event: Key): void
  keyUp(event: Pick<Key, 'code'>): void
  /** Lets go of everything: blur, hidden page, focus in a text field. */
  release(): void
}

export function createTyping(run: Run, session: Pick<StoreApi<TypingSession>, 'getState'>): TypingKeyboard {
  /** code -> note that it plays, so that a key lets go of its own note even when the octave changed meanwhile. */
  const down = new Map<string, number>()
  const source = (code: string): string => `${TYPING}:${code}`
  return {
    keyDown(event) {
      const { typing, octave, velocity } = session.getState()
      const semitones = TYPING_KEYS[event.code]
      if (
        !typing ||
        semitones === undefined ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        takesText(event.target) ||
        claimed(event.target, event.code)
      )
        return
      // While typing is on these keys belong to it: no find-as-you-type, no shortcut, no list search.
      event.preventDefault()
      event.stopPropagation()
      if (event.repeat || down.has(event.code)) return
      const note = octaveNote(octave) + semitones
      if (note > 127) return
      down.set(event.code, note)
      void run('note.on', { note, velocity, source: source(event.code) }).catch(() => down.delete(event.code))
    },
    keyUp({ code }) {
      const note = down.get(code)
      if (note === undefined) return
      down.delete(code)
      void run('note.off', { note, source: source(code) }).catch(() => undefined)
    },
    release() {
      down.clear()
      void run('note.releaseSource', { source: TYPING }).catch(() => undefined)
    },
  }
}

/** Listens on the page; returns what ends it. Capture phase, so that no widget sees the keys that play. */
export function listenForTyping(keyboard: TypingKeyboard, page: Window = window): () => void {
  const { document } = page
  const keyDown = (event: KeyboardEvent): void => keyboard.keyDown(event)
  const keyUp = (event: KeyboardEvent): void => keyboard.keyUp(event)
  // The page forgets which keys are down as soon as it cannot see them come up; input/away.ts ends their notes.
  const forget = (): void => keyboard.release()
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') keyboard.release()
  }
  const focus = (event: FocusEvent): void => {
    if (takesText(event.target)) keyboard.release()
  }
  page.addEventListener('keydown', keyDown, true)
  page.addEventListener('keyup', keyUp, true)
  page.addEventListener('blur', forget)
  document.addEventListener('visibilitychange', hidden)
  document.addEventListener('focusin', focus)
  return () => {
    keyboard.release()
    page.removeEventListener('keydown', keyDown, true)
    page.removeEventListener('keyup', keyUp, true)
    page.removeEventListener('blur', forget)
    document.removeEventListener('visibilitychange', hidden)
    document.removeEventListener('focusin', focus)
  }
}
