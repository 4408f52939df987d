// Where on its curve a dynamics effect is now: a dot that moves with the reduction that it reports (main thread).
import { useEffect, useRef } from 'react'
import { usePorts } from '../../../../context.ts'
import { css, token } from '../../../../drawing/colours.ts'
import { eachFrame } from '../../../../drawing/frame.ts'
import { fit } from '../../../../drawing/Plot.tsx'
import { useRack } from '../../rack.ts'
import { effectIndex } from '../../values.ts'
import type { FrontProps } from '../face.ts'
import { dotAt } from './settled.ts'

/** Seen only while the effect turns something down. */
export function ReductionDot({ owner, type, scene }: FrontProps) {
  const { readReduction } = usePorts()
  const { store, edit } = useRack()
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(scene)
  useEffect(() => {
    latest.current = scene
  })
  const stripId = edit?.stripId ?? null
  useEffect(() => {
    const element = canvas.current!
    let visible = false
    let last: number | null = null
    const paint = (): boolean => {
      if (!visible) return false
      const device = store.getState().preset?.effects[effectIndex(owner) ?? -1]
      const reductionDb = device && !device.bypass ? readReduction(stripId, device.id) : null
      if (reductionDb === last) return false
      last = reductionDb
      const surface = fit(element)
      const place = surface && reductionDb !== null ? dotAt(type, surface, latest.current, reductionDb) : null
      if (!surface || !place) return true
      surface.g.beginPath()
      surface.g.arc(place.x, place.y, 4, 0, 2 * Math.PI)
      surface.g.fillStyle = css(token('accent'))
      surface.g.fill()
      return true
    }
    const sight = new IntersectionObserver((entries) => (visible = entries.at(-1)!.isIntersecting))
    sight.observe(element)
    const stop = eachFrame(paint)
    return () => {
      stop()
      sight.disconnect()
    }
  }, [readReduction, store, owner, type, stripId])
  return <canvas ref={canvas} className="front" aria-hidden="true" />
}
