// The ring over a tile that sounds; its arc is set each frame without React (main thread).
import { useImperativeHandle, useRef, type Ref } from 'react'

export interface RingHandle {
  readonly set: (progress: number) => void
}

const RADIUS = 13
const LENGTH = 2 * Math.PI * RADIUS

export function PreviewRing({ ref }: { readonly ref: Ref<RingHandle> }) {
  const arc = useRef<SVGCircleElement>(null)
  useImperativeHandle(ref, () => ({
    set: (progress) => arc.current?.setAttribute('stroke-dasharray', `${progress * LENGTH} ${LENGTH}`),
  }))
  return (
    <svg className="ring" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r={RADIUS} />
      <circle ref={arc} className="pr" cx="16" cy="16" r={RADIUS} strokeDasharray={`0 ${LENGTH}`} />
      <path d="M12 12h8v8h-8z" />
    </svg>
  )
}
