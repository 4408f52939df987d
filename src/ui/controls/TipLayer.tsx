// Draws the tooltip beside its control, never over it or the pointer (main thread).
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { AboutLines, fetchWordsSoon, useHelp } from '../help/AboutLines.tsx'
import { currentTip, onTip, watchTips } from './tip.ts'

const GAP = 6
const EDGE = 4
const ABOUT_ID = 'tip-about'

export function TipLayer() {
  const tip = useSyncExternalStore(onTip, currentTip)
  const ref = useRef<HTMLDivElement>(null)
  const help = useHelp(tip?.about ?? null)
  useEffect(() => watchTips(document, fetchWordsSoon), [])

  useLayoutEffect(() => {
    const element = ref.current
    if (!element || !tip) return
    const anchor = tip.anchor.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = element
    const above = anchor.top - height - GAP
    const left = Math.min(Math.max(EDGE, anchor.left + anchor.width / 2 - width / 2), window.innerWidth - width - EDGE)
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(above > EDGE ? above : anchor.bottom + GAP)}px)`
  }, [tip, help.length])

  // What the control does is said to a screen reader too, while it is shown.
  const anchor = help.length > 0 ? tip?.anchor : undefined
  useEffect(() => {
    if (!anchor || anchor.hasAttribute('aria-describedby')) return
    anchor.setAttribute('aria-describedby', ABOUT_ID)
    return () => anchor.removeAttribute('aria-describedby')
  }, [anchor])

  // The control's own name and value already say the first line.
  return tip ? (
    <div ref={ref} className="tip" aria-hidden="true">
      {tip.text}
      <AboutLines help={help} id={ABOUT_ID} />
    </div>
  ) : null
}
