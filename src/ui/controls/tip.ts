// The one tooltip of the page (main thread). Elements carry `data-tip`; controls that drag show theirs at once.
const DELAY_MS = 400

interface Shown {
  readonly anchor: Element
  readonly text: string
}

let shown: Shown | null = null
let timer = 0
let pending: Element | null = null
const listeners = new Set<() => void>()

export const currentTip = (): Shown | null => shown

export function onTip(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function set(next: Shown | null) {
  if (shown === next || (shown && next && shown.anchor === next.anchor && shown.text === next.text)) return
  shown = next
  for (const listener of listeners) listener()
}

/** Shows at once: during a drag. */
export function showTip(anchor: Element, text: string) {
  clearTimeout(timer)
  pending = null
  set({ anchor, text })
}

export function hideTip() {
  clearTimeout(timer)
  pending = null
  set(null)
}

/** Shows `data-tip` of what is hovered or focused by keyboard, after 400 ms. Returns how to stop. */
export function watchTips(root: Document): () => void {
  const enter = (event: Event) => {
    const anchor = event.target instanceof Element ? event.target.closest('[data-tip]') : null
    if (anchor === shown?.anchor || anchor === pending) return
    hideTip()
    if (!anchor || (event.type === 'focusin' && !anchor.matches(':focus-visible'))) return
    pending = anchor
    timer = window.setTimeout(() => {
      const text = anchor.getAttribute('data-tip')
      if (text && anchor.isConnected) showTip(anchor, text)
    }, DELAY_MS)
  }
  const stop = new AbortController()
  const options = { signal: stop.signal, passive: true, capture: true }
  root.addEventListener('pointerover', enter, options)
  root.addEventListener('focusin', enter, options)
  root.addEventListener('pointerdown', hideTip, options)
  root.addEventListener('keydown', hideTip, options)
  root.addEventListener('scroll', hideTip, options)
  root.addEventListener('pointerleave', (event) => event.target === root && hideTip(), options)
  return () => stop.abort()
}
