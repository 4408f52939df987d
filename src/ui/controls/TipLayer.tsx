// Draws the tooltip beside its control, never over it or the pointer (main thread).
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { currentTip, onTip, watchTips } from './tip.ts'

const GAP = 6
const EDGE = 4

export function TipLayer() {
  const tip = useSyncExternalStore(onTip, currentTip)
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => watchTips(document), [])

  useLayoutEffect(() => {
    const element = ref.current
    if (!element || !tip) return
    const anchor = tip.anchor.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = element
    const above = anchor.top - height - GAP
    const left = Math.min(Math.max(EDGE, anchor.left + anchor.width / 2 - width / 2), window.innerWidth - width - EDGE)
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(above > EDGE ? above : anchor.bottom + GAP)}px)`
  }, [tip])

  // The control's own name and value already say this to a screen reader.
  return tip ? (
    <div ref={ref} className="tip" aria-hidden="true">
      {tip.text}
    </div>
  ) : null
}
