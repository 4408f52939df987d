// The one tooltip of the page (main thread). Elements carry `data-tip`, and in `data-about` what help has words on; controls that drag show theirs at once.
const DELAY_MS = 400

interface Shown {
  readonly anchor: Element
  readonly text: string
  /** What the words below are about; null: there are none. */
  readonly about: string | null
}

let shown: Shown | null = null
let timer = 0
let pending: Element | null = null
const listeners = new Set<() => void>()
const leaving =
  typeof MutationObserver === 'undefined' ? null : new MutationObserver(() => shown?.anchor.isConnected || hideTip())

export const currentTip = (): Shown | null => shown

export function onTip(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function set(next: Shown | null) {
  if (
    shown === next ||
    (shown && next && shown.anchor === next.anchor && shown.text === next.text && shown.about === next.about)
  )
    return
  shown = next
  leaving?.disconnect()
  // What goes from under the pointer says nothing of it.
  if (next) leaving?.observe(next.anchor.ownerDocument, { childList: true, subtree: true })
  for (const listener of listeners) listener()
}

/** Shows at once: during a drag, without words that would hide what moves. */
export function showTip(anchor: Element, text: string, about: string | null = null) {
  clearTimeout(timer)
  pending = null
  set({ anchor, text, about })
}

/** The value of what is shown has changed under the pointer. */
export function refreshTip(anchor: Element, text: string) {
  if (shown?.anchor === anchor) set({ ...shown, text })
}

export function hideTip() {
  clearTimeout(timer)
  pending = null
  set(null)
}

/**
 * Shows `data-tip` of what is hovered, focused by keyboard or held by a finger, after 400 ms. Returns how to stop.
 * `wantWords` is called as soon as words on it will be needed.
 */
export function watchTips(root: Document, wantWords: () => void = () => undefined): () => void {
  const anchorOf = ({ target }: Event): Element | null =>
    target instanceof Element ? target.closest('[data-tip]') : null
  const show = (anchor: Element) => {
    pending = anchor
    const about = anchor.getAttribute('data-about')
    if (about !== null) wantWords()
    timer = window.setTimeout(() => {
      const text = anchor.getAttribute('data-tip')
      if (text && anchor.isConnected) showTip(anchor, text, about)
    }, DELAY_MS)
  }
  const enter = (event: Event) => {
    const anchor = anchorOf(event)
    if (anchor === shown?.anchor || anchor === pending) return
    hideTip()
    // A finger has entered because it presses: `hold` waits for it.
    const touches = event instanceof PointerEvent && event.pointerType === 'touch'
    if (anchor && !touches && (event.type !== 'focusin' || anchor.matches(':focus-visible'))) show(anchor)
  }
  const hold = (event: PointerEvent) => {
    hideTip()
    const anchor = event.pointerType === 'touch' ? anchorOf(event) : null
    if (anchor) show(anchor)
  }
  const lift = (event: PointerEvent) => {
    if (event.pointerType === 'touch') hideTip()
  }
  const stop = new AbortController()
  const options = { signal: stop.signal, passive: true, capture: true }
  root.addEventListener('pointerover', enter, options)
  root.addEventListener('focusin', enter, options)
  root.addEventListener('pointerdown', hold, options)
  root.addEventListener('pointerup', lift, options)
  root.addEventListener('pointercancel', lift, options)
  root.addEventListener('keydown', hideTip, options)
  root.addEventListener('scroll', hideTip, options)
  root.addEventListener('pointerleave', (event) => event.target === root && hideTip(), options)
  return () => stop.abort()
}
